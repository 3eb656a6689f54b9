"""The real seeds, for tests of places."""

import pytest
from django.conf import settings

from livinglab.places.seeding import seed_places


@pytest.fixture
def seeded(db: None) -> str:
    """All cities and neighbourhoods of seeds/."""
    return seed_places(settings.SEEDS_DIR)
