"""How sure a saving is: the ASHRAE and the least-squares interval, and portfolios."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.baseline.fits import Fits
from livinglab.energy.baseline.student import t_quantiles, two_sided

CONFIDENCE = 0.90
SHARED_ERROR = 0.10
"""Correlation between the errors of homes that share station and period."""
DAILY_POLYNOMIAL = (-0.00024, 0.03535, 1.00286)
BILLING_POLYNOMIAL = (-0.00022, 0.03306, 0.94054)
DAYS_PER_MONTH = 30.0

LIKELY_RANGE = 1.15
"""Single homes' nominal 90 % bands cover 83-91 %; widened by this for people."""


def effective_observations(n: FloatArray, rho: FloatArray) -> FloatArray:
    """P' = P (1 - rho) / (1 + rho): how many independent observations P are worth."""
    with np.errstate(divide="ignore"):
        return n * (1.0 - rho) / (1.0 + rho)


def _polynomial(fits: Fits, reporting: FloatArray) -> FloatArray:
    a, b, d = BILLING_POLYNOMIAL if fits.billing else DAILY_POLYNOMIAL
    months = reporting if fits.billing else reporting / DAYS_PER_MONTH
    return a * months * months + b * months + d


def _t(fits: Fits, confidence: float) -> FloatArray:
    return t_quantiles(two_sided(confidence), fits.n - fits.slopes)


def fsu_half_width(
    fits: Fits, reporting: ArrayLike, *, confidence: float = CONFIDENCE
) -> FloatArray:
    """ASHRAE Guideline 14 half width of a saving, as eemeter 3.2 reports it.

    `reporting`: days with data (daily) or months (billing). The baseline's own total
    stands for the expected use, so it is meant for a reporting period of like length.
    """
    q = np.asarray(reporting, dtype=np.float64)
    effective = effective_observations(fits.n, fits.rho)
    noise = np.sqrt(fits.n / effective * (1.0 + 2.0 / effective) / q)
    total = fits.n * fits.rmse
    return total * _t(fits, confidence) * _polynomial(fits, q) * noise


def ols_half_width(
    fits: Fits,
    reporting: ArrayLike,
    reporting_mean: ArrayLike,
    *,
    confidence: float = CONFIDENCE,
) -> FloatArray:
    """Half width from the error of the fitted line and of single observations."""
    q = np.asarray(reporting, dtype=np.float64)
    effective = effective_observations(fits.n, fits.rho)
    unit = _t(fits, confidence) * fits.rmse
    away = fits.mean - np.asarray(reporting_mean, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.sqrt(1.0 + away * away / fits.variance)
    model = unit * q / np.sqrt(fits.n) * far
    noise = unit * np.sqrt(q * fits.n / effective)
    return np.sqrt(model * model + noise * noise)


def memory_of_neighbours(fits: Fits) -> FloatArray:
    """How many days say what one independent day would; never below one."""
    effective = effective_observations(fits.n, np.clip(fits.rho, 0.0, None))
    return fits.n / np.clip(effective, 1.0, np.maximum(fits.n, 1.0))


def likely_half_width(
    fits: Fits,
    reporting: ArrayLike,
    *,
    variance: FloatArray | None = None,
    memory: FloatArray | None = None,
    confidence: float = CONFIDENCE,
) -> FloatArray:
    """The half width shown to people, for homes (rows) and reporting periods (columns).

    The ASHRAE form over the reporting period's own length, never narrowed by a negative
    autocorrelation, times `LIKELY_RANGE`. Months must not borrow the year's total.
    `variance`: the periods' squared error were their days independent (see `Spreads`),
    else as many days of the home's usual error; `memory`: see `memory_of_neighbours`.
    """
    q = np.asarray(reporting, dtype=np.float64)
    memory = memory_of_neighbours(fits) if memory is None else memory
    unit = LIKELY_RANGE * _t(fits, confidence)
    longer = memory * (1.0 + 2.0 * memory / np.maximum(fits.n, 1.0))
    square = fits.rmse**2
    if q.ndim == 2:
        unit, longer, square = unit[:, None], longer[:, None], square[:, None]
    independent = square * q if variance is None else variance
    return unit * _polynomial(fits, q) * np.sqrt(longer * independent)


def neighbourhood_half_width(squares: float, total: float) -> float:
    """Half width of homes under one sky, from the sums of squares and of half widths.

    What a model misses of a hot summer it misses in every home alike; that part does
    not average out. With none shared, bands of a hundred simulated homes held the truth
    in 55 of 100 neighbourhood years; with a tenth shared, in 92.
    """
    return sqrt((1 - SHARED_ERROR) * squares + SHARED_ERROR * total * total)
