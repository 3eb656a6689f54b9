"""From rows and days to figures a home and month: sums, bands, raw use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import (
    BoolArray,
    FloatArray,
    IntArray,
    hundredths,
)
from livinglab.energy.baseline.figures import (
    Figures,
    month_figures,
    usual_months,
    year_figures,
)
from livinglab.energy.baseline.fits import Fits, degrees_from, fits_of
from livinglab.energy.baseline.savings import DaySums, day_sums
from livinglab.energy.baseline.spread import Spreads, spreads_from
from livinglab.energy.baseline.sufficiency import BILLING, Bill, reporting_bills
from livinglab.energy.services.savings.fitting import Batch, Row

LEAST_COVERAGE = 0.9


@dataclass(frozen=True)
class Raw:
    """What each home used per month whatever the weather; days without gaps filled.

    `full_wh` is the month's use scaled to all its days where nine in ten are there,
    -1 where they are not: what a bill would say, for the public schemes.
    """

    days: NDArray[np.int64]
    wh: NDArray[np.int64]
    full_wh: NDArray[np.int64]


@dataclass(frozen=True)
class Counted:
    """Homes in rows, months in columns; `row_of` names the row behind each figure."""

    months: Sequence[date]
    month: Figures
    year: Figures
    row_of: IntArray
    raw: Raw

    @cached_property
    def has_figure(self) -> BoolArray:
        return self.month.days > 0


def count(batch: Batch, rows: Sequence[Row]) -> Counted:
    """Count every month of every home of the batch."""
    inputs = batch.inputs
    shape = (len(inputs.homes), len(inputs.months))
    row_of = np.full(shape, -1, dtype=np.intp)
    month, year = _empty(shape), _empty(shape)
    for places, fits in _groups(rows):
        chosen = [rows[place] for place in places]
        spreads = spreads_from([row.spread for row in chosen], fits)
        part, twelve = _figures(batch, chosen, fits, spreads)
        for number, place in enumerate(places):
            home, here = rows[place].home, part.days[number] > 0
            row_of[home, here] = place
            _lay(month, home, part, number, here)
            _lay(year, home, twelve, number, here)
    return Counted(inputs.months, month, year, row_of, raw_use(batch))


def _groups(rows: Sequence[Row]) -> Iterator[tuple[list[int], Fits]]:
    """Rows fitted to days, and rows fitted to bills: their bands differ."""
    for billing in (False, True):
        chosen = [
            (place, row.fit)
            for place, row in enumerate(rows)
            if row.fit is not None and (row.method == BILLING) == billing
        ]
        if chosen:
            places = [place for place, _fit in chosen]
            yield places, fits_of([fit for _place, fit in chosen], billing=billing)


def _empty(shape: tuple[int, int]) -> Figures:
    days, expected, actual, half, weather, variance, ignorance = np.zeros(
        (7, *shape), dtype=np.int64
    )
    known = np.zeros(shape, dtype=bool)
    return Figures(days, expected, actual, half, weather, variance, ignorance, known)


def _lay(into: Figures, home: int, part: Figures, number: int, here: BoolArray) -> None:
    for column in fields(Figures):
        getattr(into, column.name)[home, here] = getattr(part, column.name)[
            number, here
        ]


def _figures(
    batch: Batch, rows: Sequence[Row], fits: Fits, spreads: Spreads
) -> tuple[Figures, Figures]:
    inputs = batch.inputs
    days = np.arange(inputs.use.shape[1])
    homes = np.array([row.home for row in rows], dtype=np.intp)
    reports = np.array([row.plan.reports for row in rows])[:, None]
    ends = np.array([row.plan.chapter.ends for row in rows])[:, None]
    first = np.array([row.plan.window.first for row in rows])[:, None]
    after = np.array([row.plan.window.after for row in rows])[:, None]
    use, warm = inputs.use[homes], hundredths(inputs.temperatures)
    starts = month_starts(inputs.months)
    there = batch.used[homes] & (days >= reports) & (days < ends)
    sums = day_sums(fits, use, there, warm, starts)
    _add_bills(batch, rows, fits, there & batch.known, sums)
    window = day_sums(fits, use, (days >= first) & (days < after), warm, starts)
    of_year = np.array([month.month for month in inputs.months], dtype=np.intp)
    usual = usual_months(window, of_year)
    month = month_figures(fits, spreads, sums, usual, of_year)
    return month, year_figures(fits, spreads, month)


def month_starts(months: Sequence[date]) -> IntArray:
    """First column of each month in a row of days that begins with the first."""
    return np.array([(month - months[0]).days for month in months], dtype=np.intp)


def _add_bills(
    batch: Batch,
    rows: Sequence[Row],
    fits: Fits,
    counted: BoolArray,
    sums: DaySums,
) -> None:
    """Let bills speak for months of which no day is known."""
    starts = month_starts(batch.inputs.months)
    for number, row in enumerate(rows):
        bills = batch.inputs.homes[row.home].bills
        for bill in reporting_bills(bills, row.plan.reports) if bills else ():
            if bill.after > row.plan.chapter.ends or not _usable(batch, row.home, bill):
                continue
            column = int(np.searchsorted(starts, _middle(bill), side="right")) - 1
            if counted[number, bill.first : bill.after].any():
                continue
            _add_bill(batch, fits, number, column, bill, sums)


def _usable(batch: Batch, home: int, bill: Bill) -> bool:
    """Inside the row of days, nothing frozen, nine in ten temperatures known."""
    if bill.first < 0 or bill.after > batch.known.size or bill.use <= 0:
        return False
    span = slice(bill.first, bill.after)
    enough = batch.known[span].sum() >= LEAST_COVERAGE * bill.days
    return bool(enough and batch.comparable[home, span].all())


def _middle(bill: Bill) -> int:
    return bill.first + bill.days // 2


def _add_bill(
    batch: Batch, fits: Fits, number: int, column: int, bill: Bill, sums: DaySums
) -> None:
    span = slice(bill.first, bill.after)
    warm = hundredths(batch.inputs.temperatures[span])
    warm = warm[~np.isnan(warm)]
    scale = bill.days / warm.size
    heat = degrees_from(fits.hb[[number]], warm, 1.0)
    cool = degrees_from(fits.cb[[number]], warm, -1.0)
    sums.days[number, column] += bill.days
    sums.use[number, column] += bill.use
    sums.heating[number, column] += heat.sum() * scale
    sums.cooling[number, column] += cool.sum() * scale
    sums.heating_days[number, column] += (heat > 0).sum() * scale
    sums.cooling_days[number, column] += (cool > 0).sum() * scale


def raw_use(batch: Batch) -> Raw:
    """Use per month, by days where there are any, else by bills."""
    inputs = batch.inputs
    starts = month_starts(inputs.months)
    there = inputs.use >= 0
    days = np.add.reduceat(there.astype(np.int64), starts, axis=1)
    wh = np.add.reduceat(
        np.where(there, inputs.use, 0).astype(np.int64), starts, axis=1
    )
    for number, home in enumerate(inputs.homes):
        for bill in home.bills:
            column = int(np.searchsorted(starts, _middle(bill), side="right")) - 1
            span = slice(max(bill.first, 0), max(bill.after, 0))
            if not there[number, span].any():
                days[number, column] += bill.days
                wh[number, column] += int(bill.use)
    length = np.diff(np.append(starts, inputs.use.shape[1]))
    return Raw(days, wh, _full(days, wh, length))


def _full(
    days: NDArray[np.int64], wh: NDArray[np.int64], length: IntArray
) -> NDArray[np.int64]:
    """Whole-month use: scaled where at most a tenth of the days is missing."""
    enough = (days >= LEAST_COVERAGE * length) & (wh > 0)
    scaled: FloatArray = np.rint(wh * length / np.maximum(days, 1))
    return np.where(enough, scaled, -1).astype(np.int64)
