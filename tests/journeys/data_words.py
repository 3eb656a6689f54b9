"""Every text of the database and the seeds, as JSON: data, not interface."""

import json
from pathlib import Path
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import models  # noqa: E402

TEXT = (models.CharField, models.TextField)


def texts() -> set[str]:
    """Values of all text columns of our own tables."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("livinglab."):
            continue
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, TEXT)]
        for row in model._default_manager.values_list(*names)[:5000]:
            found |= {str(value) for value in row if value}
    return found


def seeded() -> set[str]:
    """What the seed files say, in whatever place of them."""
    found: set[str] = set()
    for path in (Path(__file__).resolve().parents[2] / "seeds").rglob("*.*"):
        raw = path.read_text("utf-8")
        found |= set(_strings(json.loads(raw))) if path.suffix == ".json" else {raw}
    return found


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return []
    return [text for one in inside for text in _strings(one)]


if __name__ == "__main__":
    print(json.dumps(sorted(texts() | seeded())))
