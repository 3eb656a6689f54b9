"""The goals as people see them: baseline, now, target, and what stands behind."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from livinglab.goals.models import Goal, Measurement
from livinglab.goals.selectors import goals_version
from livinglab.kernel.kept_parts import kept
from livinglab.kernel.plots import GoalBar, goal_bar
from livinglab.kernel.stamps import Row, stamps
from livinglab.places.models import City


@dataclass(frozen=True)
class Standing:
    """One goal with its newest measurement; without one there is no number."""

    goal: Goal
    now: Measurement | None
    history: list[Measurement]

    @property
    def bar(self) -> GoalBar:
        now = self.now
        return goal_bar(
            float(self.goal.baseline),
            float(self.goal.target),
            None if now is None else now.value,
            low=now.low if now else None,
            high=now.high if now else None,
        )

    @property
    def progress(self) -> float | None:
        """How much of the way from baseline to target is done, 1 is all of it."""
        if self.now is None:
            return None
        way = float(self.goal.target - self.goal.baseline)
        return (self.now.value - float(self.goal.baseline)) / way

    @property
    def is_reached(self) -> bool:
        return self.progress is not None and self.progress >= 1


def standings(*, code: str = "") -> list[Standing]:
    """Every goal, or the one of that code, with its measurements, newest first."""
    newest = Prefetch("measurements", Measurement.objects.newest_first(), "measured")
    goals = Goal.objects.select_related("city").prefetch_related(newest)
    if code:
        goals = goals.filter(code=code)
    return [_standing(goal, goal.measured) for goal in goals]  # type: ignore[attr-defined]


def _standing(goal: Goal, measured: list[Measurement]) -> Standing:
    return Standing(goal, measured[0] if measured else None, measured)


# Each goal with its newest measurement: all that is shown of it on the start page.
NEWEST = """
SELECT g.id, g.code, g.kind, g.unit, g.baseline, g.target, g.name_ko, g.name_en,
  c.id, c.name_ko, c.name_en, m.id, m.period, m.value, m.low, m.high, m.units
FROM goals_goal g JOIN places_city c ON c.id = g.city_id
LEFT JOIN goals_measurement m ON m.id = (
  SELECT x.id FROM goals_measurement x WHERE x.goal_id = g.id
  ORDER BY x.last_day DESC, x.first_day DESC LIMIT 1)
ORDER BY g.position, g.code
"""


def newest_standings(*args: Any) -> tuple[Row, ...]:
    """Where every goal stands now, as the database tells it in one light question."""
    return stamps(NEWEST)


def standing_now(row: Row) -> Standing:
    """A row of these as the pages know a goal, without its history."""
    pk, code, kind, unit, baseline, target, korean, english, *rest = row
    city_id, city_korean, city_english, measured, period, value, low, high, units = rest
    goal = Goal(
        pk=pk, code=code, kind=kind, unit=unit, name_ko=korean, name_en=english,
        baseline=Decimal(str(baseline)), target=Decimal(str(target)),
        city=City(pk=city_id, name_ko=city_korean, name_en=city_english),
    )  # fmt: skip
    if measured is None:
        return Standing(goal, None, [])
    now = Measurement(
        pk=measured, goal=goal, period=period, value=value, low=low, high=high,
        units=units,
    )  # fmt: skip
    return Standing(goal, now, [now])


def kept_standings() -> list[Standing]:
    """Every goal, kept until one is measured or its sheet changes."""
    return kept(("standings", goals_version()), standings)
