"""The sums a daily baseline needs, exact for many homes of one station."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import Climate, FloatArray, IntArray
from livinglab.energy.baseline.sums import Moments, Side, side_of


@dataclass(frozen=True)
class _Sums:
    """Sums over the days of a home (columns) colder than each edge (rows)."""

    days: FloatArray
    warmth: FloatArray
    warmth2: FloatArray
    use: FloatArray
    use_warmth: FloatArray


def _sums_below_edges(present: FloatArray, use: FloatArray, climate: Climate) -> _Sums:
    warm = climate.temperatures[climate.order]
    weights = np.stack([np.ones_like(warm), warm, warm * warm])
    edges = climate.edges
    sums = np.zeros((5, edges.size, present.shape[1]))
    for number in range(1, edges.size):
        segment = slice(edges[number - 1], edges[number])
        sums[:3, number] = weights[:, segment] @ present[segment]
        sums[3:, number] = weights[:2, segment] @ use[segment]
        sums[:, number] += sums[:, number - 1]
    return _Sums(*sums)


def daily_moments(
    present: FloatArray, use: FloatArray, centre: FloatArray, climate: Climate
) -> Moments:
    """The sums of daily observations, days sorted by temperature in rows.

    `present` is one where a day counts, `use` its use less the home's `centre`, zero
    where it does not. Both as (days, homes).
    """
    sums = _sums_below_edges(present, use, climate)
    days, total = sums.days[-1], sums.use[-1]
    square = (use * use).sum(axis=0)
    heating = _heating(sums, climate)
    cooling = _cooling(sums, climate)
    level = total + centre * days

    def cross(rows: slice, columns: slice) -> FloatArray:
        return heating.weight[rows, None] * cooling.weight[None, columns]

    def cross_at(row: IntArray) -> FloatArray:
        return heating.weight[row, np.arange(row.size)] * cooling.weight

    return Moments(
        observations=days,
        deviation=days * square - total * total,
        level=level,
        mean=level / np.maximum(days, 1.0),
        heating=heating,
        cooling=cooling,
        cross=cross,
        cross_at=cross_at,
    )


def _heating(sums: _Sums, climate: Climate) -> Side:
    at = climate.heating_edges
    point = climate.heating[:, None]
    days, warmth = sums.days[at], sums.warmth[at]
    degrees = point * days - warmth
    degrees2 = point * (point * days - 2.0 * warmth) + sums.warmth2[at]
    product = point * sums.use[at] - sums.use_warmth[at]
    return _side(climate.heating, days, degrees, degrees2, product, sums, climate)


def _cooling(sums: _Sums, climate: Climate) -> Side:
    at = climate.cooling_edges
    point = climate.cooling[:, None]
    days = sums.days[-1] - sums.days[at]
    warmth = sums.warmth[-1] - sums.warmth[at]
    degrees = warmth - point * days
    warmth2 = sums.warmth2[-1] - sums.warmth2[at]
    degrees2 = point * (point * days - 2.0 * warmth) + warmth2
    use = sums.use[-1] - sums.use[at]
    product = sums.use_warmth[-1] - sums.use_warmth[at] - point * use
    return _side(climate.cooling, days, degrees, degrees2, product, sums, climate)


def _side(
    points: FloatArray,
    days: FloatArray,
    degrees: FloatArray,
    degrees2: FloatArray,
    product: FloatArray,
    sums: _Sums,
    climate: Climate,
) -> Side:
    every = sums.days[-1]
    grid = climate.grid
    allowed = (days >= grid.least_days) & (degrees >= grid.least_degree_days)
    return side_of(
        points,
        every * degrees2 - degrees * degrees,
        every * product - degrees * sums.use[-1],
        degrees,
        degrees / np.maximum(every, 1.0),
        allowed,
    )
