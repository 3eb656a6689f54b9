"""CalTRACK 2.0 billing baselines: few long periods, weighted by their days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from livinglab.energy.baseline.climate import FloatArray, IntArray, hundredths
from livinglab.energy.baseline.fits import Fits, fits_from, lag_one
from livinglab.energy.baseline.grid import HUNDREDTHS, Grid
from livinglab.energy.baseline.search import SLOPES, Choice, best_candidates
from livinglab.energy.baseline.sums import Moments, Side, side_of

LEAST_COVERAGE = 0.9


@dataclass(frozen=True)
class Periods:
    """Billing periods of many homes: (periods, homes), the used ones first.

    `days` is zero behind a home's last period. `heating` and `cooling` are mean degree
    days per day in hundredths of a degree, (periods, balance points, homes).
    """

    days: FloatArray
    use_per_day: FloatArray
    heating: FloatArray
    cooling: FloatArray


def _over_periods(rows: Iterable[FloatArray]) -> FloatArray:
    """Sum period by period, so that the digits do not depend on who else is there."""
    return reduce(add, rows)


def fit_billing(periods: Periods, grid: Grid) -> Fits:
    """Fit the billing model of every home (columns) by least squares over its bills."""
    moments = _billing_moments(periods, grid)
    choice = best_candidates(moments)
    return _with_errors(choice, moments, periods, grid)


def _billing_moments(periods: Periods, grid: Grid) -> Moments:
    w = periods.days
    total = np.maximum(_over_periods(w), 1.0)
    mean = _over_periods(w * periods.use_per_day) / total
    use = periods.use_per_day - mean
    heating, hot = _side(periods.heating, np.asarray(grid.heating), w, use, total, grid)
    cooling, cold = _side(
        periods.cooling, np.asarray(grid.cooling), w, use, total, grid
    )
    weighted = w[:, None] * hot

    def cross(rows: slice, columns: slice) -> FloatArray:
        terms = (
            heat[rows, None] * cool[None, columns]
            for heat, cool in zip(weighted, cold, strict=True)
        )
        roots = heating.root[rows, None] * cooling.root[None, columns]
        return -_over_periods(terms) / roots

    def cross_at(row: IntArray) -> FloatArray:
        here = np.arange(row.size)
        terms = (
            heat[row, here] * cool for heat, cool in zip(weighted, cold, strict=True)
        )
        return -_over_periods(terms) / (heating.root[row, here] * cooling.root)

    return Moments(
        observations=(w > 0).sum(axis=0).astype(np.float64),
        deviation=_over_periods(w * use * use),
        level=mean,
        mean=mean,
        heating=heating,
        cooling=cooling,
        cross=cross,
        cross_at=cross_at,
    )


def _side(
    degrees: FloatArray,
    points: FloatArray,
    w: FloatArray,
    use: FloatArray,
    total: FloatArray,
    grid: Grid,
) -> tuple[Side, FloatArray]:
    """One side's sums about its weighted mean, and the centred degree days."""
    each = w[:, None]
    degree_days = _over_periods(each * degrees)
    mean = degree_days / total
    centred = np.where(each > 0, degrees - mean, 0.0)
    weighted = each * centred
    sxx = _over_periods(weighted * centred)
    sxy = _over_periods(weighted * use[:, None])
    allowed = degree_days >= grid.least_degree_days
    return side_of(points, sxx, sxy, mean, mean, allowed), centred


def _with_errors(
    choice: Choice, moments: Moments, periods: Periods, grid: Grid
) -> Fits:
    """Errors are those of whole periods' totals, as bills are."""
    n, w = moments.observations, periods.days
    per_day = _predicted(choice, periods, grid)
    residuals = w * (per_day - periods.use_per_day)
    totals = w * periods.use_per_day
    mean = _over_periods(totals) / np.maximum(n, 1.0)
    away = np.where(w > 0, totals - mean, 0.0)
    freedom = np.maximum(n - SLOPES[choice.kind], 1.0)
    rmse = np.sqrt(_over_periods(residuals * residuals) / freedom)
    return fits_from(
        choice,
        observations=n,
        mean=mean,
        variance=_over_periods(away * away) / np.maximum(n, 1.0),
        rmse=rmse,
        rho=lag_one(residuals.T, n, rmse),
        billing=True,
    )


def _predicted(choice: Choice, periods: Periods, grid: Grid) -> FloatArray:
    """Expected use per day of each period."""
    heat = _degrees_at(periods.heating, grid.heating, choice.point_h)
    cool = _degrees_at(periods.cooling, grid.cooling, choice.point_c)
    return choice.base + choice.slope_h * heat + choice.slope_c * cool


def predicted_totals(fits: Fits, periods: Periods, grid: Grid) -> FloatArray:
    """Use the models expect of whole periods, (periods, homes)."""
    heat = _degrees_at(periods.heating, grid.heating, fits.hb * HUNDREDTHS)
    cool = _degrees_at(periods.cooling, grid.cooling, fits.cb * HUNDREDTHS)
    slope_h, slope_c = np.nan_to_num(fits.beta_h), np.nan_to_num(fits.beta_c)
    per_day = fits.mu + (slope_h * heat + slope_c * cool) / HUNDREDTHS
    return periods.days * per_day


def _degrees_at(
    degrees: FloatArray, points: tuple[float, ...], point: FloatArray
) -> FloatArray:
    """Mean degree days at each home's own balance point; any row where it has none."""
    wanted = np.nan_to_num(np.rint(point), nan=-np.inf)
    return degrees[:, np.searchsorted(points, wanted), np.arange(point.size)]


@dataclass(frozen=True)
class DegreeDays:
    """Running totals of a station's daily degree days, whole numbers in practice."""

    grid: Grid
    heating: FloatArray
    cooling: FloatArray
    known: FloatArray


def degree_days_of(degrees: FloatArray, grid: Grid) -> DegreeDays:
    """Running totals over a row of daily mean temperatures, NaN where missing."""
    temperatures = hundredths(degrees)[:, None]
    there = ~np.isnan(temperatures)
    warm = np.where(there, np.asarray(grid.heating) - temperatures, 0.0)
    cold = np.where(there, temperatures - np.asarray(grid.cooling), 0.0)
    return DegreeDays(
        grid,
        _running(np.maximum(warm, 0.0)),
        _running(np.maximum(cold, 0.0)),
        _running(there.astype(np.float64))[:, 0],
    )


def _running(daily: FloatArray) -> FloatArray:
    return np.concatenate([np.zeros((1, daily.shape[1])), np.cumsum(daily, axis=0)])


def periods_of(
    bills: list[list[tuple[int, int, float]]], weather: DegreeDays
) -> Periods:
    """Bills (first day, day after the last, use) of many homes as columns.

    Days count from the start of the weather's row. A bill with less than 90 % of its
    days' temperatures is left out.
    """
    kept = [[bill for bill in home if _covered(bill, weather)] for home in bills]
    longest = max([1, *(len(home) for home in kept)])
    shape = (longest, len(kept))
    start, stop = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
    use = np.zeros(shape)
    for column, home in enumerate(kept):
        for row, (first, after, amount) in enumerate(home):
            start[row, column], stop[row, column], use[row, column] = (
                first,
                after,
                amount,
            )
    days = (stop - start).astype(np.float64)
    return Periods(
        days=days,
        use_per_day=use / np.maximum(days, 1.0),
        heating=_mean_degrees(weather.heating, weather.known, start, stop),
        cooling=_mean_degrees(weather.cooling, weather.known, start, stop),
    )


def _covered(bill: tuple[int, int, float], weather: DegreeDays) -> bool:
    first, after, _ = bill
    if not 0 <= first < after < weather.known.size:
        return False
    return bool(
        weather.known[after] - weather.known[first] >= LEAST_COVERAGE * (after - first)
    )


def _mean_degrees(
    running: FloatArray, known: FloatArray, start: IntArray, stop: IntArray
) -> FloatArray:
    """(periods, balance points, homes) mean degree days of the known days."""
    days = np.maximum(known[stop] - known[start], 1.0)
    totals = running[stop] - running[start]
    return np.ascontiguousarray((totals / days[..., None]).transpose(0, 2, 1))
