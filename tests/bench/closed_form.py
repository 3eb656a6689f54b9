"""The plain way to fit one home: all balance points in closed form, no batch.

The best single-home loop we know, so that the batch is held against something good.
Degree days of the station are prepared once, as a careful programmer would.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Station:
    """Degree days of all balance points and days of a station."""

    def __init__(self, warm: Array, points: Array) -> None:
        self.points = points
        self.heat = np.maximum(points[:, None] - warm, 0.0)
        self.cool = np.maximum(warm - points[:, None], 0.0)
        self.allowed = points[:, None] <= points[None, :]


def fit_one(
    station: Station, use: Array, present: NDArray[np.bool_]
) -> tuple[float, float, float]:
    """(adjusted R2, heating point, cooling point) of the best model of one home."""
    heat, cool, y = station.heat[:, present], station.cool[:, present], use[present]
    n = y.size
    centred = y - y.mean()
    total = centred @ centred
    sums, means, oks, products = [], [], [], []
    for degrees in (heat, cool):
        mean = degrees.mean(axis=1)
        means.append(mean)
        sums.append((degrees * degrees).sum(axis=1) - n * mean * mean)
        products.append(degrees @ centred)
        seen = (degrees > 0).sum(axis=1)
        oks.append((mean * n >= 20.0) & (seen >= 10))
    best = (0.0, np.nan, np.nan)
    with np.errstate(all="ignore"):
        for side in (0, 1):
            slope = products[side] / sums[side]
            base = y.mean() - slope * means[side]
            r2 = 1 - (total - slope * products[side]) / (n - 2) / (total / (n - 1))
            r2[~(oks[side] & (slope > 0) & (base > 0))] = -np.inf
            at = int(r2.argmax())
            if r2[at] > best[0]:
                point = station.points[at]
                best = (r2[at], *((point, np.nan) if side == 0 else (np.nan, point)))
        return max(best, _pair(station, y, total, sums, means, oks, products))


def _pair(
    station: Station,
    y: Array,
    total: float,
    sums: list[Array],
    means: list[Array],
    oks: list[NDArray[np.bool_]],
    products: list[Array],
) -> tuple[float, float, float]:
    n = y.size
    (shh, scc), (mh, mc), (yh, yc) = sums, means, products
    cross = -n * np.outer(mh, mc)
    det = shh[:, None] * scc - cross**2
    bh = (yh[:, None] * scc - yc * cross) / det
    bc = (yc * shh[:, None] - yh[:, None] * cross) / det
    base = y.mean() - bh * mh[:, None] - bc * mc
    left = total - bh * yh[:, None] - bc * yc
    r2 = 1 - left / (n - 3) / (total / (n - 1))
    fits = oks[0][:, None] & oks[1] & station.allowed & (det > 0)
    r2[~(fits & (bh > 0) & (bc > 0) & (base > 0))] = -np.inf
    h, c = np.unravel_index(r2.argmax(), r2.shape)
    return float(r2[h, c]), float(station.points[h]), float(station.points[c])
