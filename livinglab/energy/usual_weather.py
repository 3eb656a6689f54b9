"""Weather to plan with: measured where it was measured, usual for the season else."""

from __future__ import annotations

from datetime import date

import numpy as np

from livinglab.energy.forecast import Weather
from livinglab.energy.home_model import Floats

YEARS_BACK = 3
DAYS_IN_YEAR = 365
# A usual day is made of the days around the same date of earlier years.
WINDOW = 7
# Fewer of those than this: the latest days stand in, and are much less sure.
LEAST_VALUES = 5
LATEST = 7
UNSURE_SD = 4.0


def planned_weather(means: Floats, first: date, start: date, end: date) -> Weather:
    """Mean °C and its uncertainty for the days [start, end).

    means: daily means from `first` on, NaN where missing. A measured day is sure; any
    other is the mean of the same season of up to three earlier years, with the spread
    those days had. NaN only where nothing at all is known.
    """
    offset = (start - first).days
    pairs = [_day(means, offset + i) for i in range((end - start).days)]
    mean, sd = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    return Weather(mean, sd)


def _day(means: Floats, place: int) -> tuple[float, float]:
    if 0 <= place < means.size and np.isfinite(means[place]):
        return float(means[place]), 0.0
    values = np.concatenate(
        [
            _around(means, place - years * DAYS_IN_YEAR)
            for years in range(1, 1 + YEARS_BACK)
        ]
    )
    if values.size >= LEAST_VALUES:
        return float(values.mean()), float(values.std())
    before = means[: max(place, 0)]
    latest = before[np.isfinite(before)][-LATEST:]
    return (float(latest.mean()), UNSURE_SD) if latest.size else (np.nan, np.nan)


def _around(means: Floats, place: int) -> Floats:
    """Measured days within a week of a place, if it lies in the series."""
    low, high = max(place - WINDOW, 0), min(place + WINDOW + 1, means.size)
    near = means[low:high] if low < high else means[:0]
    measured: Floats = near[np.isfinite(near)]
    return measured
