"""What energy tells the programme: household and public-building bills."""

from __future__ import annotations

from livinglab.energy.models import Premises, Saving
from livinglab.energy.selectors.areas import GOAL_CODES, AreaFigure, city_figures
from livinglab.energy.services.neighbourhoods.methods import AREA_METHOD
from livinglab.goals.registry import Count, Counted, Period, indicator


def change_of_the_bill(city_id: int, period: Period, *, kind: str) -> Counted | None:
    """Change of the bill in percent at constant tariff: a saving of 12 % is -12.

    A month is the city's published month; a year its newest published twelve months
    that end in that year. Nothing where nothing may be shown.
    """
    span = Saving.Span.YEAR if period.is_year else Saving.Span.MONTH
    figures = city_figures(
        city_id, kind=kind, span=span, first=period.first, last=period.last
    )
    newest = next(iter(figures), None)
    if newest is None or newest.share is None:
        return None
    return Counted(
        value=_percent(newest.share),
        low=_maybe_percent(newest.share_high),
        high=_maybe_percent(newest.share_low),
        units=newest.homes or 0,
        source=_source(newest),
    )


def _percent(share: float) -> float:
    return round(-100 * share, 2) + 0.0


def _maybe_percent(share: float | None) -> float | None:
    return None if share is None else _percent(share)


def _source(figure: AreaFigure) -> str:
    """Without words, because it is stored once and read in two languages."""
    return f"{figure.month:%Y-%m}, n={figure.homes}"


def _counting(kind: str) -> Count:
    def count(city_id: int, period: Period) -> Counted | None:
        return change_of_the_bill(city_id, period, kind=kind)

    return count


for _kind in (Premises.Kind.HOME, Premises.Kind.FACILITY):
    for _code in GOAL_CODES[_kind]:
        indicator(_code, version=AREA_METHOD)(_counting(_kind))
