"""What meters really deliver: gaps, and quarters of an hour (pure)."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

HOURS = 24
OUTAGES_A_YEAR = 1.3
LOST_HOURS = 0.002


def draw_gaps(seed: int, index: int, hours: int) -> Bools:
    """True where the meter delivered: single hours are lost, now and then days."""
    rng = np.random.default_rng([seed, index, 7])
    there = rng.random(hours) >= LOST_HOURS
    for _ in range(rng.poisson(OUTAGES_A_YEAR * hours / (365 * HOURS))):
        start = int(rng.integers(0, hours))
        there[start : start + int(rng.integers(8, 96))] = False
    return there


def in_quarters(wh: Ints, seed: int, index: int) -> Ints:
    """Hours cut into four whole parts each that sum to the hour, (hours * 4,)."""
    rng = np.random.default_rng([seed, index, 8])
    parts = rng.gamma(4.0, size=(wh.size, 4))
    edges = np.cumsum(parts, axis=1)
    whole = np.rint(edges / edges[:, -1:] * wh[:, None]).astype(np.int64)
    return np.diff(whole, axis=1, prepend=0).ravel()
