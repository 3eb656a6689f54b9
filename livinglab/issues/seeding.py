"""Kinds of reports of `seeds/`."""

import json
from pathlib import Path

from livinglab.issues.services.catalogue import write_catalogue
from livinglab.kernel.seeding import seeds
from livinglab.places.models import City


@seeds("issues", order=50)
def seed_issue_catalogue(folder: Path) -> str:
    """Departments and categories of each city that takes part."""
    facts = json.loads((folder / "issue_categories.json").read_text("utf-8"))
    written = [
        write_catalogue(city, facts)
        for city in City.objects.filter(code__in=facts["cities"])
    ]
    return f"{sum(written)} kinds of reports in {len(written)} cities"
