"""All pairs of a heating and a cooling balance point, for many homes at once.

With a heating side u = Shy/sqrt(Shh), a cooling side v = Scy/sqrt(Scc) and
k = -Shc/sqrt(Shh*Scc), a model with both slopes explains (u*a + v*b)/(1 - k*k) of the
squared deviation, where a = u + k*v and b = v + k*u carry the signs of the slopes. So
every pair of balance points costs a handful of elementwise operations and no sum over
days. Elementwise arithmetic rounds the same for one home as for thousands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import FloatArray, IntArray
from livinglab.energy.baseline.sums import Moments

HUGE = 1e300
COLLINEAR = 1e-9
BLOCK = 12_288


@dataclass(frozen=True)
class BestPair:
    """The most that both sides explain in each home, and at which rows."""

    explained: FloatArray
    heating: IntArray
    cooling: IntArray


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


def best_pairs(m: Moments) -> BestPair:
    """Try every allowed pair of every home."""
    homes = m.level.size
    scratch = _Scratch()
    best_of_row = np.full((m.heating.points.size, homes), -np.inf)
    for rows, columns in _blocks(m):
        explained = _explained(
            (m.heating.pull[rows, None], m.heating.weight[rows, None]),
            (m.cooling.pull[None, columns], m.cooling.weight[None, columns]),
            m.cross(rows, columns),
            m.level,
            scratch,
        )
        if rows.stop - rows.start > 1:
            low, high = m.cooling.points[None, columns], m.heating.points[rows, None]
            explained[low < high] = -np.inf
        np.maximum.reduce(explained, axis=1, out=best_of_row[rows])
    return _where_in_row(m, best_of_row.argmax(axis=0), scratch)


def _blocks(m: Moments) -> Iterator[tuple[slice, slice]]:
    """Rows and columns to try together: small enough for the cache, only seen ones."""
    hot = np.flatnonzero((m.heating.weight > 0).any(axis=1))
    cold = np.flatnonzero((m.cooling.weight > 0).any(axis=1))
    if not hot.size or not cold.size:
        return
    end = int(cold[-1]) + 1
    lowest = np.searchsorted(m.cooling.points, m.heating.points, side="left")
    step = max(1, BLOCK // (m.cooling.points.size * m.level.size))
    for start in range(int(hot[0]), m.heating.points.size, step):
        low = max(int(lowest[start]), int(cold[0]))
        if low >= end:
            return
        yield slice(start, min(start + step, m.heating.points.size)), slice(low, end)


def _where_in_row(m: Moments, row: IntArray, scratch: _Scratch) -> BestPair:
    """Each home's best row once more, to learn the column: the same digits again."""
    here = np.arange(row.size)
    explained = _explained(
        (m.heating.pull[row, here], m.heating.weight[row, here]),
        (m.cooling.pull, m.cooling.weight),
        m.cross_at(row),
        m.level,
        scratch,
    )
    explained[m.cooling.points[:, None] < m.heating.points[row]] = -np.inf
    column = explained.argmax(axis=0)
    return BestPair(explained[column, here], row, column)


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
    a /= rest
    np.minimum(a, base, out=a)
    if rest.min(initial=1.0) < COLLINEAR:
        a[rest < COLLINEAR] = -np.inf
    return a
