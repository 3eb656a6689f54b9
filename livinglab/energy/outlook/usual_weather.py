"""The weather a day usually has, from what was measured in earlier years (pure)."""

from __future__ import annotations

from datetime import date

import numpy as np

from livinglab.energy.outlook.home_model import Floats

YEARS_BACK = 2
DAYS_AROUND = 7
LEAST_VALUES = 8
LEAST_SD = 1.5
YEAR = 365.25


def usual_weather(
    temps: Floats, first: date, start: date, length: int
) -> tuple[Floats, Floats]:
    """Mean °C of each of `length` days from `start`, and how far a year strays.

    temps: measured daily means from the day `first` on, NaN where missing. A day's
    mean is that of the days around it in earlier years; NaN where too few are known.
    """
    if not temps.size:
        return np.full(length, np.nan), np.full(length, LEAST_SD)
    around = np.arange(-DAYS_AROUND, DAYS_AROUND + 1)
    back = np.rint(np.arange(1, YEARS_BACK + 1) * YEAR).astype(int)
    offset = (start - first).days
    places = offset + np.arange(length)[:, None, None]
    places = (places - back[None, :, None] + around).reshape(length, -1)
    inside = (places >= 0) & (places < temps.size)
    values = np.where(inside, temps[np.clip(places, 0, temps.size - 1)], np.nan)
    known = np.isfinite(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    mean = np.full(length, np.nan)
    enough = count >= LEAST_VALUES
    mean[enough] = total[enough] / count[enough]
    away = np.where(known, values - np.nan_to_num(mean)[:, None], 0.0)
    sd = np.sqrt((away * away).sum(axis=1) / np.maximum(count, 1))
    return mean, np.maximum(sd, LEAST_SD)
