"""Writing down the terms and the privacy words, a version at a time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from livinglab.people.models import LegalText


def write_legal_text(kind: str, facts: Mapping[str, Any]) -> int:
    """Every language of one version; how many."""
    languages = [key for key in facts if len(key) == 2]
    for language in languages:
        LegalText.objects.update_or_create(
            kind=kind,
            version=facts["version"],
            language=language,
            defaults={
                "in_force_from": date.fromisoformat(facts["in_force_from"]),
                **facts[language],
            },
        )
    return len(languages)
