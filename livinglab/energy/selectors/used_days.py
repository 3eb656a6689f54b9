"""On which of some days each home used energy; for finding who a change concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import QuerySet

from livinglab.energy.models import Bill, DailyUse, Meter, Premises, RegisterReading
from livinglab.energy.selectors.billing_periods import periods_told


@dataclass(frozen=True)
class UsedDays:
    """Days of use per home; a day within a bill stands for the bill's own month."""

    days: dict[int, set[date]]

    def of(self, home: int) -> set[date]:
        return self.days.get(home, set())


def used_days(homes: QuerySet[Premises], days: Sequence[date]) -> UsedDays:
    """Which of the days each home has a daily total or a bill for."""
    found: dict[int, set[date]] = defaultdict(set)
    places: dict[int, list[int]] = defaultdict(list)
    for day in days:
        places[day.year].append(day.timetuple().tm_yday - 1)
    rows = DailyUse.objects.filter(
        meter__premises__in=homes,
        meter__commodity=Meter.Commodity.ELECTRICITY,
        meter__flow=Meter.Flow.IMPORT,
        year__in=list(places),
    ).values_list("meter__premises_id", "year", "wh")
    for home, year, wh in rows.iterator(chunk_size=2000):
        wanted = places[year]
        totals = np.frombuffer(bytes(wh), "<i4")[wanted]
        start = date(year, 1, 1)
        found[home].update(
            start + timedelta(days=wanted[place])
            for place in np.flatnonzero(totals > 0)
        )
    _add_bills(found, homes, days)
    return UsedDays(dict(found))


def _add_bills(
    found: dict[int, set[date]], homes: QuerySet[Premises], days: Sequence[date]
) -> None:
    with_paper = {
        *Bill.objects.filter(premises__in=homes).values_list("premises_id", flat=True),
        *RegisterReading.objects.filter(meter__premises__in=homes).values_list(
            "meter__premises_id", flat=True
        ),
    }
    for home, periods in periods_told(with_paper).items():
        for period in periods:
            touched = [day for day in days if period.start <= day < period.end]
            if touched:
                found[home].update(touched)
                found[home].add(middle_of(period.start, period.end))


def middle_of(start: date, end: date) -> date:
    """The day in the middle of a period: whose month the period is counted in."""
    return start + (end - start) // 2
