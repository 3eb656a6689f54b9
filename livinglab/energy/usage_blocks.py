"""Energy intervals of a local day: packed without loss, merged, summed (pure).

Times are UTC seconds, durations seconds, values integer thousandths of the meter's
unit (mWh for electricity), qualities the codes of Green Button. A day holds the
intervals that *start* in it. Everything a person gave is kept, also an interval that
a finer one hides; `effective` says which ones count, whatever order they came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

VERSION = 1
# A longer interval is a bill or a hand reading: it says nothing about one day.
LONGEST_DAILY_S = 90_000  # the 25 hours of a day on which summer time ends
MISSING = -1
_MAX_INTERVALS_A_DAY = 100_000

# Best first: revenue quality, verified, validated, valid, raw, typed by hand, derived,
# mixed, other, estimated, interpolated, questionable, projected, weather-normalised.
_BEST_FIRST = (19, 18, 17, 0, 14, 7, 11, 13, 16, 8, 9, 10, 12, 15)
_RANK = np.full(256, len(_BEST_FIRST), dtype=np.int64)
_RANK[list(_BEST_FIRST)] = np.arange(len(_BEST_FIRST))


class Damaged(ValueError):
    """The bytes are no packed day."""


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
    starts = _ints(start)
    qualities = np.zeros(starts.size, np.int64) if quality is None else _ints(quality)
    return Intervals(starts, _ints(duration), _ints(value), qualities).sorted()


def join(parts: Iterable[Intervals]) -> Intervals:
    """All intervals of the parts, sorted, later parts after earlier ones."""
    kept = [part for part in parts if len(part)]
    if not kept:
        return NOTHING
    if len(kept) == 1:
        return kept[0].sorted()
    columns = zip(*(part._columns() for part in kept), strict=True)
    return Intervals(*(np.concatenate(column) for column in columns)).sorted()


def _ints(numbers: Iterable[int]) -> Ints:
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
    coming = _best_of_each(coming)
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


def _best_of_each(coming: Intervals) -> Intervals:
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


# Packing ------------------------------------------------------------------------------
#
# A packed day is one stream of base-128 numbers: version, number of runs, per run
# (gap after the run before, duration, count, form of the values), then all values,
# then the qualities as (code, count), nothing when all are 0. A run is equally long
# intervals that touch. Its values are first divided by the largest power of ten they
# share, then written as they are, as differences from the smallest, or as differences
# from one to the next: whichever is shortest.

_PLAIN, _ABOVE_LEAST, _DIFFERENCES = 0, 1, 2
_FORMS = 3


def encode_day(day_start: int, day: Intervals) -> bytes:
    """Pack the intervals that start in the day beginning at `day_start` (UTC s)."""
    return encode_days([day_start], [0, len(day)], day)[0]


def encode_days(
    day_starts: Sequence[int] | Ints, edges: Sequence[int] | Ints, every: Intervals
) -> list[bytes]:
    """Pack many days at once: day k holds `every` from edges[k] to edges[k + 1]."""
    days = _Days(_ints(day_starts), _ints(edges))
    runs = _runs(days, every)
    qualities = _quality_runs(days, every.quality)
    heads = 2 + 4 * np.bincount(runs.day, minlength=len(days))
    written = np.bincount(runs.day, runs.written, minlength=len(days)).astype(np.int64)
    pairs = np.bincount(qualities.day, minlength=len(days))
    sizes = heads + written + 2 * pairs
    at = np.cumsum(sizes) - sizes
    numbers = np.zeros(int(sizes.sum()), np.uint64)
    numbers[at] = VERSION
    numbers[at + 1] = (heads - 2) // 4
    _write_runs(numbers, at, heads, runs, every)
    place = (at + heads + written)[qualities.day] + 2 * _within(qualities.day)
    numbers[place], numbers[place + 1] = qualities.code, qualities.count
    packed, byte_at = _to_bytes(numbers)
    ends = np.append(byte_at, len(packed))[np.append(at, numbers.size)].tolist()
    return [packed[a:b] for a, b in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class _Days:
    start: Ints
    edges: Ints

    def __len__(self) -> int:
        return int(self.start.size)

    def of(self, indices: Ints) -> Ints:
        """The day each interval stands in; days without intervals are skipped."""
        return np.searchsorted(self.edges, indices, side="right") - 1

    def begins(self, size: int) -> Bools:
        """Marks the first interval of each day."""
        marks = np.zeros(size, dtype=bool)
        marks[self.edges[:-1][np.diff(self.edges) > 0]] = True
        return marks


@dataclass(frozen=True, slots=True)
class _Runs:
    begin: Ints
    count: Ints
    day: Ints
    gap: Ints
    form: Ints
    least: Ints
    values: NDArray[np.uint64]

    @property
    def opens_with_least(self) -> Ints:
        return (self.form % _FORMS == _ABOVE_LEAST).astype(np.int64)

    @property
    def written(self) -> Ints:
        """How many numbers the values of each run take."""
        return self.count + self.opens_with_least


def _runs(days: _Days, every: Intervals) -> _Runs:
    size = len(every)
    if not size:
        none = np.zeros(0, np.int64)
        return _Runs(none, none, none, none, none, none, none.astype(np.uint64))
    first = days.begins(size)
    ends = every.end
    first[1:] |= (np.diff(every.duration) != 0) | (every.start[1:] != ends[:-1])
    begin = np.flatnonzero(first)
    count = np.diff(np.append(begin, size))
    day = days.of(begin)
    before = np.where(days.begins(size)[begin], days.start[day], ends[begin - 1])
    power = _shared_power_of_ten(every.value, begin)
    whole = every.value // np.repeat(10**power, count)
    least = np.minimum.reduceat(whole, begin)
    shape, values = _shortest_form(whole, least, begin, count)
    gap = every.start[begin] - before
    return _Runs(begin, count, day, gap, power * _FORMS + shape, least, values)


def _shortest_form(
    whole: Ints, least: Ints, begin: Ints, count: Ints
) -> tuple[Ints, NDArray[np.uint64]]:
    """For each run the form that takes fewest bytes, and its values so written."""
    before = np.roll(whole, 1)
    before[begin] = 0
    forms = np.stack(
        (
            _zigzags(whole),
            (whole - np.repeat(least, count)).astype(np.uint64),
            _zigzags(whole - before),
        )
    )
    sizes = np.add.reduceat(_byte_counts(forms), begin, axis=1)
    sizes[_ABOVE_LEAST] += _byte_counts(_zigzags(least))
    shape = sizes.argmin(axis=0)
    return shape, forms[np.repeat(shape, count), np.arange(whole.size)]


def _write_runs(
    numbers: NDArray[np.uint64], at: Ints, heads: Ints, runs: _Runs, every: Intervals
) -> None:
    if not runs.begin.size:
        return
    head = at[runs.day] + 2 + 4 * _within(runs.day)
    numbers[head] = _zigzags(runs.gap)
    numbers[head + 1] = every.duration[runs.begin].astype(np.uint64)
    numbers[head + 2] = runs.count.astype(np.uint64)
    numbers[head + 3] = runs.form.astype(np.uint64)
    before = np.cumsum(runs.written) - runs.written
    before -= before[np.searchsorted(runs.day, runs.day)]
    place = (at + heads)[runs.day] + before
    opening = runs.opens_with_least
    with_least = np.flatnonzero(opening)
    numbers[place[with_least]] = _zigzags(runs.least[with_least])
    steps = np.arange(len(every)) - np.repeat(runs.begin, runs.count)
    numbers[np.repeat(place + opening, runs.count) + steps] = runs.values


def _within(day: Ints) -> Ints:
    """0, 1, 2 … within each stretch of equal numbers of a sorted column."""
    return np.arange(day.size) - np.searchsorted(day, day)


def _shared_power_of_ten(values: Ints, begin: Ints) -> Ints:
    """The largest power of ten dividing every value of a run; 0 for a run of zeros."""
    shared = np.gcd.reduceat(values, begin)
    power = np.zeros(begin.size, np.int64)
    more = (shared != 0) & (shared % 10 == 0)
    while more.any():
        power += more
        shared = np.where(more, shared // 10, shared)
        more = (shared != 0) & (shared % 10 == 0)
    return power


@dataclass(frozen=True, slots=True)
class _QualityRuns:
    day: Ints
    code: NDArray[np.uint64]
    count: NDArray[np.uint64]


def _quality_runs(days: _Days, quality: Ints) -> _QualityRuns:
    """Stretches of equal quality, of the days on which not every value is valid."""
    none = np.zeros(0, np.int64)
    if not quality.any():
        return _QualityRuns(none, none.astype(np.uint64), none.astype(np.uint64))
    first = days.begins(quality.size)
    first[1:] |= np.diff(quality) != 0
    begin = np.flatnonzero(first)
    count = np.diff(np.append(begin, quality.size))
    day = days.of(begin)
    worth = np.bincount(day, quality[begin] != 0, minlength=len(days))[day] > 0
    codes, counts = quality[begin][worth], count[worth]
    return _QualityRuns(day[worth], codes.astype(np.uint64), counts.astype(np.uint64))


def decode_day(day_start: int, packed: bytes) -> Intervals:
    """The intervals packed by `encode_day`; Damaged when the bytes are not such."""
    numbers = _from_bytes(packed)
    if numbers.size < 2 or int(numbers[0]) != VERSION:
        raise Damaged("not a packed day of this version")
    runs = int(numbers[1])
    if numbers.size < 2 + 4 * runs:
        raise Damaged("the packed day is cut off")
    heads = numbers[2 : 2 + 4 * runs].astype(np.int64).reshape(runs, 4)
    if int(heads[:, 2].sum()) > _MAX_INTERVALS_A_DAY:
        raise Damaged("the packed day holds more than a day can")
    starts, durations, values = [], [], []
    clock, at = day_start, 2 + 4 * runs
    for gap, step, count, form in heads.tolist():
        clock += _unzigzag(gap)
        starts.append(clock + step * np.arange(count, dtype=np.int64))
        durations.append(np.full(count, step, np.int64))
        used, run_values = _unpacked_values(numbers[at:], count, form)
        values.append(run_values)
        clock, at = clock + step * count, at + used
    if not runs:
        return NOTHING
    quality = _unpacked_qualities(numbers[at:], sum(map(len, values)))
    return Intervals(
        np.concatenate(starts),
        np.concatenate(durations),
        np.concatenate(values),
        quality,
    )


def _unpacked_values(
    numbers: NDArray[np.uint64], count: int, form: int
) -> tuple[int, Ints]:
    power, shape = divmod(form, _FORMS)
    used = count + (shape == _ABOVE_LEAST)
    written = numbers[:used]
    if written.size != used or power > 18:
        raise Damaged("the packed day is cut off")
    if shape == _ABOVE_LEAST:
        whole = _unzigzag(int(written[0])) + written[1:].astype(np.int64)
    else:
        whole = _unzigzags(written)
        whole = np.cumsum(whole) if shape == _DIFFERENCES else whole
    return used, whole * 10**power


def _unpacked_qualities(numbers: NDArray[np.uint64], count: int) -> Ints:
    if not numbers.size:
        return np.zeros(count, np.int64)
    codes, counts = numbers[0::2].astype(np.int64), numbers[1::2].astype(np.int64)
    if codes.size != counts.size or int(counts.sum()) != count:
        raise Damaged("the qualities do not fit the packed day")
    return np.repeat(codes, counts)


def _unzigzag(number: int) -> int:
    return number >> 1 if number % 2 == 0 else -((number + 1) >> 1)


def _zigzags(numbers: Ints) -> NDArray[np.uint64]:
    return ((numbers << 1) ^ (numbers >> 63)).astype(np.uint64)


def _unzigzags(numbers: NDArray[np.uint64]) -> Ints:
    half = (numbers >> np.uint64(1)).astype(np.int64)
    return half ^ -(numbers & np.uint64(1)).astype(np.int64)


_STEPS = np.array([1 << (7 * k) for k in range(1, 10)], dtype=np.uint64)


def _byte_counts(numbers: NDArray[np.uint64]) -> Ints:
    return np.searchsorted(_STEPS, numbers, side="right") + 1


def _to_bytes(numbers: NDArray[np.uint64]) -> tuple[bytes, Ints]:
    """Base-128, low seven bits first, the top bit says that more follows.

    Gives the bytes and where each number begins in them.
    """
    sizes = _byte_counts(numbers)
    begins = np.cumsum(sizes) - sizes
    packed = np.zeros(int(sizes.sum()), np.uint8)
    packed[begins] = (numbers & np.uint64(0x7F)).astype(np.uint8)
    longer = np.flatnonzero(sizes > 1)
    place = 1
    while longer.size:
        packed[begins[longer] + place - 1] |= np.uint8(0x80)
        bits = (numbers[longer] >> np.uint64(7 * place)) & np.uint64(0x7F)
        packed[begins[longer] + place] = bits.astype(np.uint8)
        place += 1
        longer = longer[sizes[longer] > place]
    return packed.tobytes(), begins


def _from_bytes(packed: bytes) -> NDArray[np.uint64]:
    octets = np.frombuffer(packed, np.uint8)
    last = np.flatnonzero(octets < 0x80)
    if not octets.size or int(last[-1] if last.size else -1) != octets.size - 1:
        raise Damaged("the packed day is cut off")
    begins = np.concatenate(([0], last[:-1] + 1))
    places = np.arange(octets.size) - np.repeat(begins, last - begins + 1)
    if int(places.max()) > 9:
        raise Damaged("a number of the packed day is too long")
    bits = (octets & np.uint8(0x7F)).astype(np.uint64) << (
        np.uint64(7) * places.astype(np.uint64)
    )
    return np.add.reduceat(bits, begins)
