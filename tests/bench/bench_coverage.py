"""How often the likely range of a home holds what it truly saved."""

import numpy as np
from numpy.typing import NDArray

from tests.bench import Row
from tests.energy.coverage_study import study

HOMES = 120
SEEDS = (1, 2, 3)
LOW, HIGH = 0.85, 0.95
SUMMER = (6, 7, 8, 9)
GAP = 60


def run() -> list[Row]:
    """At least 200 simulated homes of two climates, several weather years."""
    studies = [
        study(HOMES, station=station, seed=seed)
        for seed in SEEDS
        for station in (112, 143)
    ]
    of_year = studies[0].of_year
    months = np.concatenate([one.months.covered for one in studies])
    return [
        *_held("a year's band", np.concatenate([one.covered for one in studies])),
        *_held("a month's band", months),
        *_held("a summer month's band", months[:, np.isin(of_year, SUMMER)]),
        *_held("a month's band, two months of the baseline lost", _near_gaps()),
    ]


def _near_gaps() -> NDArray[np.bool_]:
    """The months of which such a baseline knows little."""
    gappy = [study(HOMES, station=143, seed=seed, gap=GAP) for seed in SEEDS]
    return np.concatenate([one.months.covered[one.near_gap] for one in gappy])


def _held(name: str, covered: NDArray[np.bool_]) -> list[Row]:
    share = float(covered.mean())
    ours = f"{covered.sum():,} of {covered.size:,}"
    return [
        Row(f"{name} holds the truth, at least", ours, "85 %", share, LOW),
        Row(f"{name}, at most", ours, "95 %", share, HIGH, at_most=True),
    ]
