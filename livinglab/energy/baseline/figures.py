"""Month and twelve-month figures of many homes, in whole Wh, from sums of days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.bands import likely_half_width
from livinglab.energy.baseline.climate import BoolArray, FloatArray
from livinglab.energy.baseline.fits import Fits
from livinglab.energy.baseline.savings import DaySums, expected_use, weather_part
from livinglab.energy.baseline.spread import Spreads
from livinglab.energy.baseline.sufficiency import DAYS_PER_MONTH

WattHours = NDArray[np.int64]

WH = 1000.0
YEAR = 12
NO_VISIBLE_CHANGE, SAVING, USING_MORE = "no_visible_change", "saving", "using_more"


@dataclass(frozen=True)
class Figures:
    """Homes in rows, months in columns; nothing is known where `days` is zero.

    `variance` (Wh squared) is what averages out over the months, `ignorance` (Wh) what
    does not: seasons the baseline hardly knows. Whole numbers, so that a year has the
    same digits whichever months are counted beside it.
    """

    days: NDArray[np.int64]
    expected: WattHours
    actual: WattHours
    half: WattHours
    weather: WattHours
    variance: WattHours
    ignorance: WattHours
    has_weather: BoolArray

    @property
    def saved(self) -> WattHours:
        return self.expected - self.actual


def whole_wh(kwh: FloatArray) -> WattHours:
    """kWh to whole Wh, zero where unknown."""
    return np.rint(np.nan_to_num(kwh) * WH).astype(np.int64)


def month_figures(
    fits: Fits,
    spreads: Spreads,
    sums: DaySums,
    usual: DaySums,
    of_year: NDArray[np.intp],
) -> Figures:
    """Figures of each month.

    `fits` and `spreads` in kWh; `sums` with use in Wh over the counted reporting days;
    `usual` the degree days of the same calendar month of the baseline (see
    `weather_part`); `of_year` the calendar month (1 to 12) of each column.
    """
    weather = weather_part(fits, sums, usual)
    variance = _whole_squares(spreads.variance(sums))
    noise = _noise(fits, spreads, sums.days, variance)
    wider = spreads.widening[:, of_year - 1]
    return Figures(
        days=sums.days.astype(np.int64),
        expected=whole_wh(expected_use(fits, sums)),
        actual=sums.use.astype(np.int64),
        half=whole_wh(noise * wider),
        weather=whole_wh(weather),
        variance=variance,
        ignorance=whole_wh(noise * np.sqrt(wider * wider - 1.0)),
        has_weather=~np.isnan(weather),
    )


def year_figures(fits: Fits, spreads: Spreads, months: Figures) -> Figures:
    """Figures of the twelve months that end with each month, sums of its months."""
    days = trailing_year(months.days)
    unknown = trailing_year((~months.has_weather & (months.days > 0)).astype(np.int64))
    variance = trailing_year(months.variance)
    ignorance = trailing_year(months.ignorance)
    noise = _noise(fits, spreads, days.astype(np.float64), variance)
    return Figures(
        days=days,
        expected=trailing_year(months.expected),
        actual=trailing_year(months.actual),
        half=whole_wh(np.sqrt(noise**2 + (ignorance / WH) ** 2)),
        weather=trailing_year(months.weather),
        variance=variance,
        ignorance=ignorance,
        has_weather=unknown == 0,
    )


def trailing_year(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum of each column and the eleven before it."""
    running = np.cumsum(values, axis=1)
    running[:, YEAR:] -= running[:, :-YEAR].copy()
    return running


def _noise(
    fits: Fits, spreads: Spreads, days: FloatArray, variance: WattHours
) -> FloatArray:
    """The likely half width in kWh, were every season known."""
    length = DAYS_PER_MONTH if fits.billing else 1.0
    with np.errstate(invalid="ignore"):
        return likely_half_width(
            fits,
            days / length,
            variance=variance / (WH * WH * length),
            memory=spreads.memory,
        )


def _whole_squares(kwh: FloatArray) -> WattHours:
    return np.rint(np.nan_to_num(kwh) * WH * WH).astype(np.int64)


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
    return DaySums(*(part @ fold for part in window.parts))
