"""What a batch of homes of one station brings to the computation, as arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.baseline.sufficiency import Bill
from livinglab.energy.baseline.windows import RUN_UP
from livinglab.energy.models import (
    Baseline,
    DailyUse,
    DeclaredEvent,
    Meter,
    Premises,
)
from livinglab.energy.selectors.billing_periods import Period, periods_told
from livinglab.energy.selectors.tariffs import accounts_of
from livinglab.energy.tariff.pricing import Account
from livinglab.observations.models import Station
from livinglab.observations.selectors import daily_means

MISSING = -1
DAYS_A_ROW = 366


@dataclass(frozen=True)
class Home:
    """One home's facts that are not arrays; days count from the batch's first day.

    `restarts` are the declared days from which nothing before is comparable, `frozen`
    the spans [from, until) left out of both sides.
    """

    premises: Premises
    account: Account
    joined: int
    restarts: tuple[int, ...]
    frozen: tuple[tuple[int, int], ...]
    bills: tuple[Bill, ...]
    baseline: Baseline | None


@dataclass(frozen=True)
class Inputs:
    """A batch: homes in rows of `use` (Wh, -1 missing), days from `first` in columns.

    `temperatures` are the station's daily means in °C, NaN where missing.
    """

    first: date
    homes: Sequence[Home]
    use: NDArray[np.int32]
    temperatures: FloatArray
    months: Sequence[date]

    def day(self, number: int) -> date:
        return self.first + timedelta(days=int(number))

    def number(self, day: date) -> int:
        return (day - self.first).days

    def months_of_year(self, start: int, end: int) -> NDArray[np.intp]:
        """The calendar month, 1 to 12, of the days [start, end)."""
        days = np.datetime64(self.first) + np.arange(start, end)
        return days.astype("M8[M]").astype(np.intp) % 12 + 1


def savings_inputs(premises_ids: Sequence[int], station: Station | None) -> Inputs:
    """Read a batch of homes of one station in a handful of questions."""
    homes = list(
        Premises.objects.filter(pk__in=premises_ids)
        .select_related("neighbourhood")
        .defer("neighbourhood__polygon")
        .order_by("pk")
    )
    years = _stored_years([home.pk for home in homes])
    told = periods_told(home.pk for home in homes)
    first, after = _span(homes, years, told)
    last = after - timedelta(days=1)
    days = (after - first).days
    return Inputs(
        first=first,
        homes=_homes(homes, told, first),
        use=_laid_out(homes, years, first, days),
        temperatures=daily_means(station, first, last)
        if station
        else np.full(days, np.nan),
        months=_months(first, after),
    )


def _stored_years(ids: Sequence[int]) -> dict[int, list[tuple[int, bytes]]]:
    years: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
    for home, year, wh in DailyUse.objects.filter(
        meter__premises__in=ids,
        meter__commodity=Meter.Commodity.ELECTRICITY,
        meter__flow=Meter.Flow.IMPORT,
    ).values_list("meter__premises_id", "year", "wh"):
        years[home].append((year, bytes(wh)))
    return years


def _span(
    homes: Iterable[Premises],
    years: dict[int, list[tuple[int, bytes]]],
    told: dict[int, list[Period]],
) -> tuple[date, date]:
    """Whole months around everything known, with the run-up of a first window."""
    known = [year for rows in years.values() for year, _wh in rows]
    known += [period.start.year for rows in told.values() for period in rows]
    known += [period.end.year for rows in told.values() for period in rows]
    known = known or [home.joined_on.year for home in homes]
    first = date(min(known), 1, 1) - timedelta(days=RUN_UP)
    return first.replace(day=1), date(max(known) + 1, 1, 1)


def _months(first: date, after: date) -> tuple[date, ...]:
    months = [first]
    while (following := next_month(months[-1])) < after:
        months.append(following)
    return tuple(months)


def next_month(day: date) -> date:
    """First day of the month after the day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _laid_out(
    homes: Sequence[Premises],
    years: dict[int, list[tuple[int, bytes]]],
    first: date,
    days: int,
) -> NDArray[np.int32]:
    use = np.full((len(homes), days), MISSING, dtype=np.int32)
    for row, home in enumerate(homes):
        for year, wh in years.get(home.pk, ()):
            start = (date(year, 1, 1) - first).days
            length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
            use[row, start : start + length] = np.frombuffer(wh, "<i4")[:length]
    return use


def _homes(
    homes: Sequence[Premises], told: dict[int, list[Period]], first: date
) -> list[Home]:
    ids = [home.pk for home in homes]
    accounts = dict(zip(ids, accounts_of(homes), strict=True))
    events = _events(ids)
    baselines = {
        row.premises_id: row for row in Baseline.objects.filter(premises__in=ids)
    }

    def number(day: date) -> int:
        return (day - first).days

    return [
        Home(
            premises=home,
            account=accounts[home.pk],
            joined=number(home.joined_on),
            restarts=tuple(
                number(event.on)
                for event in events.get(home.pk, ())
                if event.effect == DeclaredEvent.Effect.RESTART
            ),
            frozen=tuple(
                (number(event.on), number(event.until or date.max) + 1)
                for event in events.get(home.pk, ())
                if event.effect == DeclaredEvent.Effect.FREEZE
            ),
            bills=tuple(
                Bill(number(p.start), number(p.end), float(p.wh), p.is_estimated)
                for p in told.get(home.pk, ())
            ),
            baseline=baselines.get(home.pk),
        )
        for home in homes
    ]


def _events(ids: Sequence[int]) -> dict[int, list[DeclaredEvent]]:
    events: dict[int, list[DeclaredEvent]] = defaultdict(list)
    for event in DeclaredEvent.objects.filter(premises__in=ids).order_by("on", "pk"):
        events[event.premises_id].append(event)
    return events
