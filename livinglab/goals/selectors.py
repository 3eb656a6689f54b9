"""Questions about goals."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from livinglab.goals.models import Goal, Measurement
from livinglab.goals.registry import indicators
from livinglab.goals.standing import Band, Verdict, progress, verdict
from livinglab.kernel.stamps import stamps
from livinglab.places.models import City


@dataclass(frozen=True)
class GoalStanding:
    """A goal, its newest measurement, the line that led there, and what to say."""

    goal: Goal
    latest: Measurement | None
    history: list[Measurement]
    band: Band | None
    verdict: Verdict

    @property
    def is_too_early(self) -> bool:
        return self.verdict == Verdict.TOO_EARLY


def standings(city: City | None = None) -> list[GoalStanding]:
    """Every goal with where it stands, in the order of the sheet; two queries."""
    goals = Goal.objects.select_related("city").prefetch_related(
        Prefetch("measurements", Measurement.objects.newest_first())
    )
    if city is not None:
        goals = goals.filter(city=city)
    return [standing_of(goal) for goal in goals]


def standing_of(goal: Goal) -> GoalStanding:
    """Where one goal stands.

    The newest period counts: the running year before the running month. The history
    is of months where there are any, oldest first.
    """
    found = sorted(
        goal.measurements.all(), key=lambda m: (m.last_day, m.first_day), reverse=True
    )
    latest = _newest(found)
    months = [m for m in found if not m.is_yearly]
    history = list(reversed(months or found))
    band = _band(goal, latest) if latest else None
    return GoalStanding(goal, latest, history, band, verdict(band, len(history)))


def _band(goal: Goal, found: Measurement) -> Band:
    return progress(
        found.value, found.low, found.high, float(goal.baseline), float(goal.target)
    )


def _newest(newest_first: list[Measurement]) -> Measurement | None:
    """Of the periods that end last, the longest: a year says more than its month."""
    years = [m for m in newest_first if m.is_yearly]
    if years and newest_first[0].last_day <= years[0].last_day:
        return years[0]
    return newest_first[0] if newest_first else None


def is_counted(goal: Goal) -> bool:
    """Whether the lab counts this goal itself, so that nobody types it in."""
    return goal.code in indicators()


def goals_version(*args: Any, **more: Any) -> Hashable:
    """Another answer whenever a goal, its city's name or a measurement is another."""
    return stamps(
        "SELECT g.*, c.name_ko, c.name_en, "
        "(SELECT COUNT(*) FROM goals_measurement), "
        "(SELECT MAX(computed_at) FROM goals_measurement) "
        "FROM goals_goal g JOIN places_city c ON c.id = g.city_id ORDER BY g.id"
    )
