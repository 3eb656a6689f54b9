"""The days of one weather station, sorted once for every home that shares it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from livinglab.energy.baseline.grid import HUNDREDTHS, Grid

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

TINY_STEP = 1e-6


@dataclass(frozen=True)
class Climate:
    """Daily mean temperatures of a station on a row of days, ready for sums.

    `temperatures` holds hundredths of a degree of the known days only; `days` are their
    positions in the caller's row of days. A day without temperature takes no part.
    """

    grid: Grid
    length: int
    days: IntArray
    temperatures: FloatArray
    order: IntArray
    edges: IntArray
    heating_edges: IntArray
    cooling_edges: IntArray

    @property
    def heating(self) -> FloatArray:
        return np.asarray(self.grid.heating)

    @property
    def cooling(self) -> FloatArray:
        return np.asarray(self.grid.cooling)

    @property
    def known(self) -> int:
        """The number of days with a temperature."""
        return int(self.days.size)


def hundredths(degrees: ArrayLike) -> FloatArray:
    """Degrees to hundredths; whole numbers when given with at most two decimals.

    Whole numbers make every later sum exact, so the digits of a home do not depend on
    the homes that are computed beside it.
    """
    scaled = np.asarray(degrees, dtype=np.float64) * HUNDREDTHS
    whole = np.rint(scaled)
    with np.errstate(invalid="ignore"):
        given_in_hundredths = np.abs(scaled - whole) < TINY_STEP
    known = ~np.isnan(scaled)
    return whole if bool(np.all(given_in_hundredths[known])) else scaled


def climate_of(degrees: ArrayLike, grid: Grid) -> Climate:
    """Prepare a row of daily means in the grid's unit, NaN where missing."""
    every_day = hundredths(degrees)
    days = np.flatnonzero(~np.isnan(every_day))
    temperatures = every_day[days]
    order = np.argsort(temperatures, kind="stable")
    ascending = temperatures[order]
    below = np.searchsorted(ascending, np.asarray(grid.heating), side="left")
    upto = np.searchsorted(ascending, np.asarray(grid.cooling), side="right")
    edges = np.unique(np.concatenate([below, upto, [0, days.size]])).astype(np.intp)
    return Climate(
        grid=grid,
        length=int(every_day.size),
        days=days,
        temperatures=temperatures,
        order=order,
        edges=edges,
        heating_edges=np.searchsorted(edges, below),
        cooling_edges=np.searchsorted(edges, upto),
    )


def slices(size: int, step: int) -> Iterable[slice]:
    """Cut a number of homes into slices that fit the processor's cache."""
    for start in range(0, size, step):
        yield slice(start, min(start + step, size))
