"""Readings longer than a day, as some files bring them: bills rather than days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from livinglab.energy.models import Meter
from livinglab.energy.readers.summary import ESTIMATED
from livinglab.energy.usage.blocks import LONGEST_DAILY_S, effective, join
from livinglab.energy.usage.local_days import local_date, midnight
from livinglab.energy.usage.packing import decode_day

LongInterval = tuple[int, date, date, int, bool]


def long_intervals(premises_ids: Iterable[int]) -> Iterator[LongInterval]:
    """Home, first day, day after the last, Wh, and whether it was estimated."""
    meters = Meter.objects.filter(
        premises__in=list(premises_ids),
        commodity=Meter.Commodity.ELECTRICITY,
        flow=Meter.Flow.IMPORT,
        longest_s__gt=LONGEST_DAILY_S,
    )
    for meter in meters.order_by("pk"):
        zone = ZoneInfo(meter.zone)
        days = meter.days.order_by("day").values_list("day", "blob")
        unpacked = (decode_day(midnight(day, zone), bytes(blob)) for day, blob in days)
        every = join(
            day.take(day.duration > LONGEST_DAILY_S)
            for day in unpacked
            if int(day.duration.max(initial=0)) > LONGEST_DAILY_S
        )
        for start, duration, value, quality in every.take(effective(every)).rows():
            first = local_date(start, zone)
            after = local_date(start + duration, zone)
            yield meter.premises_id, first, after, value // 1000, quality in ESTIMATED
