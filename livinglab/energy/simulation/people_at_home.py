"""When somebody is at home and awake, and the days a household is away (pure)."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.simulation.households import Household

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

HOURS = 24
# Share of the household at home by hour on a working day.
WEEKDAY = {
    "worker": (1, 1, 1, 1, 1, 1, 1, 0.8, 0.4, 0.2, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15,
               0.2, 0.3, 0.5, 0.7, 0.85, 0.9, 0.95, 1),
    "mixed": (1, 1, 1, 1, 1, 1, 1, 0.9, 0.65, 0.5, 0.45, 0.45, 0.5, 0.5, 0.45, 0.5, 0.6,
              0.7, 0.8, 0.9, 0.95, 1, 1, 1),
    "home": (1, 1, 1, 1, 1, 1, 1, 1, 0.95, 0.85, 0.75, 0.75, 0.85, 0.85, 0.8, 0.8, 0.85,
             0.9, 1, 1, 1, 1, 1, 1),
    "office": (0, 0, 0, 0, 0, 0, 0, 0.1, 0.5, 1, 1, 1, 0.8, 1, 1, 1, 1, 1, 0.5, 0.2,
               0.1, 0, 0, 0),
}  # fmt: skip
FREE_DAY = (1, 1, 1, 1, 1, 1, 1, 1, 0.95, 0.9, 0.8, 0.7, 0.65, 0.6, 0.6, 0.6, 0.65, 0.7,
            0.8, 0.85, 0.9, 0.95, 1, 1)  # fmt: skip
AWAKE = np.array([0.25, 0.1, 0, 0, 0, 0.15, 0.6] + [1] * 16 + [0.6])
TRIPS_A_YEAR = 1.6


def presence(homes: Sequence[Household], free: Bools, seed: int) -> Floats:
    """Share at home, (hours, homes); nearly nobody on days away."""
    columns = [_presence(home, free, seed) for home in homes]
    return np.stack(columns, axis=1)


def _presence(home: Household, free: Bools, seed: int) -> Floats:
    closed = np.zeros(HOURS) if home.rhythm == "office" else np.array(FREE_DAY)
    by_day = np.where(free[:, None], closed, np.array(WEEKDAY[home.rhythm]))
    if home.rhythm != "office":
        by_day = np.where(_away(home, free.size, seed)[:, None], 0.0, by_day)
    return by_day.ravel()


def _away(home: Household, days: int, seed: int) -> Bools:
    rng = np.random.default_rng([seed, home.index, 3])
    away = np.zeros(days, dtype=bool)
    for _ in range(rng.poisson(TRIPS_A_YEAR * days / 365)):
        start = int(rng.integers(0, days))
        away[start : start + int(rng.integers(2, 7))] = True
    return away
