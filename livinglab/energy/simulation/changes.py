"""What joining the living lab changes in a home: habits, set points, standby (pure)."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Change:
    """Shares of a load that go away (negative: grow), °C that set points move."""

    standby: float = 0.0
    appliances: float = 0.0
    lights: float = 0.0
    fridge: float = 0.0
    cooling_c: float = 0.0
    heating_c: float = 0.0
    learning_days: int = 21


NO_CHANGE = Change()


def draw_change(seed: int, index: int) -> Change:
    """A participant: most try, a few do nothing, fewer use more than before."""
    rng = np.random.default_rng([seed, index, 2])
    lot = rng.random()
    if lot < 0.10:
        return NO_CHANGE
    effort = -rng.uniform(0.15, 0.5) if lot < 0.16 else rng.uniform(0.25, 1.0)
    return Change(
        standby=effort * rng.uniform(0.25, 0.6),
        appliances=effort * rng.uniform(0.10, 0.30),
        lights=effort * rng.uniform(0.2, 0.6),
        fridge=max(effort, 0) * 0.35 * (rng.random() < 0.15),
        cooling_c=effort * rng.uniform(0.3, 1.8),
        heating_c=effort * rng.uniform(0.2, 1.5),
        learning_days=int(rng.integers(7, 35)),
    )
