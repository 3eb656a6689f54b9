"""Month and twelve-month figures of many homes, in whole Wh, from sums of days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.bands import likely_half_width
from livinglab.energy.baseline.climate import BoolArray, FloatArray
from livinglab.energy.baseline.fits import Fits
from livinglab.energy.baseline.savings import DaySums, expected_use, weather_part
from livinglab.energy.baseline.sufficiency import DAYS_PER_MONTH

WattHours = NDArray[np.int64]

WH = 1000.0
YEAR = 12
NO_VISIBLE_CHANGE, SAVING, USING_MORE = "no_visible_change", "saving", "using_more"


@dataclass(frozen=True)
class Figures:
    """Homes in rows, months in columns; nothing is known where `days` is zero."""

    days: NDArray[np.int64]
    expected: WattHours
    actual: WattHours
    half: WattHours
    weather: WattHours
    has_weather: BoolArray

    @property
    def saved(self) -> WattHours:
        return self.expected - self.actual


def whole_wh(kwh: FloatArray) -> WattHours:
    """kWh to whole Wh, zero where unknown."""
    return np.rint(np.nan_to_num(kwh) * WH).astype(np.int64)


def month_figures(fits: Fits, sums: DaySums, usual: DaySums) -> Figures:
    """Figures of each month.

    `fits` in kWh; `sums` with use in Wh over the counted reporting days; `usual` the
    degree days of the same calendar month of the baseline (see `weather_part`).
    """
    weather = weather_part(fits, sums, usual)
    return Figures(
        days=sums.days.astype(np.int64),
        expected=whole_wh(expected_use(fits, sums)),
        actual=sums.use.astype(np.int64),
        half=_half(fits, sums.days),
        weather=whole_wh(weather),
        has_weather=~np.isnan(weather),
    )


def year_figures(fits: Fits, months: Figures) -> Figures:
    """Figures of the twelve months that end with each month, sums of its months."""
    days = trailing_year(months.days)
    unknown = trailing_year((~months.has_weather & (months.days > 0)).astype(np.int64))
    return Figures(
        days=days,
        expected=trailing_year(months.expected),
        actual=trailing_year(months.actual),
        half=_half(fits, days.astype(np.float64)),
        weather=trailing_year(months.weather),
        has_weather=unknown == 0,
    )


def trailing_year(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum of each column and the eleven before it."""
    running = np.cumsum(values, axis=1)
    running[:, YEAR:] -= running[:, :-YEAR].copy()
    return running


def _half(fits: Fits, days: FloatArray) -> WattHours:
    reporting = days / DAYS_PER_MONTH if fits.billing else days
    with np.errstate(invalid="ignore"):
        return whole_wh(likely_half_width(fits, reporting))


def states_of(saved: WattHours, half: WattHours) -> list[str]:
    """Whether each likely range leaves zero out, and on which side."""
    names = (USING_MORE, NO_VISIBLE_CHANGE, SAVING)
    side = np.where(np.abs(saved) <= half, 0, np.sign(saved))
    return [names[place] for place in (side + 1).tolist()]


def usual_months(window: DaySums, month_of_year: NDArray[np.intp]) -> DaySums:
    """Degree days of a baseline window by calendar month, laid out for every column.

    `window` holds sums over the window's days per column of months; columns of the
    same calendar month are added (a window may begin within one).
    """
    same = month_of_year[:, None] == month_of_year[None, :]
    fold = same.astype(np.float64)
    parts = (window.days, window.use, window.heating, window.cooling)
    return DaySums(*(part @ fold for part in parts))
