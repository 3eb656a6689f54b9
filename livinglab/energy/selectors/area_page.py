"""What a neighbourhood's or a city's page says about energy."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from livinglab.energy.models import Premises
from livinglab.energy.selectors.area_inputs import (
    COLLECTING,
    NO_CONSENT,
    NO_DATA,
    NOT_PRICED,
    NOT_WEATHER_CORRECTED,
    POOR_MODEL,
)
from livinglab.energy.selectors.areas import AreaFigure, figures_of_both_kinds
from livinglab.energy.selectors.publication import least_homes
from livinglab.kernel.plots import GoalBar, goal_bar

WHY_LEFT_OUT = {
    COLLECTING: _("still collecting"),
    NO_DATA: _("no data for this month"),
    NO_CONSENT: _("not agreed to be counted"),
    NOT_WEATHER_CORRECTED: _("compared without weather only"),
    POOR_MODEL: _("use too irregular for a model"),
    NOT_PRICED: _("no tariff for this contract"),
}


@dataclass(frozen=True)
class AreaEnergy:
    """The newest month that may be shown, and the months before it."""

    kind: str
    newest: AreaFigure
    months: list[AreaFigure]

    @property
    def is_facilities(self) -> bool:
        return self.kind == Premises.Kind.FACILITY

    @property
    def more_share(self) -> float | None:
        """How much more than expected was used, where it was more."""
        return None if self.newest.share is None else -self.newest.share

    @property
    def bar(self) -> GoalBar | None:
        if self.newest.share is None:
            return None
        return goal_bar(
            0.0,
            self.newest.goal_share,
            self.newest.share,
            low=self.newest.share_low,
            high=self.newest.share_high,
        )

    @property
    def excluded(self) -> int:
        """Homes left out, for whatever reason."""
        return sum((self.newest.excluded or {}).values())

    @property
    def why_excluded(self) -> list[tuple[str, int]]:
        """Each reason in words with its number of homes."""
        left_out = self.newest.excluded or {}
        return [(str(WHY_LEFT_OUT[why]), homes) for why, homes in left_out.items()]

    @property
    def least_homes(self) -> int:
        return least_homes()


def area_energy(level: str, code: str) -> list[AreaEnergy]:
    """Homes first, then facilities; nothing where nothing was computed yet."""
    found = []
    for kind, figures in figures_of_both_kinds(code, level=level).items():
        if figures:
            shown = next((figure for figure in figures if figure.is_shown), figures[0])
            found.append(AreaEnergy(kind, shown, figures))
    return found
