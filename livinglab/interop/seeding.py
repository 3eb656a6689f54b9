"""Jurisdictions of `seeds/`."""

import json
from pathlib import Path

from livinglab.interop.services.keys import write_jurisdiction
from livinglab.kernel.seeding import seeds
from livinglab.places.models import City


@seeds("interop", order=60)
def seed_jurisdictions(folder: Path) -> str:
    """The names under which other software asks for the cities."""
    rows = json.loads((folder / "jurisdictions.json").read_text("utf-8"))
    for row in rows["jurisdictions"]:
        city = City.objects.get(code=row["city"])
        write_jurisdiction(city, row["code"], row["contact"])
    return f"{len(rows['jurisdictions'])} jurisdictions"
