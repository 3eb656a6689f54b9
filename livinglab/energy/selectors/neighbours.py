"""How much homes like this one use: a group and its spread, never a rank.

The group begins with homes of the same neighbourhood, kind, size, people, heating and
weather, and is widened one step at a time until ten others are in it. Homes that do not
want to be compared, or whose owners did not agree, are in nobody's group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from livinglab.energy.models import Premises, Saving
from livinglab.energy.selectors.agreement import agreeing
from livinglab.energy.selectors.publication import least_homes
from livinglab.people.models import Consent

LEAST_DAYS = 20
# More homes than this do not make the spread any clearer.
MOST_HOMES = 1000

Value = str | int | None


@dataclass(frozen=True)
class Criterion:
    """Something homes of the group have in common; `of` is what this home has."""

    name: str
    path: str
    of: Callable[[Premises], Value]


def _station_number(home: Premises) -> int:
    return home.station.number if home.station else home.neighbourhood.station_number


# Given up one after the other, the first of them first.
CRITERIA = (
    Criterion("place", "premises__neighbourhood", lambda h: h.neighbourhood_id),
    Criterion("dwelling", "premises__dwelling", lambda h: h.dwelling),
    Criterion("area", "premises__area_band", lambda h: h.area_band),
    Criterion("people", "premises__people_band", lambda h: h.people_band),
    Criterion("heating", "premises__heating", lambda h: h.heating),
    Criterion("weather", "station_number", _station_number),
)


@dataclass(frozen=True, order=True)
class HomeMonth:
    """What a home used a day in one month."""

    month: date
    home: int
    kwh_a_day: float
    origin: str


@dataclass(frozen=True)
class Neighbours:
    """kWh a day in a month: this home, and a fifth, half and four fifths of others.

    `common` names what the homes of the group share besides the city, widest last.
    """

    month: date
    city: str
    homes: int
    common: tuple[str, ...]
    has_simulated: bool
    mine: float
    low: float
    middle: float
    high: float


def neighbours_of(premises: Premises, month: date) -> Neighbours | None:
    """The comparison for a month, or for the one before while it is young.

    None where it is not wanted, where the home has too few days, and where not even
    the whole city has ten homes to compare with. One question, or up to four.
    """
    if not premises.compares or premises.is_facility:
        return None
    known = [one for one in CRITERIA if one.of(premises) not in ("", None)]
    near = _near(premises, month, known)
    own = max((row for row in near if row.home == premises.pk), default=None)
    if own is None:
        return None
    common: Sequence[Criterion] = known
    others = [row for row in near if row.home != premises.pk and row.month == own.month]
    if len(others) < least_homes():
        common, others = _wider(premises, own.month, known)
    if len(others) < least_homes():
        return None
    return _spread(premises, own, common, others)


def _spread(
    premises: Premises,
    own: HomeMonth,
    common: Sequence[Criterion],
    others: Sequence[HomeMonth],
) -> Neighbours:
    low, middle, high = np.percentile([row.kwh_a_day for row in others], (20, 50, 80))
    return Neighbours(
        month=own.month,
        city=premises.neighbourhood.city.name,
        homes=len(others),
        common=tuple(criterion.name for criterion in common),
        has_simulated=any(row.origin == Premises.Origin.SIMULATED for row in others),
        mine=round(own.kwh_a_day, 1),
        low=round(float(low), 1),
        middle=round(float(middle), 1),
        high=round(float(high), 1),
    )


def _comparable(**where: object) -> QuerySet[Saving]:
    """Months with enough days of homes that are willing and stand where they say."""
    rows = Saving.objects.filter(
        span=Saving.Span.MONTH,
        days__gte=LEAST_DAYS,
        actual_kwh__gt=0,
        premises__kind=Premises.Kind.HOME,
        premises__compares=True,
        **where,
    )
    return (
        rows.exclude(premises__origin=Premises.Origin.SAMPLE)
        .filter(agreeing(Consent.Purpose.COMPARISON, "premises_id"))
        .annotate(
            station_number=Coalesce(
                "premises__station__number", "premises__neighbourhood__station_number"
            )
        )
    )


def _near(
    premises: Premises, month: date, common: Sequence[Criterion]
) -> list[HomeMonth]:
    """The home itself and those most like it, in this month and the one before."""
    before = (month - timedelta(days=1)).replace(day=1)
    rows = _comparable(
        month__in=(before, month), premises__neighbourhood=premises.neighbourhood_id
    )
    return _read(rows.filter(_like(premises, common) | Q(premises=premises)))


def _wider(
    premises: Premises, month: date, known: Sequence[Criterion]
) -> tuple[Sequence[Criterion], list[HomeMonth]]:
    """Give up one thing after the other; in a large city the first is enough."""
    others = _comparable(
        month=month, premises__neighbourhood__city=premises.neighbourhood.city_id
    ).exclude(premises=premises)
    alike = _most(others, premises, known[1:])
    if len(alike) >= least_homes():
        return known[1:], alike
    steps = [known[given_up:] for given_up in range(2, len(known) + 1)]
    counted = others.aggregate(
        **{
            f"step_{number}": Count("pk", filter=_like(premises, step))
            for number, step in enumerate(steps)
        }
    )
    for number, step in enumerate(steps):
        if counted[f"step_{number}"] >= least_homes():
            return step, _most(others, premises, step)
    return (), []


def _most(
    others: QuerySet[Saving], premises: Premises, common: Sequence[Criterion]
) -> list[HomeMonth]:
    """As many homes as make the spread clear."""
    return _read(others.filter(_like(premises, common)).order_by("pk")[:MOST_HOMES])


def _like(premises: Premises, common: Sequence[Criterion]) -> Q:
    everybody = Q(premises__isnull=False)
    return everybody & Q(**{one.path: one.of(premises) for one in common})


def _read(rows: QuerySet[Saving]) -> list[HomeMonth]:
    columns = ("month", "premises", "actual_kwh", "days", "premises__origin")
    return [
        HomeMonth(month, home, float(kwh or 0) / days, origin)
        for month, home, kwh, days, origin in rows.values_list(*columns)
    ]
