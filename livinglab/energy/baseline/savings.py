"""What was saved: expected less actual use, by month and by year, from day sums.

Sums of days are whole numbers, so a month counted tonight has the same digits as the
same month counted again with all others.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import BoolArray, FloatArray, IntArray
from livinglab.energy.baseline.fits import Fits, degrees_from
from livinglab.energy.baseline.grid import HUNDREDTHS


@dataclass(frozen=True)
class DaySums:
    """Sums over the counted days, homes in rows, months (or other spans) in columns.

    `use` in the unit of the readings, degree days in hundredths of a degree; the days
    on which the home heats or cools by its own model.
    """

    days: FloatArray
    use: FloatArray
    heating: FloatArray
    cooling: FloatArray
    heating_days: FloatArray
    cooling_days: FloatArray

    @property
    def parts(self) -> tuple[FloatArray, ...]:
        return tuple(getattr(self, column.name) for column in fields(self))

    def over(self, columns: slice | IntArray) -> DaySums:
        """The same sums over several columns together, as one column."""
        return DaySums(
            *(part[:, columns].sum(axis=1, keepdims=True) for part in self.parts)
        )


def day_sums(
    fits: Fits,
    use: NDArray[np.number],
    present: BoolArray,
    temperatures: FloatArray,
    starts: IntArray,
) -> DaySums:
    """Sum the days of each span at each home's own balance points.

    `temperatures` are hundredths of a degree, NaN where missing; such days and those
    not `present` are left out of both sides. `starts` are the first columns of the
    spans, ascending, the first one zero.
    """
    counted = present & ~np.isnan(temperatures)
    warm = np.nan_to_num(temperatures)

    def total(values: FloatArray | NDArray[np.number]) -> FloatArray:
        return np.add.reduceat(np.where(counted, values, 0.0), starts, axis=1)

    heat = degrees_from(fits.hb, warm, 1.0)
    cool = degrees_from(fits.cb, warm, -1.0)
    return DaySums(
        days=total(np.ones(counted.shape)),
        use=total(use),
        heating=total(heat),
        cooling=total(cool),
        heating_days=total(np.sign(heat)),
        cooling_days=total(np.sign(cool)),
    )


def expected_use(fits: Fits, sums: DaySums) -> FloatArray:
    """What the homes would have used: base by day, slopes by degree day."""
    heat = np.nan_to_num(fits.beta_h)[:, None] * (sums.heating / HUNDREDTHS)
    cool = np.nan_to_num(fits.beta_c)[:, None] * (sums.cooling / HUNDREDTHS)
    return fits.mu[:, None] * sums.days + heat + cool


@dataclass(frozen=True)
class Shares:
    """How expected use splits into base load, heating and cooling."""

    base: FloatArray
    heating: FloatArray
    cooling: FloatArray


def expected_shares(fits: Fits, sums: DaySums) -> Shares:
    """Where the expected use goes, by the home's own model."""
    return Shares(
        fits.mu[:, None] * sums.days,
        np.nan_to_num(fits.beta_h)[:, None] * (sums.heating / HUNDREDTHS),
        np.nan_to_num(fits.beta_c)[:, None] * (sums.cooling / HUNDREDTHS),
    )


def weather_part(fits: Fits, sums: DaySums, usual: DaySums) -> FloatArray:
    """Use the weather spared (above zero) against the same days of the baseline year.

    `usual` holds, per column, the degree days of the same calendar month within the
    baseline, over all its days with a temperature; scaled to the days counted now.
    """
    scale = np.where(usual.days > 0, sums.days / np.maximum(usual.days, 1.0), np.nan)
    heat = np.nan_to_num(fits.beta_h)[:, None] / HUNDREDTHS
    cool = np.nan_to_num(fits.beta_c)[:, None] / HUNDREDTHS
    warmth = usual.heating * scale - sums.heating
    chill = usual.cooling * scale - sums.cooling
    return heat * warmth + cool * chill
