"""Fitted baselines of many homes as columns, and the errors they leave behind."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import ArrayLike

from livinglab.energy.baseline.climate import FloatArray, IntArray
from livinglab.energy.baseline.grid import HUNDREDTHS
from livinglab.energy.baseline.search import (
    CDD_HDD,
    CDD_ONLY,
    HDD_ONLY,
    KINDS,
    SLOPES,
    Choice,
)

FINE_BITS = 20


@dataclass(frozen=True)
class Fit:
    """One home's baseline in plain numbers; None where the model has no such part.

    Use per day in the unit of the observations, slopes per degree, points in degrees.
    """

    kind: str
    r2_adj: float
    mu: float
    beta_h: float | None
    beta_c: float | None
    hb: float | None
    cb: float | None
    n: int
    mean: float
    variance: float
    rmse: float
    rho: float


@dataclass(frozen=True)
class Fits:
    """Baselines of many homes. Columns as in `Fit`, NaN where a model has no part."""

    kind: IntArray
    r2_adj: FloatArray
    mu: FloatArray
    beta_h: FloatArray
    beta_c: FloatArray
    hb: FloatArray
    cb: FloatArray
    n: FloatArray
    mean: FloatArray
    variance: FloatArray
    rmse: FloatArray
    rho: FloatArray
    billing: bool = False

    def __len__(self) -> int:
        return int(self.kind.size)

    @property
    def slopes(self) -> IntArray:
        """How many slopes each model has."""
        return SLOPES[self.kind]

    @property
    def cvrmse(self) -> FloatArray:
        """Error of a typical observation as a share of the mean; above 1 is poor."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.rmse / self.mean

    def one(self, place: int) -> Fit:
        """The baseline at one place, in plain numbers."""
        row = {column: getattr(self, column)[place] for column in _COLUMNS}
        plain = {
            name: None if name in _OPTIONAL and np.isnan(value) else float(value)
            for name, value in row.items()
        }
        plain["n"] = int(row["n"])
        return Fit(kind=KINDS[int(self.kind[place])], **plain)  # type: ignore[arg-type]


_OPTIONAL = ("beta_h", "beta_c", "hb", "cb")
_COLUMNS = [f.name for f in fields(Fits) if f.name not in ("kind", "billing")]


def fits_of(rows: list[Fit], *, billing: bool = False) -> Fits:
    """Put single baselines back into columns."""
    columns = {
        name: np.array(
            [
                np.nan if getattr(row, name) is None else getattr(row, name)
                for row in rows
            ],
            dtype=np.float64,
        )
        for name in _COLUMNS
    }
    kind = np.array([KINDS.index(row.kind) for row in rows], dtype=np.intp)
    return Fits(kind=kind, billing=billing, **columns)


def joined(parts: list[Fits]) -> Fits:
    """Fits of several slices of homes as one."""
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("kind", *_COLUMNS)
    }
    return Fits(billing=parts[0].billing, **columns)


def fits_from(
    choice: Choice,
    *,
    observations: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    rmse: FloatArray,
    rho: FloatArray,
    billing: bool = False,
) -> Fits:
    """Name the parts of the chosen models, in degrees instead of hundredths."""
    heats = (choice.kind == HDD_ONLY) | (choice.kind == CDD_HDD)
    cools = (choice.kind == CDD_ONLY) | (choice.kind == CDD_HDD)
    return Fits(
        kind=choice.kind,
        r2_adj=choice.r2_adj,
        mu=choice.base,
        beta_h=np.where(heats, choice.slope_h * HUNDREDTHS, np.nan),
        beta_c=np.where(cools, choice.slope_c * HUNDREDTHS, np.nan),
        hb=choice.point_h / HUNDREDTHS,
        cb=choice.point_c / HUNDREDTHS,
        n=observations,
        mean=mean,
        variance=variance,
        rmse=rmse,
        rho=rho,
        billing=billing,
    )


def degrees_from(
    point: FloatArray, temperatures: FloatArray, sign: float
) -> FloatArray:
    """Degree days of each home (rows) and day, zero for a home without the point.

    `sign` is 1 for heating (below the point counts), -1 for cooling.
    """
    start = np.where(np.isnan(point), -sign * np.inf, np.rint(point * HUNDREDTHS))
    return np.maximum(sign * (start[:, None] - temperatures), 0.0)


def predicted_per_day(fits: Fits, temperatures: FloatArray) -> FloatArray:
    """Use the models expect, homes in rows; temperatures in hundredths of a degree."""
    heat = np.nan_to_num(fits.beta_h)[:, None] / HUNDREDTHS
    cool = np.nan_to_num(fits.beta_c)[:, None] / HUNDREDTHS
    warmth = degrees_from(fits.hb, temperatures, 1.0)
    chill = degrees_from(fits.cb, temperatures, -1.0)
    return fits.mu[:, None] + heat * warmth + cool * chill


def lag_one(residuals: FloatArray, counts: FloatArray, rmse: FloatArray) -> FloatArray:
    """Correlation of each residual with the next one of the same home (rows).

    Residuals stand at the left, zero behind the last. They are counted in whole
    steps of about a millionth of the home's own error, so that every sum is exact.
    """
    _, exponent = np.frexp(rmse)
    fine = np.rint(np.ldexp(residuals, (FINE_BITS - exponent)[:, None]))
    homes = np.arange(counts.size)
    first, last = fine[:, 0], fine[homes, np.maximum(counts.astype(np.intp) - 1, 0)]
    total, square = fine.sum(axis=1), (fine * fine).sum(axis=1)
    product = (fine[:, :-1] * fine[:, 1:]).sum(axis=1)
    pairs = counts - 1.0
    before, after = total - last, total - first
    spread_before = pairs * (square - last * last) - before * before
    spread_after = pairs * (square - first * first) - after * after
    with np.errstate(divide="ignore", invalid="ignore"):
        rho = (pairs * product - before * after) / np.sqrt(spread_before * spread_after)
    known = (counts > 2) & (rmse > 0) & np.isfinite(rho)
    return np.where(known, np.clip(rho, -1.0, 1.0), 0.0)


def to_the_left(values: FloatArray, present: ArrayLike) -> FloatArray:
    """Each row's present values without the gaps between them, zeros behind."""
    there = np.asarray(present, dtype=bool)
    counts = there.sum(axis=1)
    if bool((counts == there.shape[1]).all()):
        return values
    packed = np.zeros_like(values)
    packed[np.arange(there.shape[1]) < counts[:, None]] = values[there]
    return packed


def in_unit(fits: Fits, divisor: float) -> Fits:
    """The same baselines in another unit of use, such as kWh instead of Wh."""
    scaled = {
        name: getattr(fits, name) / divisor
        for name in ("mu", "beta_h", "beta_c", "mean", "rmse")
    }
    return replace(fits, variance=fits.variance / divisor**2, **scaled)
