"""Counting: due rows, versions, nothing to say, killed and run again."""

from datetime import date
from typing import Any

import pytest
import time_machine

from livinglab.goals.errors import MeasurementRefused
from livinglab.goals.events import goal_measured
from livinglab.goals.models import Goal, Measurement, MeasurementDue
from livinglab.goals.registry import Counted, Period, indicator
from livinglab.goals.services import (
    mark_due,
    measure,
    plan_measurements,
    record_measurement,
)
from livinglab.goals.tasks import measure_due_goals

TODAY = date(2026, 11, 22)
NOVEMBER = Period("2026-11")
SAVED = Counted(value=-12.4, low=-15.0, high=-9.8, units=231, source="231 homes")


def counts(answer: Counted | None, *, version: str = "1") -> list[Any]:
    """Declare an indicator of the household bill; returns what it was asked."""
    asked: list[Any] = []

    @indicator("SH-N1", version=version)
    def household_bill(city_id: int, period: Period) -> Counted | None:
        asked.append((city_id, period.key))
        return answer

    return asked


def test_the_night_counts_this_month_two_before_and_the_year(household: Goal) -> None:
    asked = counts(SAVED)
    with time_machine.travel("2026-11-22T04:40:00+09:00"):
        measure_due_goals()

    keys = ["2026", "2026-09", "2026-10", "2026-11"]
    assert sorted(asked) == [(household.city_id, key) for key in keys]
    assert sorted(Measurement.objects.values_list("period", flat=True)) == keys
    found = Measurement.objects.get(period="2026-11")
    assert (found.value, found.low, found.high, found.units) == (-12.4, -15, -9.8, 231)
    assert (found.method, found.first_day) == ("1", date(2026, 11, 1))
    assert not MeasurementDue.objects.exists()


def test_a_night_twice_leaves_the_same_figures(household: Goal) -> None:
    counts(SAVED)
    measure_due_goals()
    before = list(Measurement.objects.values_list("period", "value", "units"))
    measure_due_goals()
    assert list(Measurement.objects.values_list("period", "value", "units")) == before


def test_goals_nobody_counts_are_not_planned(seeded: str) -> None:
    assert plan_measurements(TODAY) == 0


def test_an_older_method_makes_its_periods_due_again(household: Goal) -> None:
    record_measurement(household, Period("2025-03"), SAVED, method="1")
    counts(SAVED, version="2")
    plan_measurements(TODAY)
    assert household.due.filter(period="2025-03").exists()


def test_nothing_to_say_takes_an_earlier_figure_away(household: Goal) -> None:
    record_measurement(household, NOVEMBER, SAVED, method="1")
    counts(None)
    mark_due("SH-N1", [NOVEMBER])
    assert measure(MeasurementDue.objects.get())
    assert not Measurement.objects.exists()
    assert not MeasurementDue.objects.exists()


def test_a_row_another_worker_holds_is_left_alone(household: Goal) -> None:
    asked = counts(SAVED)
    mark_due("SH-N1", [NOVEMBER])
    MeasurementDue.objects.claim(seconds=60)
    assert measure(MeasurementDue.objects.get()) is False
    assert asked == []


def test_marked_again_while_counted_stays_due(household: Goal) -> None:
    @indicator("SH-N1", version="1")
    def household_bill(city_id: int, period: Period) -> Counted | None:
        mark_due("SH-N1", [NOVEMBER])
        return SAVED

    mark_due("SH-N1", [NOVEMBER])
    measure(MeasurementDue.objects.get())
    left = MeasurementDue.objects.get()
    assert left.claimed_until is None
    assert Measurement.objects.exists()


def test_a_count_that_dies_leaves_its_row_for_the_next_sweep(household: Goal) -> None:
    @indicator("SH-N1", version="1")
    def household_bill(city_id: int, period: Period) -> Counted | None:
        raise MemoryError

    mark_due("SH-N1", [NOVEMBER])
    with pytest.raises(MemoryError):
        measure(MeasurementDue.objects.get())
    assert MeasurementDue.objects.get().claimed_until is not None
    assert not Measurement.objects.exists()


def test_marking_wakes_the_count_after_commit(
    household: Goal, django_capture_on_commit_callbacks: Any
) -> None:
    counts(SAVED)
    with django_capture_on_commit_callbacks(execute=True):
        assert mark_due("SH-N1", [NOVEMBER, NOVEMBER]) == 1
        assert not Measurement.objects.exists()
    assert Measurement.objects.get().period == "2026-11"


def test_marking_an_unknown_goal_is_harmless(seeded: str) -> None:
    assert mark_due("XX-1", [NOVEMBER]) == 0


def test_a_measurement_is_announced_after_commit(
    household: Goal, django_capture_on_commit_callbacks: Any
) -> None:
    heard = []

    def listen(goal_id: int, **_: Any) -> None:
        heard.append(goal_id)

    goal_measured.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        record_measurement(household, NOVEMBER, SAVED, method="1")
    goal_measured.disconnect(listen)
    assert heard == [household.pk]


@pytest.mark.parametrize(
    "counted",
    [
        Counted(value=float("nan"), units=1),
        Counted(value=1.0, low=float("-inf"), high=2.0, units=1),
        Counted(value=1.0, low=0.0, units=1),
        Counted(value=5.0, low=0.0, high=2.0, units=1),
    ],
    ids=["no number", "endless", "half a band", "outside its band"],
)
def test_a_measurement_that_contradicts_itself_is_refused(
    household: Goal, counted: Counted
) -> None:
    with pytest.raises(MeasurementRefused):
        record_measurement(household, NOVEMBER, counted, method="1")
    assert not Measurement.objects.exists()
