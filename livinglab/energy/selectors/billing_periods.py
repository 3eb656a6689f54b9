"""Periods of use that people told by hand: bills, and pairs of meter readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

from livinglab.energy.models import Bill, Meter, RegisterReading
from livinglab.energy.selectors.long_intervals import long_intervals

WH = 1000


@dataclass(frozen=True)
class Period:
    """Use over whole local days from `start` up to, without, `end`."""

    start: date
    end: date
    wh: int
    is_estimated: bool = False


def periods_told(premises_ids: Iterable[int]) -> dict[int, list[Period]]:
    """Per home: its bills, and between them what its meter readings tell."""
    ids = list(premises_ids)
    told: dict[int, list[Period]] = defaultdict(list)
    for home, start, end, kwh, estimated in (
        Bill.objects.filter(premises__in=ids)
        .order_by("start", "pk")
        .values_list("premises_id", "start", "end", "kwh", "is_estimate")
    ):
        told[home].append(Period(start, end, round(kwh * WH), estimated))
    for home, period in chain(_from_readings(ids), _from_files(ids)):
        if not any(_overlap(period, other) for other in told[home]):
            told[home].append(period)
    for periods in told.values():
        periods.sort(key=lambda period: period.start)
    return dict(told)


def _from_files(ids: list[int]) -> Iterable[tuple[int, Period]]:
    """Months and bills that came in files of readings."""
    for home, start, end, wh, is_estimated in long_intervals(ids):
        yield home, Period(start, end, wh, is_estimated)


def _overlap(one: Period, other: Period) -> bool:
    return one.start < other.end and other.start < one.end


def _from_readings(ids: list[int]) -> Iterable[tuple[int, Period]]:
    readings = (
        RegisterReading.objects.filter(
            meter__premises__in=ids,
            meter__commodity=Meter.Commodity.ELECTRICITY,
            meter__flow=Meter.Flow.IMPORT,
        )
        .select_related("meter")
        .order_by("meter", "read_at")
    )
    before: RegisterReading | None = None
    for reading in readings:
        if before is not None and before.meter_id == reading.meter_id:
            period = _between(before, reading)
            if period is not None:
                yield reading.meter.premises_id, period
        before = reading


def _between(before: RegisterReading, after: RegisterReading) -> Period | None:
    """What went through the meter between two readings, None where nobody can say."""
    zone = ZoneInfo(after.meter.zone)
    start = before.read_at.astimezone(zone).date()
    end = after.read_at.astimezone(zone).date()
    kwh = after.kwh - before.kwh
    if after.starts_new_meter:
        if after.old_meter_final_kwh is None:
            return None
        kwh = after.old_meter_final_kwh - before.kwh
        if after.new_meter_first_kwh is not None:
            kwh += after.kwh - after.new_meter_first_kwh
    if after.rolled_over:
        kwh += 10**after.meter.digits
    if end <= start or kwh < 0:
        return None
    return Period(start, end, round(kwh * WH))
