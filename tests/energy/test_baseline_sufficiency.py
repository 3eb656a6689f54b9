"""Which baseline the data allow."""

from __future__ import annotations

import numpy as np
import pytest

from livinglab.energy.baseline.sufficiency import (
    Bill,
    baseline_bills,
    bill_months,
    extreme_days,
    has_negative,
    merged_bills,
    method_for,
    reporting_bills,
    same_month_mean,
)


def bills(*lengths: int, use: float = 300.0, start: int = 0) -> list[Bill]:
    ends = np.cumsum(lengths) + start
    return [
        Bill(int(end) - length, int(end), use)
        for length, end in zip(lengths, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("days", "months", "years", "method"),
    [
        (365, 0, 0, "daily"),
        (329, 12, 2, "daily"),
        (328, 12, 2, "billing"),
        (328, 9, 0, "billing"),
        (328, 8, 1, "same_month"),
        (118, 0, 0, "none"),
    ],
)
def test_the_ladder_takes_the_best_method_the_data_allow(
    days: int, months: int, years: int, method: str
) -> None:
    assert method_for(days, bills(*[30] * months), years) == method


def test_a_bill_of_two_months_counts_twice() -> None:
    assert bill_months(bills(61, 59, 30)) == 5


def test_short_and_overlong_bills_are_left_out_of_a_baseline() -> None:
    kept = baseline_bills(bills(30, 24, 31, 36, 35), 0, 400)
    assert [bill.days for bill in kept] == [30, 31, 35]


def test_a_home_billed_every_two_months_keeps_long_bills() -> None:
    kept = baseline_bills(bills(60, 62, 71, 59), 0, 400)
    assert [bill.days for bill in kept] == [60, 62, 59]


def test_a_bill_of_zero_kwh_is_missing() -> None:
    assert baseline_bills(bills(30, use=0.0), 0, 400) == []


def test_bills_outside_the_window_are_left_out() -> None:
    assert baseline_bills(bills(30, 30, start=340), 0, 365) == []


def test_an_estimated_bill_joins_the_reading_that_follows() -> None:
    first, second = bills(30, 31)
    joined = merged_bills([Bill(first.first, first.after, 300.0, True), second])
    assert joined == [Bill(0, 61, 600.0)]


def test_an_estimate_without_a_reading_within_seventy_days_is_missing() -> None:
    first, second, third = (
        Bill(b.first, b.after, b.use, True) for b in bills(30, 30, 30)
    )
    last = bills(30, start=90)[0]
    assert merged_bills([first, second, third, last]) == [Bill(60, 120, 600.0)]


def test_a_short_bill_after_the_baseline_joins_the_next() -> None:
    assert reporting_bills(bills(10, 30), 0) == [Bill(0, 40, 600.0)]


def test_extreme_days_are_counted_and_missing_ones_are_not() -> None:
    use = np.tile(np.linspace(900, 1100, 100), (2, 1))
    use[:, 5] = 9000
    present = np.ones(use.shape, dtype=bool)
    present[1, 5] = False
    assert extreme_days(use, present).tolist() == [1, 0]


def test_energy_that_flows_back_is_noticed() -> None:
    assert has_negative(np.array([1.0, -0.2]))
    assert not has_negative(np.array([1.0, 0.0]))


def test_the_mean_of_the_same_month_takes_two_years_at_most() -> None:
    assert same_month_mean([300.0, 320.0, 900.0]) == 310.0
    assert same_month_mean([0.0, 320.0]) == 320.0
    assert same_month_mean([]) is None
