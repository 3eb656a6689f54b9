"""The real seeds, for tests of places."""

import pytest
from django.conf import settings

from livinglab.places.seeding import seed_places


@pytest.fixture(scope="module")
def seeded_once(kept_rows: None) -> str:
    return seed_places(settings.SEEDS_DIR)


@pytest.fixture
def seeded(seeded_once: str, db: None) -> str:
    """All cities and neighbourhoods of seeds/."""
    return seeded_once
