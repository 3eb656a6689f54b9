"""Which baseline the data allow, and what to say while they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import BoolArray, FloatArray, IntArray

WINDOW_DAYS = 365
LEAST_DAYS = 329
LEAST_BILL_MONTHS = 9
SHORTEST_BILL = 25
LONGEST_MONTHLY = 35
LONGEST_BILL = 70
DAYS_PER_MONTH = 30.4

DAILY, BILLING, SAME_MONTH, NOTHING = "daily", "billing", "same_month", "none"

POOR_FIT = 1.0
EXTREME_IQRS = 3.0


@dataclass(frozen=True)
class Bill:
    """Metered use of a period: whole days from `first` up to, without, `after`."""

    first: int
    after: int
    use: float
    is_estimated: bool = False

    @property
    def days(self) -> int:
        return self.after - self.first


def method_for(days: int, bills: Sequence[Bill], earlier_years: int) -> str:
    """The best method that the data of a baseline window allow."""
    if days >= LEAST_DAYS:
        return DAILY
    if bill_months(bills) >= LEAST_BILL_MONTHS:
        return BILLING
    return SAME_MONTH if earlier_years else NOTHING


def bill_months(bills: Iterable[Bill]) -> int:
    """How many months of the year the bills stand for; a two-month bill counts two."""
    return sum(round(bill.days / DAYS_PER_MONTH) for bill in bills)


def merged_bills(bills: Iterable[Bill]) -> list[Bill]:
    """Estimated bills joined with those that follow, up to 70 days in all.

    An estimated bill that finds no reading within 70 days is dropped: it is missing.
    """
    done: list[Bill] = []
    waiting: Bill | None = None
    for bill in sorted(bills, key=lambda one: one.first):
        joins = waiting is not None and waiting.after == bill.first
        if waiting is not None and joins and bill.after - waiting.first <= LONGEST_BILL:
            bill = Bill(
                waiting.first, bill.after, waiting.use + bill.use, bill.is_estimated
            )
        waiting = bill if bill.is_estimated else None
        if waiting is None:
            done.append(bill)
    return done


def baseline_bills(bills: Iterable[Bill], first: int, after: int) -> list[Bill]:
    """The window's bills that may be fitted: 25 to 35 days, or up to 70.

    Electricity of zero counts as missing.
    """
    inside = [
        bill
        for bill in merged_bills(bills)
        if bill.first >= first and bill.after <= after and bill.use > 0
    ]
    long_ones = sum(bill.days > LONGEST_MONTHLY for bill in inside)
    longest = LONGEST_BILL if 2 * long_ones > len(inside) else LONGEST_MONTHLY
    return [bill for bill in inside if SHORTEST_BILL <= bill.days <= longest]


def reporting_bills(bills: Iterable[Bill], first: int) -> list[Bill]:
    """Bills from a day on; those under 25 days joined with the next one."""
    done: list[Bill] = []
    short: Bill | None = None
    for bill in merged_bills(bills):
        if bill.first < first:
            continue
        if short is not None and short.after == bill.first:
            bill = Bill(short.first, bill.after, short.use + bill.use)
        short = bill if bill.days < SHORTEST_BILL else None
        if short is None:
            done.append(bill)
    return done


def extreme_days(use: FloatArray, present: BoolArray) -> IntArray:
    """How many of each home's days lie above median + 3 IQR: told, never deleted."""
    count = present.sum(axis=1)
    ascending = np.sort(np.where(present, use, np.inf), axis=1)
    low, median, high = (_quantile(ascending, count, q) for q in (0.25, 0.5, 0.75))
    line = median + EXTREME_IQRS * (high - low)
    far: IntArray = (present & (use > line[:, None])).sum(axis=1)
    return far


def _quantile(ascending: FloatArray, count: IntArray, q: float) -> FloatArray:
    """Quantile of each row's first `count` values, linear between two of them."""
    place = q * np.maximum(count - 1, 0)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(count - 1, 0))
    rows = np.arange(count.size)
    first, second = ascending[rows, below], ascending[rows, above]
    step = np.where(place > below, second, first) - first
    with np.errstate(invalid="ignore"):
        return np.where(count > 0, first + (place - below) * step, np.inf)


def has_negative(use: FloatArray) -> bool:
    """Whether energy ever flowed back: a sign of net metering, to be told."""
    return bool(np.any(use < 0))


def same_month_mean(earlier: Sequence[float]) -> float | None:
    """Mean of the same month in one or two earlier years; not weather-corrected."""
    lately = [use for use in earlier if use > 0][:2]
    return sum(lately) / len(lately) if lately else None
