"""Two at once: one wins, the others get its answer; on both databases."""

import pytest
from django.db import connection

from tests.apart import apart
from tests.people.race import RUNNERS, race, race_of_our_own

ONE_EFFECT = {
    "statuses": [201],
    "ids": 1,
    "answered": RUNNERS,
    "first": 1,
    "effects": 1,
}


@pytest.mark.django_db(transaction=True)
def test_five_at_once_on_sqlite_are_one_effect(tmp_path):
    assert apart(race_of_our_own, folder=tmp_path) == ONE_EFFECT


@pytest.mark.django_db(transaction=True)
def test_five_at_once_on_postgresql_are_one_effect(stranger):
    if connection.vendor != "postgresql":
        pytest.skip("one SQLite in memory has no five connections")
    assert race(stranger) == ONE_EFFECT
