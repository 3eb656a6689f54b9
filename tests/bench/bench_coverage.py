"""How often the likely range of a home holds what it truly saved."""

import numpy as np

from tests.bench import Row
from tests.energy.coverage_study import study

HOMES = 120
SEEDS = (1, 2, 3)
LOW, HIGH = 0.85, 0.95


def run() -> list[Row]:
    """At least 200 simulated homes of two climates, several weather years."""
    covered = np.concatenate(
        [
            study(HOMES, station=station, seed=seed).covered
            for seed in SEEDS
            for station in (112, 143)
        ]
    )
    share = float(covered.mean())
    ours = f"{covered.sum()} of {covered.size} homes"
    return [
        Row("band holds the truth, at least", ours, "85 %", share, LOW),
        Row("band holds the truth, at most", ours, "95 %", share, HIGH, at_most=True),
    ]
