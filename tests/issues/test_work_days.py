"""Promised days over weekends, Korean holidays and pauses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.issues.work_days import (
    after_a_pause,
    after_work_days,
    is_work_day,
    work_days_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 11, 16), 3, date(2026, 11, 19)),  # Monday to Thursday
        (date(2026, 11, 19), 3, date(2026, 11, 24)),  # over a weekend
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # reported on a Saturday
        (date(2026, 11, 21), 0, date(2026, 11, 23)),
        (date(2026, 2, 13), 1, date(2026, 2, 19)),  # Seollal 16 to 18 February
        (date(2026, 9, 23), 2, date(2026, 9, 29)),  # Chuseok 24 to 26 September
        (date(2026, 4, 30), 2, date(2026, 5, 6)),  # Labour Day, then Children's Day
        (
            date(2026, 8, 14),
            1,
            date(2026, 8, 18),
        ),  # 15 August is a Saturday: Monday off
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
    ],
)
def test_a_promise_counts_work_days_of_korea(start, count, due):
    assert after_work_days(start, count) == due


@given(DAYS, st.integers(0, 40))
def test_a_promised_day_is_a_work_day_with_as_many_before_it(start, count):
    due = after_work_days(start, count)
    assert is_work_day(due)
    reached = work_days_between(start, due)
    assert reached == count or (count == 0 and not is_work_day(start) and reached == 1)


@given(DAYS, st.integers(1, 30), st.integers(0, 60))
def test_a_pause_moves_the_promise_by_the_work_days_it_lasted(start, count, length):
    due = after_work_days(start, count)
    resumed = start + timedelta(days=length)
    moved = after_a_pause(due, start, resumed)
    assert work_days_between(due, moved) == work_days_between(start, resumed)


def test_a_count_backwards_is_an_error():
    with pytest.raises(ValueError, match="forward"):
        after_work_days(date(2026, 11, 16), -1)
