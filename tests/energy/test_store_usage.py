"""Stored days and daily totals: the same whatever order the readings came in."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livinglab.energy.models import DailyUse, Meter, SavingsDue, UsageDay
from livinglab.energy.selectors.billing_periods import periods_told
from livinglab.energy.services.usage import rebuild_daily_use, store_intervals
from livinglab.energy.usage.blocks import MISSING, Intervals, intervals
from livinglab.people.models import Person
from tests import make

SEPTEMBER = 1_756_652_400  # 2025-09-01 in Seoul
DAY = 86_400


@pytest.fixture
def meter(resident: Person) -> Meter:
    return make.meter(make.premises(resident))


def hours(days: int = 2, *, first: int = SEPTEMBER, wh: int = 250) -> Intervals:
    starts = first + 3600 * np.arange(24 * days)
    return intervals(
        starts, np.full(starts.size, 3600), np.full(starts.size, wh * 1000)
    )


def rows(meter: Meter) -> Any:
    days = UsageDay.objects.filter(meter=meter).order_by("day")
    years = DailyUse.objects.filter(meter=meter).order_by("year")
    return (
        [(row.day, bytes(row.blob)) for row in days],
        [(row.year, bytes(row.wh)) for row in years],
    )


def total(meter: Meter, day: date) -> int:
    column = np.frombuffer(bytes(meter.years.get(year=day.year).wh), "<i4")
    return int(column[day.timetuple().tm_yday - 1])


def test_a_row_a_day_and_a_total_a_day(meter: Meter) -> None:
    stored = store_intervals(meter, hours(2))
    assert (stored.new, stored.same) == (48, 0)
    assert meter.days.count() == 2
    assert total(meter, date(2025, 9, 1)) == 6_000
    assert total(meter, date(2025, 9, 3)) == MISSING
    assert (stored.first_changed, stored.last_changed) == (
        date(2025, 9, 1),
        date(2025, 9, 2),
    )


def test_the_same_readings_twice_change_nothing(meter: Meter) -> None:
    store_intervals(meter, hours(2))
    before = rows(meter)
    SavingsDue.objects.all().delete()
    again = store_intervals(meter, hours(2))
    assert (again.new, again.same, again.first_changed) == (0, 48, None)
    assert rows(meter) == before
    assert not SavingsDue.objects.exists()


def test_new_use_makes_savings_due(meter: Meter) -> None:
    store_intervals(meter, hours(1))
    assert SavingsDue.objects.filter(premises=meter.premises).exists()


def test_daily_totals_can_be_dropped_and_rebuilt(meter: Meter) -> None:
    store_intervals(meter, hours(40, first=SEPTEMBER + 110 * DAY))
    before = rows(meter)
    rebuild_daily_use(meter)
    assert rows(meter) == before
    assert len(before[1]) == 2


def test_other_commodities_have_days_but_no_daily_totals(resident: Person) -> None:
    gas = make.meter(make.premises(resident), commodity="gas", unit="m3")
    store_intervals(gas, hours(1))
    assert gas.days.count() == 1
    assert not gas.years.exists()


def test_an_interval_over_midnight_is_hidden_by_finer_ones_on_either_day(
    meter: Meter,
) -> None:
    over = intervals([SEPTEMBER + 9 * 3600], [DAY], [24_000_000])
    store_intervals(meter, over)
    assert total(meter, date(2025, 9, 1)) == 24_000
    store_intervals(meter, hours(1, first=SEPTEMBER + DAY))
    assert total(meter, date(2025, 9, 1)) == MISSING
    assert total(meter, date(2025, 9, 2)) == 6_000


def test_a_device_reading_costs_few_questions(
    meter: Meter, django_assert_max_num_queries: Any
) -> None:
    store_intervals(meter, hours(30))
    with django_assert_max_num_queries(14):
        store_intervals(meter, hours(1, first=SEPTEMBER + 30 * DAY))


parts_of_days = st.lists(
    st.tuples(
        st.integers(0, 4 * 96 - 1).map(lambda slot: slot * 900),
        st.sampled_from([900, 3600, DAY, 40 * DAY]),
        st.integers(0, 4_000_000),
        st.sampled_from([0, 8]),
    ),
    min_size=3,
    max_size=30,
    unique_by=lambda row: row[:2],
)


@given(parts_of_days)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_parts_gives_the_same_rows(
    meter: Meter, given_rows: list[tuple[int, int, int, int]]
) -> None:
    parts = [given_rows[place::3] for place in range(3)] + [given_rows]
    seen = []
    for order in itertools.islice(itertools.permutations(parts), 0, 24, 5):
        UsageDay.objects.all().delete()
        DailyUse.objects.all().delete()
        for part in order:
            starts, durations, values, qualities = zip(*part, strict=True)
            began = [SEPTEMBER + start for start in starts]
            store_intervals(meter, intervals(began, durations, values, qualities))
        seen.append(rows(meter))
    assert all(one == seen[0] for one in seen)
    rebuild_daily_use(meter)
    assert rows(meter) == seen[0]


def test_months_from_a_file_count_as_bills(meter: Meter) -> None:
    months = intervals(
        [SEPTEMBER, SEPTEMBER + 30 * DAY],
        [30 * DAY, 31 * DAY],
        [300_000_000, 310_000_000],
    )
    stored = store_intervals(meter, months)
    assert stored.new == 2
    told = periods_told([meter.premises_id])[meter.premises_id]
    assert [(str(p.start), str(p.end), p.wh) for p in told] == [
        ("2025-09-01", "2025-10-01", 300_000),
        ("2025-10-01", "2025-11-01", 310_000),
    ]
    assert SavingsDue.objects.filter(premises=meter.premises).exists()
    assert not meter.years.exists()
