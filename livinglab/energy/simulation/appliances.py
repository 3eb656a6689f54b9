"""Loads that follow people rather than the weather (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.simulation.households import Household
from livinglab.energy.simulation.people_at_home import AWAKE, HOURS
from livinglab.observations.weather_years import autoregressive

Floats: TypeAlias = NDArray[np.float64]

# Mean share of a day's use by hour in 22 Korean homes (KST); sums to one.
KOREAN_HOURS = np.array([
    0.0431, 0.0350, 0.0320, 0.0310, 0.0299, 0.0305, 0.0346, 0.0413, 0.0442, 0.0420,
    0.0405, 0.0388, 0.0386, 0.0366, 0.0349, 0.0361, 0.0392, 0.0445, 0.0511, 0.0538,
    0.0559, 0.0578, 0.0574, 0.0513,
])  # fmt: skip
HOURLY_NOISE = 0.45
LEFT_RUNNING = 0.12  # of the appliances while everybody is away


@dataclass(frozen=True, eq=False)
class Loads:
    """Electric W by hour and home, (hours, homes)."""

    appliances: Floats
    lights: Floats
    standby: Floats
    fridge: Floats  # at a room of 21 °C


def loads(
    homes: Sequence[Household], at_home: Floats, darkness: Floats, seed: int
) -> Loads:
    """The draws of a home depend on the seed and its own number alone."""
    hours = at_home.shape[0]
    mood = np.stack([_mood(home, hours // HOURS, seed) for home in homes], axis=1)
    jitter = np.stack([_jitter(home, hours, seed) for home in homes], axis=1)
    evening = np.tile(KOREAN_HOURS * HOURS, hours // HOURS)[:, None]
    active = LEFT_RUNNING + (1 - LEFT_RUNNING) * at_home
    # Most of the Korean shape is people's coming and going; do not count it twice.
    shape = np.sqrt(evening) * active / active.mean(axis=0)
    daily = np.repeat(mood, HOURS, axis=0)
    awake = np.tile(AWAKE, hours // HOURS)[:, None]
    level = np.ones((hours, 1))
    return Loads(
        appliances=column(homes, "appliances_w") * shape * daily * jitter,
        lights=column(homes, "lights_w") * darkness * awake * at_home * np.sqrt(daily),
        standby=level * column(homes, "standby_w"),
        fridge=level * column(homes, "fridge_w"),
    )


def column(homes: Sequence[Household], name: str) -> Floats:
    """One property of every home, (homes,)."""
    return np.array([getattr(home, name) for home in homes], dtype=float)


def _mood(home: Household, days: int, seed: int) -> Floats:
    """How busy each day is: lognormal around one, first-order autoregressive."""
    white = np.random.default_rng([seed, home.index, 4]).standard_normal(days)
    return lognormal(autoregressive(white, home.rho), home.noise)


def _jitter(home: Household, hours: int, seed: int) -> Floats:
    white = np.random.default_rng([seed, home.index, 5]).standard_normal(hours)
    return lognormal(white, HOURLY_NOISE)


def lognormal(normal: Floats, sd: float) -> Floats:
    """Mean one, `sd` of the logarithm."""
    return np.asarray(np.exp(sd * normal - sd**2 / 2))
