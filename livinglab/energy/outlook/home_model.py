"""A home's fitted model as plain numbers, and where its use goes by it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HomeModel:
    """Use per day = mu + beta_h * max(hb - T, 0) + beta_c * max(T - cb, 0).

    kWh a day, kWh a day and °C, °C; a model without a part has slope 0 there.
    """

    mu: float
    beta_h: float = 0.0
    beta_c: float = 0.0
    hb: float | None = None
    cb: float | None = None

    def heating(self, temps: Floats, *, lower: float = 0.0) -> Floats:
        """Heating kWh of each day; `lower`: with the balance point so much lower."""
        if self.hb is None:
            return np.zeros_like(temps)
        heat: Floats = self.beta_h * np.maximum(self.hb - lower - temps, 0.0)
        return heat

    def cooling(self, temps: Floats, *, higher: float = 0.0) -> Floats:
        """Cooling kWh of each day; `higher`: with the balance point so much higher."""
        if self.cb is None:
            return np.zeros_like(temps)
        cool: Floats = self.beta_c * np.maximum(temps - self.cb - higher, 0.0)
        return cool

    def per_day(self, temps: Floats) -> Floats:
        """Expected kWh of each day, NaN where the temperature is not known."""
        use: Floats = self.mu + self.heating(temps) + self.cooling(temps)
        return use

    def slope(self, temps: Floats) -> Floats:
        """kWh a day for a degree more or less, at these temperatures."""
        cooling = np.zeros_like(temps) if self.cb is None else temps > self.cb
        heating = np.zeros_like(temps) if self.hb is None else temps < self.hb
        rise: Floats = self.beta_c * cooling + self.beta_h * heating
        return rise


@dataclass(frozen=True)
class Split:
    """kWh of some days by what they were for, as the home's own model says."""

    base: float
    heating: float
    cooling: float

    @property
    def total(self) -> float:
        return self.base + self.heating + self.cooling


def split(model: HomeModel, temps: Floats) -> Split:
    """Split the expected use of days with these mean temperatures.

    A day without a temperature takes the mean of the others, so the parts cover
    every day asked for; without any temperature all is base.
    """
    known = temps[np.isfinite(temps)]
    share = temps.size / known.size if known.size else 0.0
    return Split(
        base=model.mu * temps.size,
        heating=float(model.heating(known).sum()) * share,
        cooling=float(model.cooling(known).sum()) * share,
    )
