"""Packed days: nothing is lost, and the order of arrival does not matter."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livinglab.energy.usage.blocks import (
    MISSING,
    NOTHING,
    Intervals,
    day_total,
    effective,
    intervals,
    join,
    merge,
)
from livinglab.energy.usage.packing import (
    Damaged,
    decode_day,
    encode_day,
    encode_days,
)

DAY = 1_756_652_400  # 2025-09-01 in Seoul


def grid(step: int, values: list[int], start: int = DAY, quality: int = 0) -> Intervals:
    count = len(values)
    starts = [start + step * place for place in range(count)]
    return intervals(starts, [step] * count, values, [quality] * count)


def total(day: Intervals) -> int:
    return day_total(day, effective(day), DAY, 86_400)


one = st.tuples(
    st.integers(0, 95).map(lambda slot: slot * 900),
    st.sampled_from([900, 1800, 3600, 86_400, 2_592_000]),
    st.integers(-(2**40), 2**40) | st.integers(0, 900).map(lambda wh: wh * 1000),
    st.sampled_from([0, 8, 9, 10, 17, 19]),
)


def of_rows(rows: list[tuple[int, int, int, int]]) -> Intervals:
    starts, durations, values, qualities = (
        zip(*rows, strict=True) if rows else ([],) * 4
    )
    return intervals([DAY + start for start in starts], durations, values, qualities)


@given(st.lists(one, max_size=120))
@settings(max_examples=150, deadline=None)
def test_a_packed_day_comes_back_exactly(rows: list[tuple[int, int, int, int]]) -> None:
    day = of_rows(rows)
    assert decode_day(DAY, encode_day(DAY, day)) == day


@given(st.permutations(range(4)), st.lists(one, min_size=4, max_size=40))
@settings(max_examples=150, deadline=None)
def test_parts_in_any_order_and_twice_give_the_same_day(
    order: list[int], rows: list[tuple[int, int, int, int]]
) -> None:
    by_pair = {(start, duration): row for row in rows for start, duration in [row[:2]]}
    agreed = list(by_pair.values())
    parts = [of_rows(agreed[place::3]) for place in range(3)] + [of_rows(agreed)]
    held = NOTHING
    for place in order:
        held = merge(held, parts[place]).intervals
    assert held == of_rows(agreed)
    assert not merge(held, of_rows(agreed)).changed


def test_a_quarter_hour_day_fits_in_about_a_hundred_bytes() -> None:
    rng = np.random.default_rng(7)
    wh = rng.gamma(2.0, 45.0, 96).astype(int).tolist()
    assert len(encode_day(DAY, grid(900, [1000 * value for value in wh]))) < 140


def test_many_days_packed_at_once_are_the_same_bytes() -> None:
    days = [
        grid(900, [1000 * k for k in range(96)]),
        NOTHING,
        grid(3600, [k * k for k in range(24)], start=DAY + 2 * 86_400, quality=8),
        grid(1800, [0] * 5, start=DAY + 3 * 86_400 + 600),
    ]
    starts = [DAY + 86_400 * place for place in range(4)]
    edges = np.cumsum([0, *map(len, days)])
    assert encode_days(starts, edges, join(days)) == [
        encode_day(start, day) for start, day in zip(starts, days, strict=True)
    ]


def test_an_empty_day_is_packed_too() -> None:
    assert decode_day(DAY, encode_day(DAY, NOTHING)) == NOTHING


@pytest.mark.parametrize("cut", [0, 1, 3, 20, -1])
def test_a_cut_packed_day_is_told(cut: int) -> None:
    packed = encode_day(DAY, grid(3600, [500_000 + 37_000 * k for k in range(24)]))
    with pytest.raises(Damaged):
        decode_day(DAY, packed[:cut])


def test_the_better_quality_wins_whichever_comes_first() -> None:
    estimated, metered = grid(3600, [5, 5], quality=8), grid(3600, [7, 9])
    assert merge(estimated, metered).intervals == metered
    late = merge(metered, estimated)
    assert late.intervals == metered
    assert (late.new, late.same, late.replaced, late.outranked) == (0, 0, 0, 2)


def test_of_equal_quality_the_later_value_wins() -> None:
    merged = merge(grid(3600, [5, 5]), grid(3600, [5, 6]))
    assert merged.intervals.value.tolist() == [5, 6]
    assert (merged.new, merged.same, merged.replaced) == (0, 1, 1)


def test_the_finer_interval_counts_in_every_order_of_arrival() -> None:
    parts = [
        grid(900, [1, 2, 3, 4]),
        grid(1800, [9, 9], start=DAY + 1800),
        grid(3600, [10, 20]),
    ]
    results = []
    for order in itertools.permutations(parts):
        held = NOTHING
        for part in order:
            held = merge(held, part).intervals
        results.append(held.take(effective(held)))
    assert all(result == results[0] for result in results)
    # The first hour in quarters; of the second, half is known finer than by the hour.
    assert results[0].value.tolist() == [1, 2, 3, 4, 9]


def test_equally_long_intervals_that_overlap_are_not_both_counted() -> None:
    shifted = join([grid(3600, [5]), grid(3600, [6], start=DAY + 600)])
    assert shifted.take(effective(shifted)).value.tolist() == [5]


def test_a_whole_day_is_its_sum() -> None:
    assert total(grid(3600, [1000] * 24)) == 24_000


def test_half_a_day_is_scaled_and_less_is_missing() -> None:
    assert total(grid(3600, [1000] * 12)) == 24_000
    assert total(grid(3600, [1000] * 11)) == MISSING
    assert total(NOTHING) == MISSING


def test_a_day_of_zeros_is_zero_not_missing() -> None:
    assert total(grid(3600, [0] * 24)) == 0


def test_a_bill_is_no_day() -> None:
    assert total(grid(2_592_000, [300_000_000])) == MISSING


def test_the_daily_value_stands_when_finer_ones_leave_gaps() -> None:
    day = join([grid(86_400, [24_000]), grid(3600, [1500] * 14)])
    assert total(day) == 24_000
    assert total(join([grid(86_400, [24_000]), grid(3600, [1500] * 24)])) == 36_000


def test_a_missing_slot_is_given_the_mean_of_the_day() -> None:
    assert total(grid(900, [100] * 95)) == 9_600
