"""CalTRACK 2.0 daily baselines, thousands of homes of one station in one call."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import BoolArray, Climate, FloatArray, slices
from livinglab.energy.baseline.daily_sums import daily_moments
from livinglab.energy.baseline.fits import (
    Fits,
    fits_from,
    joined,
    lag_one,
    predicted_per_day,
    to_the_left,
)
from livinglab.energy.baseline.search import SLOPES, Choice, best_candidates
from livinglab.energy.baseline.sums import Moments

HOMES_AT_ONCE = 512


def fit_daily(use: NDArray[np.number], present: BoolArray, climate: Climate) -> Fits:
    """Fit the daily model of every home (rows) over the climate's days (columns).

    `use` is use per day, whole Wh in practice, read only where `present`. A home gets
    the same digits alone as among thousands when use and hundredths of a degree are
    whole numbers. Homes without any day get an intercept of zero and n = 0.
    """
    if use.shape != present.shape or use.shape[1] != climate.length:
        raise ValueError("use, present and the climate must cover the same days")
    parts = [
        _fit_slice(
            use[homes][:, climate.days], present[homes][:, climate.days], climate
        )
        for homes in slices(use.shape[0], HOMES_AT_ONCE)
    ]
    return joined(parts)


def _fit_slice(use: NDArray[np.number], present: BoolArray, climate: Climate) -> Fits:
    counted = np.where(present, use, 0).astype(np.float64)
    days = present.sum(axis=1).astype(np.float64)
    centre = np.rint(counted.sum(axis=1) / np.maximum(days, 1.0))
    there = np.ascontiguousarray(present.T[climate.order], dtype=np.float64)
    centred = (counted.T[climate.order] - centre) * there
    moments = daily_moments(there, centred, centre, climate)
    choice = best_candidates(moments)
    return _with_errors(choice, moments, counted, present, climate)


def _with_errors(
    choice: Choice,
    moments: Moments,
    counted: FloatArray,
    present: BoolArray,
    climate: Climate,
) -> Fits:
    days = moments.observations
    square = np.maximum(moments.deviation, 0.0) / np.maximum(days, 1.0)
    left = np.maximum(moments.deviation - choice.explained, 0.0)
    freedom = np.maximum(days - SLOPES[choice.kind], 1.0)
    rmse = np.sqrt(left / np.maximum(days, 1.0) / freedom)
    unknown = np.zeros_like(rmse)
    fits = fits_from(
        choice,
        observations=days,
        mean=moments.mean,
        variance=square / np.maximum(days, 1.0),
        rmse=rmse,
        rho=unknown,
    )
    residuals = predicted_per_day(fits, climate.temperatures) - counted
    residuals[~present] = 0.0
    fits.rho[:] = lag_one(to_the_left(residuals, present), days, rmse)
    return fits
