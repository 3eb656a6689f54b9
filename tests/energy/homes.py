"""Made-up homes with known behaviour, for tests of baselines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Street:
    """Homes in rows, days in columns; use in whole Wh, temperatures in °C."""

    temperatures: NDArray[np.float64]
    use: NDArray[np.int64]
    present: NDArray[np.bool_]


def korean_year(days: int, seed: int = 7) -> NDArray[np.float64]:
    """Daily means in °C with two decimals: cold dry winters, hot summers."""
    chance = np.random.default_rng(seed)
    season = np.sin((np.arange(days) - 110) / 365.25 * 2 * np.pi)
    return np.round(13.5 + 13.0 * season + chance.normal(0, 3.0, days), 2)


def street(
    homes: int, days: int = 365, *, seed: int = 1, missing: float = 0.03
) -> Street:
    """Homes of all four kinds of model, some with days missing."""
    chance = np.random.default_rng(seed)
    warm = korean_year(days, seed + 1)
    heats = chance.random((homes, 1)) < 0.6
    cools = chance.random((homes, 1)) < 0.7
    start_h = chance.uniform(8, 18, (homes, 1))
    start_c = chance.uniform(20, 26, (homes, 1))
    heat = heats * chance.uniform(0.05, 0.5, (homes, 1)) * np.maximum(start_h - warm, 0)
    cool = cools * chance.uniform(0.2, 0.9, (homes, 1)) * np.maximum(warm - start_c, 0)
    base = chance.uniform(4, 12, (homes, 1))
    noise = chance.normal(0, 1.2, (homes, days))
    use = np.rint(1000 * np.maximum(base + heat + cool + noise, 0.3)).astype(np.int64)
    present = chance.random((homes, days)) >= missing
    return Street(warm, use, present)
