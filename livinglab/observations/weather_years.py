"""Believable days of weather made from monthly normals (pure, same seed same days).

For the demonstration only: whoever stores these days marks them as generated. The
season follows the station's published normals; days differ from it the way real days
do: slow monthly anomalies plus a first-order autoregressive day-to-day part, most of
it shared by all stations, because Incheon and Daegu lie under the same air masses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

# °C, January first: day-to-day spread around the season in Korea's temperate climate
DAILY_SD = (3.4, 3.3, 3.1, 2.9, 2.5, 2.0, 1.9, 1.9, 2.1, 2.6, 3.2, 3.4)
MONTHLY_SD = 1.1
DAY_TO_DAY = 0.68
SHARED = 0.9  # share of the anomaly, as a correlation, that all stations see
RANGE_SD = 0.28  # of the logarithm of the day's range
MID_MONTH = np.array(
    [15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319, 349.5]
)
YEAR = 365.2425


@dataclass(frozen=True)
class Normals:
    """Twelve monthly means, January first, °C."""

    tmean: Sequence[float]
    tmin: Sequence[float]
    tmax: Sequence[float]


@dataclass(frozen=True, eq=False)
class WeatherDays:
    """Consecutive days from `first`: °C with one decimal, lowest < mean < highest."""

    first: date
    tmean: Floats
    tmin: Floats
    tmax: Floats

    def __len__(self) -> int:
        return int(self.tmean.size)


def generate(
    normals: Mapping[int, Normals], first: date, days: int, *, seed: int
) -> dict[int, WeatherDays]:
    """Days for each station number. More days keep the earlier ones as they were."""
    common = _anomaly(first, days, np.random.SeedSequence([seed, 0]))
    return {
        number: _station_days(normals[number], first, days, common, seed, number)
        for number in sorted(normals)
    }


def _station_days(
    normal: Normals, first: date, days: int, common: Floats, seed: int, number: int
) -> WeatherDays:
    own = _anomaly(first, days, np.random.SeedSequence([seed, number]))
    spread = np.sqrt(1 - SHARED**2)
    when = first.toordinal() + np.arange(days)
    tmean = _season(normal.tmean, when) + SHARED * common + spread * own
    rng = np.random.default_rng([seed, number, 1])
    factor = np.exp(RANGE_SD * rng.standard_normal(days) - RANGE_SD**2 / 2)
    below = np.maximum(_season(normal.tmean, when) - _season(normal.tmin, when), 0.5)
    above = np.maximum(_season(normal.tmax, when) - _season(normal.tmean, when), 0.5)
    tmean = np.round(tmean, 1)
    return WeatherDays(
        first=first,
        tmean=tmean,
        tmin=np.round(tmean - np.maximum(below * factor, 0.3), 1),
        tmax=np.round(tmean + np.maximum(above * factor, 0.3), 1),
    )


def _season(monthly: Sequence[float], ordinals: NDArray[np.int64]) -> Floats:
    """A smooth year through mid-months whose monthly means are the normals."""
    wanted = np.asarray(monthly, dtype=float)
    knots = wanted.copy()
    year = np.arange(365) + 0.5
    month = np.repeat(np.arange(12), (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))
    for _ in range(8):  # straight lines cut the peaks; lift the knots until they fit
        found = np.bincount(month, np.interp(year, MID_MONTH, knots, period=365)) / (
            np.bincount(month)
        )
        knots += wanted - found
    return np.asarray(np.interp(_day_of_year(ordinals), MID_MONTH, knots, period=365))


def _day_of_year(ordinals: NDArray[np.int64]) -> Floats:
    starts = np.array(
        [date.fromordinal(int(day)).timetuple().tm_yday for day in ordinals]
    )
    return np.minimum(starts - 0.5, 364.5)


def _anomaly(first: date, days: int, seed: np.random.SeedSequence) -> Floats:
    """°C away from the season: a monthly part and a day-to-day part."""
    daily, monthly = (np.random.default_rng(child) for child in seed.spawn(2))
    month = np.array(
        [
            (day := date.fromordinal(first.toordinal() + i)).year * 12 + day.month - 1
            for i in range(days)
        ]
    )
    months = monthly.standard_normal(int(month[-1] - month[0]) + 1) * MONTHLY_SD
    sd = np.asarray(DAILY_SD)[month % 12]
    days_apart = sd * autoregressive(daily.standard_normal(days), DAY_TO_DAY)
    return np.asarray(months[month - month[0]] + days_apart)


def autoregressive(noise: Floats, rho: float) -> Floats:
    """Unit-variance AR(1) from unit-variance white noise."""
    out = np.empty_like(noise)
    last = out[0] = noise[0]
    step = np.sqrt(1 - rho**2)
    for i in range(1, noise.size):
        last = out[i] = rho * last + step * noise[i]
    return out
