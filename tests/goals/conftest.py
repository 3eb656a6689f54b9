"""Seeded goals, and a registry that tests may fill."""

from pathlib import Path

import pytest
from django.conf import settings

from livinglab.goals import registry
from livinglab.goals.models import Goal
from livinglab.goals.seeding import seed_goals
from livinglab.places.models import City


@pytest.fixture
def seeded(siheung: City, daegu: City) -> str:
    return seed_goals(Path(settings.SEEDS_DIR))


@pytest.fixture
def household(seeded: str) -> Goal:
    """Household bill, 0 to -20 %."""
    return Goal.objects.get(code="SH-N1")


@pytest.fixture
def survey(seeded: str) -> Goal:
    """Transit share, 21.9 to 32.4 %, measured by others."""
    return Goal.objects.get(code="DG-T1")


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts without the floors above."""
    monkeypatch.setattr(registry, "_indicators", {})
