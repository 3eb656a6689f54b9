"""The quantile of Student's t distribution, to full double precision, without SciPy."""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log

import numpy as np
from numpy.typing import NDArray

TINY = 1e-300
TERMS = 500
STEPS = 200


def _continued_fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction of the incomplete beta function."""
    c, d = 1.0, 1.0 / max(1.0 - (a + b) * x / (a + 1.0), TINY)
    value = d
    for m in range(1, TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / (1.0 + term * d or TINY)
            c = 1.0 + term / c or TINY
            value *= c * d
        if abs(c * d - 1.0) < 1e-16:
            break
    return value


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b) for 0 <= x <= 1."""
    if x <= 0.0 or x >= 1.0:
        return min(max(x, 0.0), 1.0)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1.0 - x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _continued_fraction(a, b, x) / a
    return 1.0 - front * _continued_fraction(b, a, 1.0 - x) / b


def upper_tail(t: float, df: float) -> float:
    """The probability of a value above t >= 0."""
    return 0.5 * incomplete_beta(df / 2.0, 0.5, df / (df + t * t))


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The value below which a share p, 0.5 <= p < 1, of Student's t with df lies."""
    if not 0.5 <= p < 1.0 or df <= 0:
        raise ValueError("p must be in [0.5, 1) and df positive")
    low, high = 0.0, 1.0
    while upper_tail(high, df) > 1.0 - p:
        high *= 2.0
    for _ in range(STEPS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if upper_tail(middle, df) > 1.0 - p:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def t_quantiles(p: float, df: NDArray[np.float64]) -> NDArray[np.float64]:
    """`t_quantile` for many degrees of freedom, of which few differ."""
    known, where = np.unique(df, return_inverse=True)
    values = [t_quantile(p, float(one)) if one > 0 else float("nan") for one in known]
    return np.asarray(values)[where].reshape(df.shape)


def two_sided(confidence: float) -> float:
    """The p of a two-sided interval: 0.90 gives 0.95."""
    return 1.0 - (1.0 - confidence) / 2.0
