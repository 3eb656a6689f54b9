"""One baseline and what was saved against it, as the analysts' tool prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from livinglab.energy.baseline.bands import CONFIDENCE, fsu_half_width, ols_half_width
from livinglab.energy.baseline.billing import fit_billing, predicted_totals
from livinglab.energy.baseline.climate import FloatArray, climate_of, hundredths
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.files import (
    Bills,
    Days,
    NotABaselineFile,
    Reporting,
    gettext_noop,
)
from livinglab.energy.baseline.fits import Fits, predicted_per_day
from livinglab.energy.baseline.grid import GRIDS, Grid

DAYS_A_MONTH = 30.0


@dataclass(frozen=True)
class Held:
    """A reporting period held against a model: totals, and its length for the band."""

    observed: FloatArray
    expected: FloatArray
    length: float

    @property
    def savings(self) -> float:
        return float((self.expected - self.observed).sum())


def grid_for(sample: Days | Bills, name: str | None) -> Grid:
    """The grid asked for, or the one of the file's own unit."""
    if isinstance(sample, Days):
        return GRIDS[name or ("1f" if sample.unit == "F" else "0.5c")]
    if name not in (None, sample.grid.name):
        raise NotABaselineFile(
            gettext_noop(
                "The file holds degree days for the grid %(there)s only; use --grid "
                "%(there)s."
            ),
            there=sample.grid.name,
        )
    return sample.grid


def fit_of(sample: Days | Bills, grid: Grid) -> Fits:
    """Fit what a file holds."""
    if isinstance(sample, Bills):
        return fit_billing(sample.periods, grid)
    present = ~np.isnan(sample.use)[None]
    climate = climate_of(in_unit_of(sample, grid), grid)
    return fit_daily(np.nan_to_num(sample.use)[None], present, climate)


def in_unit_of(sample: Days, grid: Grid) -> FloatArray:
    """The file's temperatures in the grid's unit."""
    if sample.unit == grid.unit:
        return sample.temperatures
    if grid.unit == "C":
        return (sample.temperatures - 32.0) / 1.8
    return sample.temperatures * 1.8 + 32.0


def held_against(fits: Fits, grid: Grid, reporting: Days | Bills | Reporting) -> Held:
    """What the model expected of a reporting period, and what was observed."""
    if isinstance(reporting, Reporting):
        return _given(fits, reporting)
    if isinstance(reporting, Days):
        warm = in_unit_of(reporting, grid)
        known = ~np.isnan(reporting.use) & ~np.isnan(warm)
        expected = predicted_per_day(fits, hundredths(warm[known]))[0]
        days = float(known.sum())
        length = days / DAYS_A_MONTH if fits.billing else days
        return Held(reporting.use[known], expected, length)
    periods = reporting.periods
    days = float(periods.days.sum())
    length = round(days / DAYS_A_MONTH) if fits.billing else days
    observed = (periods.days * periods.use_per_day)[:, 0]
    expected = predicted_totals(fits, periods, reporting.grid)[:, 0]
    return Held(observed, expected, length)


def _given(fits: Fits, reporting: Reporting) -> Held:
    """A file that carries the expected use itself; bills count whole months."""
    known = ~np.isnan(reporting.observed) & ~np.isnan(reporting.expected)
    span = reporting.starts[-1] - reporting.starts[0]
    months = round(span / timedelta(days=DAYS_A_MONTH))
    length = float(months if fits.billing else known.sum())
    return Held(reporting.observed[known], reporting.expected[known], length)


def numbers(
    fits: Fits, held: Held | None, confidence: float = CONFIDENCE
) -> dict[str, object]:
    """The names the tool promises, None where there is nothing to say."""
    one = fits.one(0)
    found: dict[str, object] = {
        "model_type": one.kind,
        "intercept": one.mu,
        "beta_hdd": one.beta_h,
        "beta_cdd": one.beta_c,
        "heating_balance_point": one.hb,
        "cooling_balance_point": one.cb,
        "r_squared_adj": one.r2_adj,
        "n": one.n,
        "savings": None,
        "fsu_half_width": None,
        "ols_half_width": None,
    }
    if held is not None and held.observed.size:
        mean = float(held.observed.mean())
        fsu = fsu_half_width(fits, [held.length], confidence=confidence)
        ols = ols_half_width(fits, [held.length], [mean], confidence=confidence)
        found["savings"] = held.savings
        found["fsu_half_width"], found["ols_half_width"] = float(fsu[0]), float(ols[0])
    return found
