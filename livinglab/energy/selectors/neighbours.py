"""How much homes like this one use: a group and its spread, never a rank.

The group begins with homes of the same neighbourhood, kind, size, people, heating and
weather, and is widened one step at a time until ten others are in it. Homes that do not
want to be compared, or whose owners did not agree, are in nobody's group.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

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
    the whole city has ten homes to compare with.
    """
    if not premises.compares or premises.is_facility:
        return None
    own = _own(premises, month)
    if own is None:
        return None
    common, homes = _group(premises, own.month)
    if len(homes) < least_homes():
        return None
    low, middle, high = np.percentile([kwh for kwh, _origin in homes], (20, 50, 80))
    return Neighbours(
        month=own.month,
        city=premises.neighbourhood.city.name,
        homes=len(homes),
        common=tuple(criterion.name for criterion in common),
        has_simulated=any(
            origin == Premises.Origin.SIMULATED for _kwh, origin in homes
        ),
        mine=round(_a_day(own.actual_kwh, own.days), 1),
        low=round(float(low), 1),
        middle=round(float(middle), 1),
        high=round(float(high), 1),
    )


def _own(premises: Premises, month: date) -> Saving | None:
    before = (month - timedelta(days=1)).replace(day=1)
    mine = _comparable(month__in=(before, month)).filter(premises=premises)
    return mine.order_by("-month").first()


def _comparable(**when: object) -> QuerySet[Saving]:
    """Months with enough days of homes that are willing and stand where they say."""
    homes = agreeing(Consent.Purpose.COMPARISON).filter(
        kind=Premises.Kind.HOME, compares=True
    )
    return Saving.objects.filter(
        span=Saving.Span.MONTH,
        days__gte=LEAST_DAYS,
        actual_kwh__gt=0,
        premises__in=homes.exclude(origin=Premises.Origin.SAMPLE),
        **when,
    )


Homes = list[tuple[float, str]]


def _group(premises: Premises, month: date) -> tuple[Sequence[Criterion], Homes]:
    """The narrowest group of at least ten others: two questions, or three."""
    others = (
        _comparable(month=month)
        .exclude(premises=premises)
        .filter(premises__neighbourhood__city=premises.neighbourhood.city_id)
        .annotate(
            station_number=Coalesce(
                "premises__station__number", "premises__neighbourhood__station_number"
            )
        )
    )
    known = [one for one in CRITERIA if one.of(premises) not in ("", None)]
    steps = [known[given_up:] for given_up in range(len(known) + 1)]
    homes = _homes(others.filter(_like(premises, steps[0])))
    if len(homes) >= least_homes():
        return steps[0], homes
    wide = _first_wide_enough(premises, others, steps[1:])
    return wide, _homes(others.filter(_like(premises, wide)))


def _first_wide_enough(
    premises: Premises, others: QuerySet[Saving], steps: Sequence[Sequence[Criterion]]
) -> Sequence[Criterion]:
    """One question counts every step; the last is the whole city."""
    counted = others.aggregate(
        **{
            f"step_{number}": Count("pk", filter=_like(premises, step))
            for number, step in enumerate(steps[:-1])
        }
    )
    for number, step in enumerate(steps[:-1]):
        if counted[f"step_{number}"] >= least_homes():
            return step
    return steps[-1]


def _like(premises: Premises, common: Sequence[Criterion]) -> Q:
    return Q(**{one.path: one.of(premises) for one in common})


def _homes(rows: QuerySet[Saving]) -> Homes:
    found = rows.order_by("premises").values_list(
        "actual_kwh", "days", "premises__origin"
    )
    return [(_a_day(kwh, days), origin) for kwh, days, origin in found[:MOST_HOMES]]


def _a_day(kwh: Decimal | None, days: int) -> float:
    return float(kwh or 0) / days
