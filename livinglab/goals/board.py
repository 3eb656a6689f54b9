"""The goals as people see them: baseline, now, target, and what stands behind."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Prefetch

from livinglab.goals.models import Goal, Measurement
from livinglab.kernel.plots import GoalBar, goal_bar

KEPT_S = 600
KEPT = "goal-standings"


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


def kept_standings() -> list[Standing]:
    """Every goal, kept a while for pages that many people open."""
    kept: list[Standing] | None = cache.get(KEPT)
    if kept is None:
        kept = standings()
        cache.set(KEPT, kept, KEPT_S)
    return kept


def forget_kept() -> None:
    """A goal was measured: whoever looks next asks again."""
    cache.delete(KEPT)
