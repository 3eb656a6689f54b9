"""Which year a baseline stands on when the year before joining has a gap."""

from __future__ import annotations

import numpy as np
import pytest

from livinglab.energy.baseline.plan import Plan, chapters_of, plans_of
from livinglab.energy.baseline.sufficiency import Bill
from tests.energy.test_baseline_sufficiency import bills

JOINED = 400
YEAR = slice(JOINED - 365, JOINED)


def plan(*gaps: tuple[int, int], paper: list[Bill] | None = None) -> Plan:
    """Days of the year before joining that are missing: first, and how many."""
    valid = np.ones((1, 1200), dtype=bool)
    for first, days in gaps:
        valid[0, YEAR.start + first : YEAR.start + first + days] = False
    (found,) = plans_of(chapters_of(0, JOINED, []), valid, [paper or []])
    return found


def test_a_few_missing_days_leave_the_year_before_joining() -> None:
    assert (plan((100, 36)).window.first, plan((100, 36)).window.days) == (35, 329)


@pytest.mark.parametrize("first", [0, 100, 180, 305])
@pytest.mark.parametrize("days", [37, 50, 60])
def test_a_gap_of_weeks_does_not_move_the_year_past_joining(
    first: int, days: int
) -> None:
    found = plan((first, days))
    assert (found.window.method, found.window.days) == ("daily", 365 - days)
    assert (found.window.first, found.window.after) == (YEAR.start, JOINED)
    assert found.reports == JOINED + 1


@pytest.mark.parametrize("days", [62, 120, 364])
def test_a_season_of_which_too_little_is_known_waits_for_a_whole_year(
    days: int,
) -> None:
    found = plan((300 - days if days < 300 else 0, days))
    assert found.window.method == "daily"
    assert found.window.days >= 329
    assert found.window.after > JOINED


def test_several_gaps_may_not_take_a_quarter_of_the_year() -> None:
    assert plan((10, 30), (110, 30), (210, 30)).window.after == JOINED
    assert plan((10, 30), (110, 31), (210, 30)).window.after > JOINED


def test_bills_of_the_year_before_are_better_than_its_days_with_a_gap() -> None:
    paper = bills(*[30] * 12, start=YEAR.start)
    assert plan((100, 50), paper=paper).window.method == "billing"
    assert plan((100, 30), paper=paper).window.method == "daily"


def test_a_new_start_has_no_year_before_it() -> None:
    """After a declared change only what came later is comparable."""
    valid = np.ones((1, 1600), dtype=bool)
    valid[0, 700:745] = False
    first, second = plans_of(chapters_of(0, JOINED, [600]), valid, [[]])
    assert first.window.after == JOINED
    assert second.window.first >= 600
    assert second.window.days >= 329
