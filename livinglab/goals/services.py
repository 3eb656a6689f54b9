"""Verbs about goals: write the sheet, record a measurement, count what is due."""

import math
import re
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.goals.errors import CountedByItself, MeasurementRefused, NotCountedHere
from livinglab.goals.events import goal_measured, measurement_due
from livinglab.goals.models import Goal, Measurement, MeasurementDue
from livinglab.goals.registry import Counted, Indicator, Period, indicators
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.people.models import Person
from livinglab.places.models import City

LEASE_S = 300
MONTHS_BACK = 2
BY_HAND = "by hand"
SHEET = {
    "name_ko",
    "name_en",
    "baseline",
    "target",
    "baseline_year",
    "target_year",
    "definition_ko",
    "definition_en",
    "source_ko",
    "source_en",
    "responsible",
    "trap_ko",
    "trap_en",
}


@transaction.atomic
def write_goal(facts: dict[str, Any]) -> Goal:
    """Write one goal of the seeds; what a coordinator changed since is kept."""
    city = City.objects.get(code=facts["city"])
    goal, _new = Goal.objects.get_or_create(
        code=facts["code"], defaults=facts | {"city": city}
    )
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, by: Person, **sheet: Any) -> Goal:
    """Correct the sheet of a goal: words, sources, baseline and target."""
    require(by, "goals.change_goal", goal)
    if odd := set(sheet) - SHEET:
        raise ValueError(f"not on the sheet: {sorted(odd)}")
    for name, value in sheet.items():
        setattr(goal, name, value)
    goal.save(update_fields=list(sheet))
    return goal


@transaction.atomic
def record_by_hand(
    goal: Goal, period: str, counted: Counted, *, by: Person
) -> Measurement:
    """Note a value that somebody else measured, such as a yearly survey."""
    require(by, "goals.record_measurement", goal)
    if goal.code in indicators():
        raise CountedByItself(
            _("The lab counts this goal itself. A value typed in would not last.")
        )
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", period):
        raise MeasurementRefused(
            _("The period is a year like 2026 or a month like 2026-11.")
        )
    if not counted.source:
        raise MeasurementRefused(_("Please say where the value comes from."))
    return record_measurement(goal, Period(period), counted, method=BY_HAND)


@transaction.atomic
def record_measurement(
    goal: Goal, period: Period, counted: Counted, *, method: str
) -> Measurement:
    """Keep what a goal stood at in a period; measured again, it is replaced."""
    _check(counted)
    measurement, _new = Measurement.objects.update_or_create(
        goal=goal,
        period=period.key,
        defaults={
            "first_day": period.first,
            "last_day": period.last,
            "value": counted.value,
            "low": counted.low,
            "high": counted.high,
            "units": counted.units,
            "source": counted.source[:160],
            "method": method,
            "computed_at": timezone.now(),
        },
    )
    after_commit(goal_measured.send_robust, Goal, goal_id=goal.pk)
    return measurement


def _check(counted: Counted) -> None:
    ends = [end for end in (counted.low, counted.high) if end is not None]
    if not all(math.isfinite(number) for number in (counted.value, *ends)):
        raise MeasurementRefused(_("The value is not a number."))
    if len(ends) == 1:
        raise MeasurementRefused(_("A band needs both ends."))
    if ends and not ends[0] <= counted.value <= ends[1]:
        raise MeasurementRefused(_("The value lies outside its own band."))


@transaction.atomic
def mark_due(code: str, periods: Iterable[Period]) -> int:
    """Note that a goal must be counted again; a code without a goal passes."""
    goal = Goal.objects.filter(code=code).first()
    if goal is None:
        return 0
    marked = 0
    for period in sorted(set(periods)):
        MeasurementDue.objects.update_or_create(
            goal=goal,
            period=period.key,
            defaults={"token": secrets.randbits(62), "due_at": timezone.now()},
        )
        marked += 1
    if marked:
        after_commit(measurement_due.send_robust, Goal, goal_id=goal.pk)
    return marked


@transaction.atomic
def count_again(goal: Goal, *, by: Person) -> int:
    """Let the lab count a goal again now, for the periods of a usual night."""
    require(by, "goals.record_measurement", goal)
    if goal.code not in indicators():
        raise NotCountedHere(
            _("%(code)s is measured by others: record their value instead.")
            % {"code": goal.code}
        )
    return mark_due(goal.code, _nightly(timezone.localdate()))


@transaction.atomic
def plan_measurements(today: date) -> int:
    """Note tonight's work: running month and year, two months back, old methods."""
    planned = 0
    for goal in Goal.objects.filter(code__in=indicators()):
        found = indicators()[goal.code]
        for period in _nightly(today) | _of_old_methods(goal, found):
            _row, new = MeasurementDue.objects.get_or_create(
                goal=goal,
                period=period.key,
                defaults={"token": secrets.randbits(62)},
            )
            planned += new
    return planned


def _nightly(today: date) -> set[Period]:
    yesterday = today - timedelta(days=1)
    month = Period.month_of(yesterday)
    periods = {Period.year_of(yesterday), month}
    for _back in range(MONTHS_BACK):
        month = month.before
        periods.add(month)
    return periods


def _of_old_methods(goal: Goal, found: Indicator) -> set[Period]:
    older = goal.measurements.exclude(method=found.version)
    return {Period(key) for key in older.values_list("period", flat=True)}


def measure(due: MeasurementDue) -> bool:
    """Count one due row; False when another worker has it or it is gone."""
    if not MeasurementDue.objects.filter(pk=due.pk).claim(seconds=LEASE_S):
        return False
    due = MeasurementDue.objects.select_related("goal").get(pk=due.pk)
    found = indicators().get(due.goal.code)
    period = Period(due.period)
    counted = found.count(due.goal.city_id, period) if found else None
    _settle(due, period, counted, found)
    return True


@transaction.atomic
def _settle(
    due: MeasurementDue,
    period: Period,
    counted: Counted | None,
    found: Indicator | None,
) -> None:
    """The figure and the end of its due row stand or fall together."""
    if found and counted is not None:
        record_measurement(due.goal, period, counted, method=found.version)
    elif found:
        # Nothing may be said any more, for example because too few homes are left.
        due.goal.measurements.filter(period=period.key).delete()
    rows = MeasurementDue.objects.filter(pk=due.pk)
    if not rows.filter(token=due.token).delete()[0]:
        rows.update(claimed_until=None)  # marked again while it was counted
