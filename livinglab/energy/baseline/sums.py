"""What a search for balance points has to know of the observations: sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Side:
    """Heating or cooling at each of its balance points (rows) and home (columns).

    `pull` is Sxy/sqrt(Sxx), `weight` what one unit of slope takes from the base load
    when `pull` is one, `root` sqrt(Sxx), `mean` the mean degree days. Where a balance
    point is not allowed, pull is -1 and weight 0, which no candidate survives.
    """

    points: FloatArray
    pull: FloatArray
    weight: FloatArray
    root: FloatArray
    mean: FloatArray


@dataclass(frozen=True)
class Moments:
    """Everything the search has to know about the homes' observations.

    `cross(rows, columns)` gives k for heating rows and cooling columns; `cross_at(row)`
    for one heating row chosen per home and all cooling points.
    """

    observations: FloatArray
    deviation: FloatArray
    level: FloatArray
    mean: FloatArray
    heating: Side
    cooling: Side
    cross: Callable[[slice, slice], FloatArray]
    cross_at: Callable[[IntArray], FloatArray]


def side_of(
    points: FloatArray,
    sxx: FloatArray,
    sxy: FloatArray,
    total: FloatArray,
    mean: FloatArray,
    allowed: BoolArray,
) -> Side:
    """Scale a side's sums; `total` is what `weight` is counted in."""
    allowed = allowed & (sxx > 0)
    root = np.sqrt(np.where(allowed, sxx, 1.0))
    pull = np.where(allowed, sxy / root, -1.0)
    weight = np.where(allowed, total / root, 0.0)
    return Side(points, pull, weight, root, mean)
