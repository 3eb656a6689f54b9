"""The best of all candidates for many homes at once, from sums alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import BoolArray, FloatArray, IntArray
from livinglab.energy.baseline.pairs import best_pairs
from livinglab.energy.baseline.sums import Moments, Side

INTERCEPT_ONLY, HDD_ONLY, CDD_ONLY, CDD_HDD = range(4)
KINDS = ("intercept_only", "hdd_only", "cdd_only", "cdd_hdd")
SLOPES = np.array([0, 1, 1, 2])

LEAST_OBSERVATIONS = 4
FLAT = 1e-6
"""Use that varies by less than this share of its mean has nothing to explain."""


@dataclass(frozen=True)
class Choice:
    """The winning model of each home; slopes per hundredth of a degree."""

    kind: IntArray
    r2_adj: FloatArray
    base: FloatArray
    slope_h: FloatArray
    slope_c: FloatArray
    point_h: FloatArray
    point_c: FloatArray
    explained: FloatArray


@dataclass(frozen=True)
class _Winner:
    """One side of the winning models: slope per hundredth, its mean, its point."""

    pull: FloatArray
    root: FloatArray
    mean: FloatArray
    point: FloatArray


def best_candidates(m: Moments) -> Choice:
    """Weigh every candidate of every home; the best adjusted R2 wins."""
    with np.errstate(all="ignore"):
        pair = best_pairs(m)
        heat, heat_at = _best_single(m.heating, m.level)
        cool, cool_at = _best_single(m.cooling, m.level)
        scores = _scores(m, heat, cool, pair.explained)
        kind = scores.argmax(axis=0)
        heating = np.where(kind == CDD_HDD, pair.heating, heat_at)
        cooling = np.where(kind == CDD_HDD, pair.cooling, cool_at)
        r2_adj = scores[kind, np.arange(kind.size)]
        return _coefficients(m, kind, r2_adj, heating, cooling)


def _best_single(side: Side, level: FloatArray) -> tuple[FloatArray, IntArray]:
    """The most that one side alone explains, and at which balance point."""
    explained = side.pull * side.pull
    fit = (side.pull > 0) & (level > side.weight * side.pull)
    explained[~fit] = -np.inf
    point = explained.argmax(axis=0)
    return np.take_along_axis(explained, point[None], axis=0)[0], point


def _scores(m: Moments, *explained: FloatArray) -> FloatArray:
    """Adjusted R2 of the mean alone and of the best of each other kind of model."""
    scores = np.zeros((1 + len(explained), m.level.size))
    for kind, most in enumerate(explained, start=1):
        left = (m.deviation - most) / (m.observations - SLOPES[kind] - 1)
        scores[kind] = 1.0 - left / (m.deviation / (m.observations - 1))
    flat = m.deviation <= (FLAT * m.level) ** 2
    scores[1:, flat | (m.observations < LEAST_OBSERVATIONS)] = -np.inf
    return np.where(np.isnan(scores), -np.inf, scores)


def _coefficients(
    m: Moments, kind: IntArray, r2_adj: FloatArray, heating: IntArray, cooling: IntArray
) -> Choice:
    """Slopes and base load of the chosen balance points."""
    both = kind == CDD_HDD
    hot = _at(m.heating, heating, both | (kind == HDD_ONLY))
    cold = _at(m.cooling, cooling, both | (kind == CDD_ONLY))
    k = np.where(both, m.cross_at(heating)[cooling, np.arange(kind.size)], 0.0)
    rest = 1.0 - k * k
    a, b = (hot.pull + k * cold.pull) / rest, (cold.pull + k * hot.pull) / rest
    slope_h, slope_c = a / hot.root, b / cold.root
    return Choice(
        kind=kind,
        r2_adj=r2_adj,
        base=m.mean - slope_h * hot.mean - slope_c * cold.mean,
        slope_h=slope_h,
        slope_c=slope_c,
        point_h=hot.point,
        point_c=cold.point,
        explained=hot.pull * a + cold.pull * b,
    )


def _at(side: Side, row: IntArray, used: BoolArray) -> _Winner:
    """The side at each home's own balance point, nothing where it is not used."""
    here = np.arange(row.size)
    return _Winner(
        pull=np.where(used, side.pull[row, here], 0.0),
        root=np.where(used, side.root[row, here], 1.0),
        mean=np.where(used, side.mean[row, here], 0.0),
        point=np.where(used, side.points[row], np.nan),
    )
