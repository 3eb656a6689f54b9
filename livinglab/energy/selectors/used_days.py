"""On which of some days each home used energy; for finding who a change concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr

from livinglab.energy.models import Bill, DailyUse, Meter, Premises, RegisterReading
from livinglab.energy.selectors.billing_periods import periods_told
from livinglab.energy.usage.blocks import LONGEST_DAILY_S

BYTES = 4
UNKNOWN = b"\xff" * BYTES


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
    for year, wanted in places.items():
        start = date(year, 1, 1)
        for home, totals in _totals(homes, year, sorted(wanted)):
            found[home].update(start + timedelta(days=place) for place in totals)
    _add_bills(found, homes, days)
    return UsedDays(dict(found))


def _totals(
    homes: QuerySet[Premises], year: int, places: Sequence[int]
) -> Iterator[tuple[int, list[int]]]:
    """Homes with their days of use among the wanted ones, by place in the year.

    The database looks into the packed years, so that a night's new weather does not
    carry a city's totals here: homes of which nothing is known stay there.
    """
    first, count = places[0], places[-1] - places[0] + 1
    part = Substr("wh", first * BYTES + 1, count * BYTES, output_field=BinaryField())
    rows = (
        DailyUse.objects.filter(
            meter__premises__in=homes,
            meter__commodity=Meter.Commodity.ELECTRICITY,
            meter__flow=Meter.Flow.IMPORT,
            year=year,
        )
        .annotate(part=part)
        .exclude(part=UNKNOWN * count)
        .values_list("meter__premises_id", "part")
    )
    inside = np.array(places) - first
    for home, wh in rows.iterator(chunk_size=2000):
        used = np.frombuffer(wh, "<i4")[inside] > 0
        yield home, (inside[used] + first).tolist()


def _add_bills(
    found: dict[int, set[date]], homes: QuerySet[Premises], days: Sequence[date]
) -> None:
    with_paper = {
        *Bill.objects.filter(premises__in=homes).values_list("premises_id", flat=True),
        *RegisterReading.objects.filter(meter__premises__in=homes).values_list(
            "meter__premises_id", flat=True
        ),
        *Meter.objects.filter(
            premises__in=homes, longest_s__gt=LONGEST_DAILY_S
        ).values_list("premises_id", flat=True),
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
