"""The best of all balance points for many homes at once, from sums alone.

With a heating side u = Shy/sqrt(Shh), a cooling side v = Scy/sqrt(Scc) and
k = -Shc/sqrt(Shh*Scc), a model with both slopes explains (u*a + v*b)/(1 - k*k) of the
squared deviation, where a = u + k*v and b = v + k*u carry the signs of the slopes. So
every pair of balance points costs a handful of elementwise operations and no sum over
days. Elementwise arithmetic rounds the same for one home as for thousands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .climate import BoolArray, FloatArray, IntArray

INTERCEPT_ONLY, HDD_ONLY, CDD_ONLY, CDD_HDD = range(4)
KINDS = ("intercept_only", "hdd_only", "cdd_only", "cdd_hdd")
SLOPES = np.array([0, 1, 1, 2])

HUGE = 1e300
COLLINEAR = 1e-9
BLOCK = 24_576
LEAST_OBSERVATIONS = 4


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


class _Scratch:
    """Room for the intermediate arrays of one block, kept from block to block."""

    def __init__(self) -> None:
        self._rooms: list[FloatArray] = []

    def arrays(self, count: int, shape: tuple[int, ...]) -> list[FloatArray]:
        size = int(np.prod(shape))
        while len(self._rooms) < count:
            self._rooms.append(np.empty(0))
        for number in range(count):
            if self._rooms[number].size < size:
                self._rooms[number] = np.empty(size)
        return [room[:size].reshape(shape) for room in self._rooms[:count]]


def _explained(
    heat: tuple[FloatArray, FloatArray],
    cool: tuple[FloatArray, FloatArray],
    k: FloatArray,
    level: FloatArray,
    scratch: _Scratch,
) -> FloatArray:
    """What each pair explains; at most zero where a slope or the base is not positive.

    Written into reused arrays: this is where nearly all the time goes.
    """
    (u, g), (v, h) = heat, cool
    a, b, rest, base, term = scratch.arrays(5, k.shape)
    np.add(np.multiply(k, v, out=a), u, out=a)
    np.add(np.multiply(k, u, out=b), v, out=b)
    np.subtract(1.0, np.multiply(k, k, out=rest), out=rest)
    np.multiply(level, rest, out=base)
    base -= np.multiply(g, a, out=term)
    base -= np.multiply(h, b, out=term)
    np.minimum(base, a, out=base)
    np.minimum(base, b, out=base)
    base *= HUGE
    a *= u
    b *= v
    a += b
    with_collinear = bool(rest.min(initial=1.0) < COLLINEAR)
    collinear = rest < COLLINEAR if with_collinear else None
    a /= rest
    np.minimum(a, base, out=a)
    if collinear is not None:
        a[collinear] = -np.inf
    return a


def _best_pairs(m: Moments) -> tuple[FloatArray, IntArray, IntArray]:
    """The most that heating and cooling together explain, and at which points."""
    homes = m.level.size
    first_cool = np.searchsorted(m.cooling.points, m.heating.points, side="left")
    rows = m.heating.pull.shape[0]
    columns = m.cooling.pull.shape[0]
    best_of_row = np.full((rows, homes), -np.inf)
    seen_h = np.flatnonzero((m.heating.weight > 0).any(axis=1))
    seen_c = np.flatnonzero((m.cooling.weight > 0).any(axis=1))
    if not seen_h.size or not seen_c.size:
        none = np.zeros(homes, dtype=np.intp)
        return np.full(homes, -np.inf), none, none
    scratch = _Scratch()
    last_c = int(seen_c[-1]) + 1
    step = max(1, BLOCK // (columns * homes))
    for start in range(int(seen_h[0]), rows, step):
        stop = min(start + step, rows)
        low = max(int(first_cool[start]), int(seen_c[0]))
        if low >= last_c:
            break
        r, c = slice(start, stop), slice(low, last_c)
        k = m.cross(r, c)
        e = _explained(
            (m.heating.pull[r, None], m.heating.weight[r, None]),
            (m.cooling.pull[None, c], m.cooling.weight[None, c]),
            k,
            m.level,
            scratch,
        )
        if stop - start > 1:
            crossed = m.cooling.points[None, c] < m.heating.points[r, None]
            e[crossed] = -np.inf
        np.maximum.reduce(e, axis=1, out=best_of_row[r])
    row = best_of_row.argmax(axis=0)
    return _at_row(m, row, scratch)


def _at_row(
    m: Moments, row: IntArray, scratch: _Scratch
) -> tuple[FloatArray, IntArray, IntArray]:
    here = np.arange(row.size)
    e = _explained(
        (m.heating.pull[row, here], m.heating.weight[row, here]),
        (m.cooling.pull, m.cooling.weight),
        m.cross_at(row),
        m.level,
        scratch,
    )
    e[m.cooling.points[:, None] < m.heating.points[row]] = -np.inf
    column = e.argmax(axis=0)
    return e[column, here], row, column


def _best_single(side: Side, level: FloatArray) -> tuple[FloatArray, IntArray]:
    """The most that one side alone explains, and at which balance point."""
    explained = side.pull * side.pull
    fit = (side.pull > 0) & (level > side.weight * side.pull)
    explained[~fit] = -np.inf
    point = explained.argmax(axis=0)
    return np.take_along_axis(explained, point[None], axis=0)[0], point


def adjusted(explained: FloatArray, m: Moments, slopes: int) -> FloatArray:
    """Adjusted R2: 1 - (SSres/(P-c-1)) / (SStot/(P-1))."""
    left = (m.deviation - explained) / (m.observations - slopes - 1)
    return 1.0 - left / (m.deviation / (m.observations - 1))


def best_candidates(m: Moments) -> Choice:
    """Weigh every candidate of every home; the best adjusted R2 wins."""
    homes = np.arange(m.level.size)
    with np.errstate(all="ignore"):
        pair, row, column = _best_pairs(m)
        heat, heat_at = _best_single(m.heating, m.level)
        cool, cool_at = _best_single(m.cooling, m.level)
        enough = (m.observations >= LEAST_OBSERVATIONS) & (m.deviation > 0)
        scores = np.stack(
            [
                np.zeros(homes.size),
                adjusted(heat, m, 1),
                adjusted(cool, m, 1),
                adjusted(pair, m, 2),
            ]
        )
        scores[1:, ~enough] = -np.inf
        scores[np.isnan(scores)] = -np.inf
        kind = scores.argmax(axis=0)
        heats = (kind == HDD_ONLY) | (kind == CDD_HDD)
        cools = (kind == CDD_ONLY) | (kind == CDD_HDD)
        h = np.where(kind == CDD_HDD, row, heat_at)
        c = np.where(kind == CDD_HDD, column, cool_at)
        u = np.where(heats, m.heating.pull[h, homes], 0.0)
        v = np.where(cools, m.cooling.pull[c, homes], 0.0)
        k = np.where(kind == CDD_HDD, m.cross_at(h)[c, homes], 0.0)
        rest = 1.0 - k * k
        a = (u + k * v) / rest
        b = (v + k * u) / rest
        sh = np.where(heats, a / m.heating.root[h, homes], 0.0)
        sc = np.where(cools, b / m.cooling.root[c, homes], 0.0)
        base = (
            m.mean
            - sh * np.where(heats, m.heating.mean[h, homes], 0.0)
            - sc * np.where(cools, m.cooling.mean[c, homes], 0.0)
        )
    return Choice(
        kind,
        scores[kind, homes],
        base,
        sh,
        sc,
        np.where(heats, m.heating.points[h], np.nan),
        np.where(cools, m.cooling.points[c], np.nan),
        u * a + v * b,
    )
