"""How irregular a home is, by season: on heating, mild and cooling days.

A home that leaves its cooling to the mood of the day is far less regular in July than
in March; one figure for the whole year made summer ranges too narrow. A week's memory
is counted beside that of neighbouring days, and how much of each season is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.bands import memory_of_neighbours
from livinglab.energy.baseline.climate import BoolArray, FloatArray
from livinglab.energy.baseline.fits import (
    FINE_BITS,
    Fits,
    degrees_from,
    predicted_per_day,
    to_the_left,
)
from livinglab.energy.baseline.savings import DaySums

HEATING, MILD, COOLING = range(3)
LEAST_DAYS = 10
"""With fewer days of a kind, the home's error of the whole year stands for them."""

KNOWN_SEASON = 75.0
"""Of the ninety days of a month and its neighbours, so many are as good as all."""
WEEK = 7
DAYS_OF_A_MONTH = 30
MONTHS = 12
MOST_MEMORY = 60.0
_FINE = float(2**FINE_BITS)


@dataclass(frozen=True)
class Spread:
    """One home: errors by kind of day, in the unit of use; memory in days.

    `known`: days of each calendar month that the baseline knows.
    """

    errors: tuple[float, float, float]
    memory: float
    known: tuple[int, ...]

    def in_unit(self, divisor: float) -> Spread:
        """The same in another unit of use, such as kWh instead of Wh."""
        heating, mild, cooling = (error / divisor for error in self.errors)
        return replace(self, errors=(heating, mild, cooling))


@dataclass(frozen=True)
class Spreads:
    """Many homes in rows: errors by kind of day, memory, how well seasons are known.

    `widening`: per calendar month, one where the baseline knows all of its days.
    """

    errors: FloatArray
    memory: FloatArray
    widening: FloatArray

    def variance(self, sums: DaySums) -> FloatArray:
        """Squared error of days that know nothing of each other, homes by months."""
        mild = sums.days - sums.heating_days - sums.cooling_days
        parts = (sums.heating_days, mild, sums.cooling_days)
        squares = (self.errors**2)[:, :, None]
        variance: FloatArray = (squares * np.stack(parts, axis=1)).sum(axis=1)
        return variance


def spreads_from(rows: Sequence[Spread | None], fits: Fits) -> Spreads:
    """Single homes as columns; a home without its own (bills) takes its fit's error."""
    errors = np.repeat(fits.rmse[:, None], 3, axis=1)
    memory = memory_of_neighbours(fits)
    widening = np.ones((len(rows), MONTHS))
    for place, row in enumerate(rows):
        if row is not None:
            errors[place], memory[place] = row.errors, row.memory
            widening[place] = widening_of(np.array(row.known))
    return Spreads(errors, memory, widening)


def widening_of(known: NDArray[np.int64]) -> FloatArray:
    """How much wider a month's range is when its season is partly unknown.

    By the days known in the month and its neighbours: a few lost days harm nothing,
    homes of the simulation whose baseline missed a month or two needed this root.
    """
    around = known + np.roll(known, 1) + np.roll(known, -1)
    wider: FloatArray = np.sqrt(np.maximum(KNOWN_SEASON / np.maximum(around, 1), 1.0))
    return wider


def spreads_of(
    fits: Fits,
    use: NDArray[np.number],
    present: BoolArray,
    temperatures: FloatArray,
    month_of_year: NDArray[np.intp],
) -> list[Spread]:
    """Each home's own spread over the days it was fitted to.

    Arrays as for `fit_daily`, temperatures in hundredths of a degree, `month_of_year`
    from 1 to 12 per day.
    """
    there = present & ~np.isnan(temperatures)
    warm = np.nan_to_num(temperatures)
    residuals = np.where(there, use - predicted_per_day(fits, warm), 0.0)
    _, exponent = np.frexp(fits.rmse)
    fine = np.rint(np.ldexp(residuals, (FINE_BITS - exponent)[:, None]))
    kinds = _kinds(fits, warm)
    errors = _errors(fits, fine, kinds, there)
    memory = _memory(fits, fine, np.take_along_axis(errors, kinds, 1), there)
    plain = np.ldexp(errors, (exponent - FINE_BITS)[:, None])
    known = np.stack([there[:, month_of_year == m].sum(1) for m in range(1, 13)], 1)
    rows = zip(plain.tolist(), memory.tolist(), known.tolist(), strict=True)
    return [
        Spread((heating, mild, cooling), days, tuple(months))
        for (heating, mild, cooling), days, months in rows
    ]


def _kinds(fits: Fits, warm: FloatArray) -> NDArray[np.intp]:
    """Heating, mild or cooling: what each home does on each day by its own model."""
    heats = degrees_from(fits.hb, warm, 1.0) > 0
    cools = degrees_from(fits.cb, warm, -1.0) > 0
    return np.where(heats, HEATING, np.where(cools, COOLING, MILD)).astype(np.intp)


def _errors(
    fits: Fits, fine: FloatArray, kinds: NDArray[np.intp], there: BoolArray
) -> FloatArray:
    """Errors by kind of day, in the whole steps of `fine`; sums are exact."""
    squares = fine * fine
    freedom = fits.n / np.maximum(fits.n - fits.slopes, 1.0)
    every = _root(squares.sum(axis=1), fits.n, freedom)
    parts = []
    for kind in (HEATING, MILD, COOLING):
        mine = there & (kinds == kind)
        days = mine.sum(axis=1).astype(np.float64)
        own = _root(np.where(mine, squares, 0.0).sum(axis=1), days, freedom)
        parts.append(np.where(days >= LEAST_DAYS, own, every))
    errors: FloatArray = np.maximum(np.stack(parts, axis=1), 1.0)
    return errors


def _root(square: FloatArray, days: FloatArray, freedom: FloatArray) -> FloatArray:
    root: FloatArray = np.sqrt(square / np.maximum(days, 1.0) * freedom)
    return root


def _memory(
    fits: Fits, fine: FloatArray, usual: FloatArray, there: BoolArray
) -> FloatArray:
    """How many days say what one independent day would: at least the neighbours'."""
    steps = to_the_left(np.where(there, np.rint(fine / usual * _FINE), 0.0), there)
    square = np.maximum((steps * steps).sum(axis=1), 1.0)
    longer = np.ones(len(fits))
    for lag in range(1, WEEK + 1):
        product = (steps[:, :-lag] * steps[:, lag:]).sum(axis=1)
        pairs = np.maximum(fits.n - lag, 1.0)
        rho = product / square * (fits.n / pairs)
        longer += 2.0 * (1.0 - lag / DAYS_OF_A_MONTH) * rho
    memory: FloatArray = np.clip(longer, memory_of_neighbours(fits), MOST_MEMORY)
    return memory
