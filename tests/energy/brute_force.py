"""An independent, slow CalTRACK fit: every candidate by numpy's lstsq, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Slow:
    """What the slow way found; points in degrees, None where there is none."""

    kind: str
    r2_adj: float
    mu: float
    beta_h: float | None
    beta_c: float | None
    hb: float | None
    cb: float | None
    rmse: float
    rho: float
    mean: float
    variance: float


def fit(
    heating: dict[float, Array],
    cooling: dict[float, Array],
    use_per_day: Array,
    days: Array,
    *,
    least_degree_days: float,
    least_days: int = 0,
) -> Slow:
    """Weigh the candidates one by one, in the order of the published method."""

    def seen(degrees: Array) -> bool:
        nonzero = int((degrees > 0).sum()) >= least_days
        return nonzero and float(degrees @ days) >= least_degree_days - 1e-9

    hot = [point for point, degrees in heating.items() if seen(degrees)]
    cold = [point for point, degrees in cooling.items() if seen(degrees)]
    candidates: list[tuple[float | None, float | None]] = [(None, None)]
    candidates += [(point, None) for point in hot]
    candidates += [(None, point) for point in cold]
    candidates += [(h, c) for h, c in product(hot, cold) if h <= c]
    weight = np.sqrt(days)
    mean = float(days @ use_per_day / days.sum())
    total = float(days @ (use_per_day - mean) ** 2)
    n = use_per_day.size
    best_r2, best, best_pair = 0.0, np.array([mean]), candidates[0]
    for h, c in candidates[1:]:
        parts = [np.ones(n)]
        parts += [heating[h]] if h is not None else []
        parts += [cooling[c]] if c is not None else []
        x = np.stack(parts, axis=1)
        coefficients = np.linalg.lstsq(x * weight[:, None], use_per_day * weight)[0]
        left = float(days @ (use_per_day - x @ coefficients) ** 2)
        slopes = len(parts) - 1
        r2 = 1 - (left / (n - slopes - 1)) / (total / (n - 1))
        if (coefficients > 0).all() and r2 > best_r2 + 1e-12:
            best_r2, best, best_pair = r2, coefficients, (h, c)
    return _with_errors(best_r2, best, best_pair, heating, cooling, use_per_day, days)


def _with_errors(
    r2: float,
    coefficients: Array,
    pair: tuple[float | None, float | None],
    heating: dict[float, Array],
    cooling: dict[float, Array],
    use_per_day: Array,
    days: Array,
) -> Slow:
    h, c = pair
    slopes = list(coefficients[1:])
    expected = np.full(use_per_day.size, coefficients[0])
    beta_h = beta_c = None
    if h is not None:
        beta_h = float(slopes.pop(0))
        expected = expected + beta_h * heating[h]
    if c is not None:
        beta_c = float(slopes.pop(0))
        expected = expected + beta_c * cooling[c]
    residuals = days * (expected - use_per_day)
    observed = days * use_per_day
    freedom = use_per_day.size - (h is not None) - (c is not None)
    names = {(0, 0): "intercept_only", (1, 0): "hdd_only"}
    names |= {(0, 1): "cdd_only", (1, 1): "cdd_hdd"}
    return Slow(
        kind=names[int(h is not None), int(c is not None)],
        r2_adj=r2,
        mu=float(coefficients[0]),
        beta_h=beta_h,
        beta_c=beta_c,
        hb=h,
        cb=c,
        rmse=sqrt(float(residuals @ residuals) / freedom),
        rho=float(np.corrcoef(residuals[:-1], residuals[1:])[0, 1]),
        mean=float(observed.mean()),
        variance=float(observed.var()),
    )
