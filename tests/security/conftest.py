"""Several browsers at once."""

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def client_of() -> Callable[[], Client]:
    """A browser of somebody else."""
    return Client
