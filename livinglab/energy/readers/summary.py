"""The preview of a file: its range, its gaps, its months, its first intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from livinglab.energy.readers.limits import MAX_LISTED
from livinglab.energy.readers.understood import Gap, MonthTotal, Stream, moment
from livinglab.energy.usage.blocks import (
    LONGEST_DAILY_S,
    Intervals,
    Ints,
    best_of_each,
    effective,
)
from livinglab.energy.usage.local_days import days_spanned

# Codes of Green Button that say a value was not measured.
ESTIMATED = (8, 9, 12)


def main_stream(streams: Sequence[Stream]) -> Stream:
    """The one the preview is about: electricity used, else the one with most rows."""
    return max(streams, key=lambda one: (one.is_electricity_use, len(one.intervals)))


def figures(stream: Stream, zone: ZoneInfo) -> dict[str, Any]:
    """The fields of `Understood` that follow from the intervals alone."""
    every = best_of_each(stream.intervals)
    counting = every.take(effective(every))
    gaps = gaps_of(counting)
    return {
        "commodity": stream.commodity,
        "flow": stream.flow,
        "unit": stream.unit,
        "resolution_s": resolution_of(every),
        "quantity": stream.quantity,
        "raw_sum": stream.raw_sum,
        "first": moment(int(every.start[0])),
        "last": moment(int(every.start[-1])),
        "last_end": moment(int(every.end.max())),
        "gaps": tuple(gaps[:MAX_LISTED]),
        "gap_seconds": sum(gap.end - gap.start for gap in gaps),
        "estimated": int(np.isin(every.quality, ESTIMATED).sum()),
        "months": tuple(months_of(counting, zone)),
        "sample": tuple(every.take(slice(0, 10)).rows()),
    }


def resolution_of(every: Intervals) -> int:
    """The most frequent length of an interval; of equally frequent ones the finest."""
    lengths, counts = np.unique(every.duration, return_counts=True)
    return int(lengths[counts.argmax()])


def gaps_of(counting: Intervals) -> list[Gap]:
    """Where nothing is known between the first and the last interval."""
    if len(counting) < 2:
        return []
    known_until = np.maximum.accumulate(counting.end)[:-1]
    here = np.flatnonzero(counting.start[1:] > known_until)
    starts, ends = known_until[here].tolist(), counting.start[here + 1].tolist()
    return [Gap(start, end) for start, end in zip(starts, ends, strict=True)]


def months_of(counting: Intervals, zone: ZoneInfo) -> list[MonthTotal]:
    """Sums by the local month in which intervals start; bills are left out."""
    short = counting.take(counting.duration <= LONGEST_DAILY_S)
    if not len(short):
        return []
    days = days_spanned(short.start, zone)
    first = days.first.year * 12 + days.first.month - 1
    month_of_day = np.array(
        [
            (days.date(place).year * 12 + days.date(place).month - 1) - first
            for place in range(len(days))
        ]
    )
    return _months(short, days.place_of(short.start), month_of_day, first)


def _months(
    short: Intervals, day: Ints, month_of_day: Ints, first: int
) -> list[MonthTotal]:
    month = month_of_day[day]
    edges = np.flatnonzero(np.diff(month, prepend=-1))
    sums = np.add.reduceat(short.value, edges).tolist()
    counts = np.diff(np.append(edges, month.size)).tolist()
    days = np.bincount(month[np.flatnonzero(np.diff(day, prepend=-1))]).tolist()
    totals = []
    for place, value, count in zip(month[edges].tolist(), sums, counts, strict=True):
        year, zero_based = divmod(first + place, 12)
        label = f"{year:04d}-{zero_based + 1:02d}"
        totals.append(MonthTotal(label, value, count, days[place]))
    return totals
