"""Keeps what meters said: days of intervals, and the daily totals that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction
from django.db.models import Q
from numpy.typing import NDArray

from livinglab.energy.events import usage_imported
from livinglab.energy.models import DailyUse, Meter, Premises, UsageDay
from livinglab.energy.services.savings import mark_days_due
from livinglab.energy.usage.blocks import (
    LONGEST_DAILY_S,
    MISSING,
    Intervals,
    Ints,
    day_total,
    effective,
    join,
    merge,
)
from livinglab.energy.usage.local_days import (
    LocalDays,
    days_spanned,
    local_date,
    local_days,
)
from livinglab.energy.usage.packing import decode_day, encode_days
from livinglab.kernel.commit import after_commit
from livinglab.kernel.realtime import announce
from livinglab.kernel.upsert import upsert

DAYS_A_ROW = 366
_MILLI = 1000
# An interval may reach into the next day, and hide or be hidden there; a chain of such
# neighbours reaches two days, and what decides about those stands two days further.
_REACH, _CONTEXT = 2, 4
_MOST_RANGES = 40


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of intervals that came: counts of intervals, days whose sum moved."""

    new: int = 0
    same: int = 0
    replaced: int = 0
    outranked: int = 0
    overlapped: int = 0
    first_changed: date | None = None
    last_changed: date | None = None


@transaction.atomic
def store_intervals(
    meter: Meter, coming: Intervals, *, reason: str = "usage"
) -> Stored:
    """Merge intervals into a meter's days; savings of the days that moved become due.

    The same intervals twice, in parts or in another order leave the same rows.
    """
    if not len(coming):
        return Stored()
    meter = Meter.objects.select_for_update().get(pk=meter.pk)
    coming = coming.sorted()
    zone = ZoneInfo(meter.zone)
    days = _days_around(coming, zone)
    touched = np.unique(days.place_of(coming.start))
    packed = _packed_days(meter, days, _near(touched, _CONTEXT, len(days)))
    held = _unpacked(days, packed)
    merged = merge(held, coming)
    if not merged.changed:
        return Stored(same=merged.same, outranked=merged.outranked)
    _write_days(meter, days, touched, merged.intervals, packed)
    _note_longest(meter, coming)
    moved = _write_totals(meter, days, touched, merged.intervals)
    moved += _bill_days(meter, coming, zone)
    _tell(meter, moved, reason)
    return Stored(
        merged.new,
        merged.same,
        merged.replaced,
        merged.outranked,
        int((~effective(merged.intervals)).sum()),
        min(moved) if moved else None,
        max(moved) if moved else None,
    )


@transaction.atomic
def rebuild_daily_use(meter: Meter) -> None:
    """Drop the daily totals of a meter and compute them again from its days."""
    meter = Meter.objects.select_for_update().get(pk=meter.pk)
    meter.years.all().delete()
    span = meter.days.order_by("day").values_list("day", flat=True)
    first, last = span.first(), span.last()
    if first is None or last is None:
        return
    days = local_days(first, last, ZoneInfo(meter.zone))
    every = np.arange(len(days))
    held = _unpacked(days, _packed_days(meter, days, every))
    _write_totals(meter, days, every, held)


@transaction.atomic
def meter_of(premises: Premises, *, commodity: str, flow: str, unit: str) -> Meter:
    """The meter of one stream at a home, made when its first readings come."""
    meter, _new = Meter.objects.get_or_create(
        premises=premises, commodity=commodity, flow=flow, defaults={"unit": unit}
    )
    return meter


# Rows and columns ---------------------------------------------------------------------


def _days_around(coming: Intervals, zone: ZoneInfo) -> LocalDays:
    """The days in which intervals start, with what may overlap them on both sides."""
    span = days_spanned(coming.start, zone)
    first = date.fromordinal(span.first.toordinal() - _CONTEXT)
    last = date.fromordinal(span.date(len(span) - 1).toordinal() + _CONTEXT)
    return local_days(first, last, zone)


def _near(touched: Ints, reach: int, size: int) -> Ints:
    """The touched days and those up to `reach` days away from one."""
    around = touched[:, None] + np.arange(-reach, reach + 1)
    near = np.unique(around)
    return near[(near >= 0) & (near < size)]


def _packed_days(meter: Meter, days: LocalDays, places: Ints) -> dict[int, bytes]:
    """The stored bytes of some days, by the day's place."""
    breaks = np.flatnonzero(np.diff(places) > 1)
    begins = places[np.concatenate(([0], breaks + 1))]
    ends = places[np.append(breaks, places.size - 1)]
    if begins.size > _MOST_RANGES:
        begins, ends = places[:1], places[-1:]
    wanted = Q()
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        wanted |= Q(day__range=(days.date(begin), days.date(end)))
    rows = UsageDay.objects.filter(wanted, meter=meter).order_by("day")
    first = days.first.toordinal()
    return {
        day.toordinal() - first: bytes(blob)
        for day, blob in rows.values_list("day", "blob")
    }


def _unpacked(days: LocalDays, packed: dict[int, bytes]) -> Intervals:
    return join(
        decode_day(int(days.midnights[place]), blob) for place, blob in packed.items()
    )


def _write_days(
    meter: Meter,
    days: LocalDays,
    touched: Ints,
    every: Intervals,
    packed: dict[int, bytes],
) -> None:
    """Store the touched days whose bytes changed."""
    edges = days.edges_in(every.start)
    blobs = encode_days(days.midnights[:-1], edges, every)
    rows = (
        (meter.pk, days.date(place), blobs[place])
        for place in touched.tolist()
        if blobs[place] != packed.get(place)
    )
    upsert(UsageDay, ("meter", "day", "blob"), rows, unique=("meter", "day"))


def _bill_days(meter: Meter, coming: Intervals, zone: ZoneInfo) -> list[date]:
    """First and last day of intervals that are bills rather than days."""
    bills = coming.take(coming.duration > LONGEST_DAILY_S)
    if not len(bills) or not _is_electricity_use(meter):
        return []
    ends = local_date(int(bills.end.max()) - 1, zone)
    return [local_date(int(bills.start[0]), zone), ends]


def _is_electricity_use(meter: Meter) -> bool:
    wanted = (Meter.Commodity.ELECTRICITY, Meter.Flow.IMPORT)
    return (meter.commodity, meter.flow) == wanted


def _note_longest(meter: Meter, coming: Intervals) -> None:
    longest = int(coming.duration.max())
    if longest > meter.longest_s:
        meter.longest_s = longest
        meter.save(update_fields=["longest_s"])


def _write_totals(
    meter: Meter, days: LocalDays, touched: Ints, every: Intervals
) -> list[date]:
    """Daily totals in Wh of the days near the touched ones; the days that moved."""
    if not _is_electricity_use(meter):
        return []
    near = _near(touched, _REACH, len(days))
    short = every.take(every.duration <= LONGEST_DAILY_S)
    counts, edges = effective(short), days.edges_in(short.start)
    totals = {}
    for place in near.tolist():
        part = slice(int(edges[place]), int(edges[place + 1]))
        begin, length = int(days.midnights[place]), days.length(place)
        total = day_total(short.take(part), counts[part], begin, length)
        totals[days.date(place)] = total if total == MISSING else round(total / _MILLI)
    return _write_years(meter, totals)


def _write_years(meter: Meter, totals: dict[date, int]) -> list[date]:
    """Put daily totals into the columns of their years; the days that moved."""
    by_year: dict[int, list[date]] = {}
    for day in totals:
        by_year.setdefault(day.year, []).append(day)
    stored = {
        row.year: row for row in DailyUse.objects.filter(meter=meter, year__in=by_year)
    }
    moved: list[date] = []
    rows, empty = [], []
    for year, of_year in by_year.items():
        column = _column(stored.get(year))
        changed = [day for day in of_year if column[_place(day)] != totals[day]]
        for day in changed:
            column[_place(day)] = totals[day]
        moved += changed
        if changed and (column == MISSING).all():
            empty.append(year)
        elif changed:
            rows.append((meter.pk, year, column.tobytes()))
    upsert(DailyUse, ("meter", "year", "wh"), rows, unique=("meter", "year"))
    # A year of which nothing is known is no row, as if it had never been known.
    DailyUse.objects.filter(meter=meter, year__in=empty).delete()
    return sorted(moved)


def _column(row: DailyUse | None) -> NDArray[np.int32]:
    if row is None:
        return np.full(DAYS_A_ROW, MISSING, dtype="<i4")
    return np.frombuffer(bytes(row.wh), dtype="<i4").copy()


def _place(day: date) -> int:
    return day.timetuple().tm_yday - 1


def _tell(meter: Meter, moved: Sequence[date], reason: str) -> None:
    if moved:
        mark_days_due(meter.premises, moved, reason)
    after_commit(usage_imported.send_robust, Meter, premises_id=meter.premises_id)
    after_commit(announce, f"premises:{meter.premises_id}", "usage")
