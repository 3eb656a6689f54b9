"""On which of some days a home used energy, as the database answers it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from livinglab.energy.models import Premises
from livinglab.energy.selectors.used_days import used_days
from livinglab.energy.services.usage import store_intervals
from livinglab.energy.usage.blocks import intervals
from tests import make
from tests.energy import savings_world as lab

pytestmark = pytest.mark.django_db

FIRST = date(2025, 12, 29)
MARCH = 1_772_290_800  # 2026-03-01 in Seoul


def used(*days: date) -> dict[int, set[date]]:
    found = used_days(Premises.objects.all(), days).days
    return {home: of for home, of in found.items() if of}


def test_days_with_use_are_found_across_a_new_year() -> None:
    home = make.premises()
    lab.store(home, FIRST, [5000, -1, 5100, 0, 5200])
    every = [FIRST + timedelta(days=number) for number in range(5)]

    assert used(*every) == {home.pk: {every[0], every[2], every[4]}}
    assert used(every[1], every[2]) == {home.pk: {every[2]}}
    assert used(every[4], every[0]) == {home.pk: {every[0], every[4]}}


def test_a_home_of_which_nothing_is_known_is_not_named() -> None:
    lab.store(make.premises(), FIRST, [5000])
    lab.store(make.premises(), FIRST, [-1, -1])

    assert used(FIRST + timedelta(days=1)) == {}


@pytest.mark.parametrize("number", [0, 58, 59, 60, 363])
def test_a_day_is_not_taken_for_its_neighbour(number: int) -> None:
    home = make.premises()
    day = date(2025, 1, 1) + timedelta(days=number)
    lab.store(home, day, [7])

    assert used(day - timedelta(days=1), day, day + timedelta(days=1)) == {
        home.pk: {day}
    }
    assert used(day - timedelta(days=1)) == used(day + timedelta(days=1)) == {}


def test_a_month_from_a_file_counts_like_a_bill() -> None:
    home = make.premises()
    whole_march = intervals(
        np.array([MARCH]), np.array([31 * 86_400]), np.array([300_000_000])
    )
    store_intervals(make.meter(home), whole_march)

    assert used(date(2026, 3, 2))[home.pk] >= {date(2026, 3, 2), date(2026, 3, 16)}
    assert used(date(2026, 4, 2)) == {}
