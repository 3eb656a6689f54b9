"""A day of intervals as few bytes, and back, without loss (pure).

A packed day is one stream of base-128 numbers: version, number of runs, per run (gap
after the run before, duration, count, form of the values), then all values, then the
qualities as (code, count), nothing when all are 0 (valid). A run is equally long
intervals that touch. Its values are first divided by the largest power of ten they
share, then written as they are, as differences from the smallest, or as differences
from one to the next: whichever is shortest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.usage.blocks import NOTHING, Bools, Intervals, Ints, ints

VERSION = 1
_MAX_INTERVALS_A_DAY = 100_000

_PLAIN, _ABOVE_LEAST, _DIFFERENCES = 0, 1, 2
_FORMS = 3


class Damaged(ValueError):
    """The bytes are no packed day."""


def encode_day(day_start: int, day: Intervals) -> bytes:
    """Pack the intervals that start in the day beginning at `day_start` (UTC s)."""
    return encode_days([day_start], [0, len(day)], day)[0]


def encode_days(
    day_starts: Sequence[int] | Ints, edges: Sequence[int] | Ints, every: Intervals
) -> list[bytes]:
    """Pack many days at once: day k holds `every` from edges[k] to edges[k + 1]."""
    days = _Days(ints(day_starts), ints(edges))
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
        opens: Ints = (self.form % _FORMS == _ABOVE_LEAST).astype(np.int64)
        return opens

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
