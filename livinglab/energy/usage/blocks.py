"""Energy intervals of a local day: merged in any order, and summed (pure).

Times are UTC seconds, durations seconds, values integer thousandths of the meter's
unit (mWh for electricity), qualities the codes of Green Button. A day holds the
intervals that *start* in it. Everything a person gave is kept, also an interval that
a finer one hides; `effective` says which ones count, whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

# A longer interval is a bill or a hand reading: it says nothing about one day.
LONGEST_DAILY_S = 90_000  # the 25 hours of a day on which summer time ends
MISSING = -1

# Best first: revenue quality, verified, validated, valid, raw, typed by hand, derived,
# mixed, other, estimated, interpolated, questionable, projected, weather-normalised.
_BEST_FIRST = (19, 18, 17, 0, 14, 7, 11, 13, 16, 8, 9, 10, 12, 15)
_RANK = np.full(256, len(_BEST_FIRST), dtype=np.int64)
_RANK[list(_BEST_FIRST)] = np.arange(len(_BEST_FIRST))


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Columns of equal length, in the order of start, then duration."""

    start: Ints
    duration: Ints
    value: Ints
    quality: Ints

    def __len__(self) -> int:
        return int(self.start.size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Intervals) and all(
            np.array_equal(mine, theirs)
            for mine, theirs in zip(self._columns(), other._columns(), strict=True)
        )

    __hash__ = None  # type: ignore[assignment]  # columns of numbers are not a key

    @property
    def end(self) -> Ints:
        return self.start + self.duration

    def _columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self.start, self.duration, self.value, self.quality

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Plain (start, duration, value, quality), one interval at a time."""
        return zip(*(column.tolist() for column in self._columns()), strict=True)

    def take(self, chosen: Bools | Ints | slice) -> Intervals:
        return Intervals(*(column[chosen] for column in self._columns()))

    def sorted(self) -> Intervals:
        """By start, then duration; equal pairs stay in the order they came."""
        if len(self) < 2 or bool((np.diff(self.start) > 0).all()):
            return self
        return self.take(np.lexsort((self.duration, self.start)))


def intervals(
    start: Iterable[int],
    duration: Iterable[int],
    value: Iterable[int],
    quality: Iterable[int] | None = None,
) -> Intervals:
    """Columns from any iterables of whole numbers; quality 0 (valid) when left out."""
    starts = ints(start)
    qualities = np.zeros(starts.size, np.int64) if quality is None else ints(quality)
    return Intervals(starts, ints(duration), ints(value), qualities).sorted()


def join(parts: Iterable[Intervals]) -> Intervals:
    """All intervals of the parts, sorted, later parts after earlier ones."""
    kept = [part for part in parts if len(part)]
    if not kept:
        return NOTHING
    if len(kept) == 1:
        return kept[0].sorted()
    columns = zip(*(part._columns() for part in kept), strict=True)
    return Intervals(*(np.concatenate(column) for column in columns)).sorted()


def ints(numbers: Iterable[int]) -> Ints:
    """A column of whole numbers."""
    if isinstance(numbers, np.ndarray):
        return numbers.astype(np.int64, copy=False)
    return np.fromiter(numbers, dtype=np.int64)


NOTHING = Intervals(*(np.zeros(0, np.int64) for _ in range(4)))


# Merging ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged:
    """What a day holds after new intervals came, and what became of each of them."""

    intervals: Intervals
    new: int
    same: int
    replaced: int
    outranked: int

    @property
    def changed(self) -> bool:
        return bool(self.new or self.replaced)


def merge(held: Intervals, coming: Intervals) -> Merged:
    """Put intervals to those held: better quality wins, then the later one.

    Of the same start and duration one interval stays. The result does not depend on
    the order of files that agree with each other, nor on how they were cut in parts.
    """
    coming = best_of_each(coming)
    if not len(held):
        return Merged(coming, len(coming), 0, 0, 0)
    every = join((held, coming))
    first = _first_of_pair(every)
    if bool(first.all()):
        return Merged(every, len(coming), 0, 0, 0)
    # Both sides hold each pair once, so a pair is two neighbours: held, then coming.
    old = np.flatnonzero(~first) - 1
    late = old + 1
    rank_old, rank_late = _RANK[every.quality[old]], _RANK[every.quality[late]]
    same = (every.value[old] == every.value[late]) & (rank_old == rank_late)
    wins = ~same & (rank_late <= rank_old)
    keep = np.ones(len(every), dtype=bool)
    keep[late[~wins]] = False
    keep[old[wins]] = False
    same_count, replaced = int(same.sum()), int(wins.sum())
    outranked = int(old.size) - same_count - replaced
    return Merged(
        every.take(keep), len(coming) - int(old.size), same_count, replaced, outranked
    )


def _first_of_pair(sorted_intervals: Intervals) -> Bools:
    first = np.ones(len(sorted_intervals), dtype=bool)
    first[1:] = (np.diff(sorted_intervals.start) != 0) | (
        np.diff(sorted_intervals.duration) != 0
    )
    return first


def best_of_each(coming: Intervals) -> Intervals:
    """Of the same start and duration the best quality, of those the last one."""
    coming = coming.sorted()
    if bool(_first_of_pair(coming).all()):
        return coming
    order = np.lexsort(
        (
            -np.arange(len(coming)),
            _RANK[coming.quality],
            coming.duration,
            coming.start,
        )
    )
    best = coming.take(order)
    return best.take(_first_of_pair(best))


def effective(every: Intervals) -> Bools:
    """Which intervals count: none that a finer one, itself counting, overlaps.

    Among equals in length that overlap, the better quality and then the earlier start
    counts. Intervals of more than a day never hide a shorter one and are judged alike.
    """
    every_end = every.end
    if len(every) < 2 or bool((every_end[:-1] <= every.start[1:]).all()):
        return np.ones(len(every), dtype=bool)
    counts = np.zeros(len(every), dtype=bool)
    for length in np.unique(every.duration).tolist():
        free = np.flatnonzero((every.duration == length) & ~counts)
        taken = np.flatnonzero(counts)
        if taken.size:
            # Those that count never overlap, so their ends are sorted as their starts.
            next_taken = np.searchsorted(every_end[taken], every.start[free], "right")
            starts = np.append(every.start[taken], np.iinfo(np.int64).max)
            free = free[starts[next_taken] >= every_end[free]]
        counts[_without_overlap(every, free)] = True
    return counts


def _without_overlap(every: Intervals, same_length: Ints) -> Ints:
    """Indices of equally long intervals that may stand beside each other."""
    start, length = every.start[same_length], every.duration[same_length]
    if start.size < 2 or bool((np.diff(start) >= length[1:]).all()):
        return same_length
    kept: list[int] = []
    order = np.lexsort((start, _RANK[every.quality[same_length]]))
    for index in same_length[order].tolist():
        begin, end = every.start[index], every.start[index] + every.duration[index]
        if all(
            end <= every.start[other]
            or every.start[other] + every.duration[other] <= begin
            for other in kept
        ):
            kept.append(index)
    return np.array(sorted(kept), dtype=np.int64)


def day_total(every: Intervals, counts: Bools, day_start: int, day_length: int) -> int:
    """Thousandths of the unit used on a day, MISSING when under half of it is known.

    CalTRACK 2.0: mean of the present slots times the number of slots, which for any
    mix of slot lengths is the sum over the share of the day that is covered. `every`
    are the intervals that start on this day. A zero is a value. Where finer intervals
    leave gaps, a hidden interval of exactly this day is the better answer.
    """
    counting = every.take(counts & (every.duration <= LONGEST_DAILY_S))
    covered = int(counting.duration.sum())
    if covered >= day_length:
        return int(counting.value.sum())
    whole = (every.start == day_start) & (every.duration == day_length)
    if bool(whole.any()):
        return int(every.value[whole][0])
    if covered * 2 < day_length or not covered:
        return MISSING
    return _divide(int(counting.value.sum()) * day_length, covered)


def _divide(amount: int, by: int) -> int:
    """Whole-number division, halves away from zero: the same on every machine."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) + by) // (2 * by))
