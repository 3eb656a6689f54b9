"""Where a baseline lies: the earliest year of days that holds enough of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import BoolArray, IntArray
from livinglab.energy.baseline.sufficiency import (
    BILLING,
    DAILY,
    LEAST_BILL_MONTHS,
    LEAST_DAYS,
    NOTHING,
    WINDOW_DAYS,
    Bill,
    baseline_bills,
    bill_months,
)

RUN_UP = WINDOW_DAYS - LEAST_DAYS
"""A window begins at most this many days before the first day with a value."""

SEASON_DAYS = 91
LEAST_OF_A_SEASON = 30
LEAST_DAYS_WITH_A_GAP = 275
"""A year before joining may miss three months' worth of days, no season two thirds."""


@dataclass(frozen=True)
class Window:
    """Days [first, after) of a baseline; `days` counted or, for bills, months."""

    method: str
    first: int
    after: int
    days: int


def daily_starts(valid: BoolArray, earliest: IntArray) -> tuple[IntArray, IntArray]:
    """Earliest first day of a year with 329 valid days, -1 where there is none yet.

    `valid`: homes in rows, days in columns. No window begins before `earliest`. Also
    returns the most valid days that any allowed year holds: how far a home has come.
    """
    days = valid.shape[1]
    running = np.zeros((valid.shape[0], days + 1), dtype=np.int32)
    np.cumsum(valid, axis=1, out=running[:, 1:])
    start = np.arange(days)
    held = running[:, np.minimum(start + WINDOW_DAYS, days)] - running[:, :-1]
    held[start < earliest[:, None]] = -1
    enough = held >= LEAST_DAYS
    first = np.where(enough.any(axis=1), enough.argmax(axis=1), -1)
    most = held.max(axis=1, initial=0)
    found = held[np.arange(first.size), np.maximum(first, 0)]
    return first, np.where(first >= 0, found, most).astype(np.intp)


def days_with_a_gap(valid: BoolArray, earliest: IntArray, begins: IntArray) -> IntArray:
    """Valid days of the year before a home began, -1 where they cannot carry a model.

    A gap of up to two months leaves every season a third of its days. Waiting for a
    later year would count the first months of saving as usual.
    """
    found = np.full(earliest.size, -1, dtype=np.intp)
    for row in np.flatnonzero((begins - earliest == WINDOW_DAYS) & (earliest >= 0)):
        year = valid[row, earliest[row] : begins[row]]
        if year.size < WINDOW_DAYS:
            continue
        around = np.concatenate([year, year[: SEASON_DAYS - 1]]).astype(np.int32)
        running = np.concatenate([[0], np.cumsum(around)])
        least = int((running[SEASON_DAYS:] - running[:-SEASON_DAYS]).min())
        if least >= LEAST_OF_A_SEASON and year.sum() >= LEAST_DAYS_WITH_A_GAP:
            found[row] = year.sum()
    return found


def billing_window(bills: Sequence[Bill], earliest: int, before: int) -> Window | None:
    """The earliest year from a bill's first day that nine months of bills cover."""
    starts = {earliest, *(bill.first for bill in bills if bill.first >= earliest)}
    for first in sorted(starts):
        after = min(first + WINDOW_DAYS, before)
        months = bill_months(baseline_bills(bills, first, after))
        if months >= LEAST_BILL_MONTHS:
            return Window(BILLING, first, first + WINDOW_DAYS, months)
    return None


def window_of(
    daily_first: int,
    daily_days: int,
    bills: Sequence[Bill],
    earliest: int,
    before: int,
    days_with_a_gap: int = -1,
) -> Window:
    """The window that ends first; days are better than bills that end the same day.

    Bills of the year before are better than its days with a long gap, these are better
    than a later year.
    """
    paper = billing_window(bills, earliest, before) if bills else None
    is_late = daily_first != earliest and (paper is None or paper.first > earliest)
    if is_late and days_with_a_gap >= 0:
        return Window(DAILY, earliest, earliest + WINDOW_DAYS, days_with_a_gap)
    if daily_first >= 0 and (paper is None or daily_first <= paper.first):
        after = daily_first + WINDOW_DAYS
        return Window(DAILY, daily_first, after, daily_days)
    if paper is not None:
        return paper
    return Window(NOTHING, earliest, earliest + WINDOW_DAYS, daily_days)
