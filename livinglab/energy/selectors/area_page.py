"""What a neighbourhood's or a city's page says about energy."""

from dataclasses import dataclass

from django.conf import settings

from livinglab.energy.models import AreaSaving, Premises
from livinglab.kernel.numbers import share_of
from livinglab.kernel.plots import GoalBar, goal_bar

GOALS = {Premises.Kind.HOME: 0.20, Premises.Kind.FACILITY: 0.10}
MONTHS = 12


@dataclass(frozen=True)
class AreaMonth:
    """One month of an area; hidden figures are simply not there."""

    row: AreaSaving

    @property
    def is_shown(self) -> bool:
        return self.row.is_published

    @property
    def share(self) -> float | None:
        if not self.is_shown:
            return None
        return share_of(self.row.saved_won, self.row.expected_won)

    @property
    def low(self) -> float | None:
        return self._edge(-1)

    @property
    def high(self) -> float | None:
        return self._edge(1)

    def _edge(self, sign: int) -> float | None:
        won, half = self.row.saved_won, self.row.half_width_won
        if not self.is_shown or won is None or half is None:
            return None
        return share_of(won + sign * half, self.row.expected_won)


@dataclass(frozen=True)
class AreaEnergy:
    """The newest month that may be shown, and the months before it."""

    kind: str
    newest: AreaMonth
    months: list[AreaMonth]

    @property
    def is_facilities(self) -> bool:
        return self.kind == Premises.Kind.FACILITY

    @property
    def goal_share(self) -> float:
        return GOALS[Premises.Kind(self.kind)]

    @property
    def bar(self) -> GoalBar | None:
        if self.newest.share is None:
            return None
        return goal_bar(
            0.0,
            self.goal_share,
            self.newest.share,
            low=self.newest.low,
            high=self.newest.high,
        )

    @property
    def excluded(self) -> int:
        """Homes left out, for whatever reason."""
        return sum(self.newest.row.excluded.values())

    @property
    def least_homes(self) -> int:
        return settings.PUBLISH_MIN_HOMES


def area_energy(level: str, code: str, city_id: int) -> list[AreaEnergy]:
    """Homes first, then facilities; nothing where nothing was computed yet."""
    rows = AreaSaving.objects.filter(
        level=level, code=code, city_id=city_id, span="month"
    ).order_by("-month")
    found = []
    for kind in (Premises.Kind.HOME, Premises.Kind.FACILITY):
        months = [AreaMonth(row) for row in rows if row.kind == kind][:MONTHS]
        if months:
            shown = next((month for month in months if month.is_shown), months[0])
            found.append(AreaEnergy(kind, shown, months))
    return found
