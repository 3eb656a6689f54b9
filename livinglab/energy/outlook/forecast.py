"""Forecast of a running bill: kWh, won, and the day the next step is reached.

From the home's own days so far. With the home's fitted model the days to come follow
the weather expected, scaled by how the home did lately against its model; without
one they are like its latest days. The band holds the day-to-day noise (with its
day-to-day memory), what is not known about the level, and the weather to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.outlook.home_model import Floats, HomeModel
from livinglab.energy.tariff.bill import Account, tier_bounds
from livinglab.energy.tariff.pricing import price_period, whole_kwh
from livinglab.energy.tariff.tables import TariffBook

CONFIDENCE = 0.90
Z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
# The latest days that say how the home does now.
LATEST_DAYS = 28
# With a model: how many days of evidence the model itself weighs.
MODEL_WEIGHT_DAYS = 7
# Fewer known days than this give no forecast.
LEAST_DAYS = 5
# Memory of daily noise when too few days tell it, and of daily temperature.
USUAL_RHO = 0.4
WEATHER_RHO = 0.7
DAYS_FOR_RHO = 14


@dataclass(frozen=True)
class Weather:
    """Mean °C of each day and how unsure it is (0 for a measured day)."""

    mean: Floats
    sd: Floats


@dataclass(frozen=True)
class Crossing:
    """When use passes a bound of the ladder; None: not in this period.

    tier: the step that begins there. Between `earliest` and `latest` it is likely.
    """

    tier: int
    bound_kwh: int
    on: date | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True)
class Forecast:
    """The bill of [start, end) as it looks now; kWh and won with their likely range.

    kwh_so_far counts measured days only. by_day: expected sum at the end of each day.
    """

    start: date
    end: date
    days_known: int
    kwh_so_far: float
    kwh: float
    kwh_low: float
    kwh_high: float
    won: int
    won_low: int
    won_high: int
    bounds: tuple[int, ...]
    crossings: tuple[Crossing, ...]
    by_day: Floats
    follows_weather: bool

    @property
    def tier(self) -> int:
        """The step of the ladder the whole bill is expected to reach, from 1."""
        return 1 + sum(self.kwh > bound for bound in self.bounds)

    @property
    def tier_now(self) -> int:
        """The step that the measured kWh have reached."""
        return 1 + sum(self.kwh_so_far > bound for bound in self.bounds)


def bill_period(reading_day: int | None, day: date) -> tuple[date, date]:
    """The billing period [start, end) that holds a day; calendar month without one."""
    wanted = reading_day or 1
    this, following = _reading(day, wanted), _reading(_month_after(day), wanted)
    if day >= this:
        return this, following
    return _reading(day.replace(day=1) - timedelta(days=1), wanted), this


def forecast(
    book: TariffBook,
    account: Account,
    start: date,
    end: date,
    use: Floats,
    *,
    before: Floats,
    model: HomeModel | None = None,
    weather: Weather | None = None,
) -> Forecast | None:
    """Forecast the bill of [start, end), or None when too little is known.

    use: kWh of each day of the period, NaN for a day to come or not measured.
    before: kWh of the days just before the period, NaN where missing.
    weather: for the days of `before` and then of the period; needed with a model.
    Raises NoTable when no tariff is in force.
    """
    both = np.concatenate([before, use])
    if model and weather and np.isfinite(weather.mean).all():
        shape = model.per_day(weather.mean)
        slope = model.slope(weather.mean) * weather.sd
        evidence = MODEL_WEIGHT_DAYS
    else:
        model, shape = None, np.ones_like(both)
        slope, evidence = np.zeros_like(both), 0
    known = np.isfinite(both)
    latest = np.flatnonzero(known)[-LATEST_DAYS:]
    if latest.size < LEAST_DAYS:
        return None
    level, sd, level_sd, rho = _level(both[latest], shape[latest], evidence)
    own = slice(before.size, None)
    path = _sums(
        use, level * shape[own], sd, level_sd * shape[own], level * slope[own], rho
    )
    return _priced(
        book, account, (start, end), use, path, follows_weather=model is not None
    )


def _level(
    use: Floats, shape: Floats, evidence: int
) -> tuple[float, float, float, float]:
    """Level against the shape, sd of a day, sd of the level, memory of the noise."""
    typical = float(shape.mean())
    weight = float(shape.sum()) + evidence * typical
    level = (float(use.sum()) + evidence * typical) / weight
    residual = use - level * shape
    n = use.size
    rho = USUAL_RHO
    if n >= DAYS_FOR_RHO and residual.std() > 0:
        rho = float(np.clip(np.corrcoef(residual[:-1], residual[1:])[0, 1], 0, 0.9))
    # With few days the spread itself is unsure: a fifth of the use stands in.
    fallback = 0.2 * level * typical
    sd = float(np.sqrt(((residual**2).sum() + 3 * fallback**2) / (n + 3)))
    memory = (1 + rho) / (1 - rho)
    level_sd = sd * np.sqrt(memory / (n + evidence)) / typical
    return level, sd, float(level_sd), rho


def _sums(
    use: Floats,
    mean: Floats,
    sd: float,
    level_sd: Floats,
    weather_sd: Floats,
    rho: float,
) -> tuple[Floats, Floats]:
    """Expected sum and its standard deviation at the end of each day."""
    open_days = ~np.isfinite(use)
    total = np.cumsum(np.where(open_days, mean, use))
    noise = np.cumsum(open_days) * sd**2 * (1 + rho) / (1 - rho)
    level = np.cumsum(np.where(open_days, level_sd, 0.0)) ** 2
    memory = (1 + WEATHER_RHO) / (1 - WEATHER_RHO)
    weather = np.cumsum(np.where(open_days, weather_sd, 0.0) ** 2) * memory
    return total, np.sqrt(noise + level + weather)


def _priced(
    book: TariffBook,
    account: Account,
    period: tuple[date, date],
    use: Floats,
    path: tuple[Floats, Floats],
    *,
    follows_weather: bool,
) -> Forecast:
    start, end = period
    total, spread = path
    so_far = float(np.nansum(use))
    half = Z * float(spread[-1])
    kwh = float(total[-1])
    low, high = max(kwh - half, so_far), kwh + half
    won = price_period(book, account, start, end, whole_kwh(np.array([kwh, low, high])))
    bounds = tier_bounds(book, account.kind, start, end)
    return Forecast(
        start=start,
        end=end,
        days_known=int(np.isfinite(use).sum()),
        kwh_so_far=so_far,
        kwh=kwh,
        kwh_low=low,
        kwh_high=high,
        won=int(won[0]),
        won_low=int(won[1]),
        won_high=int(won[2]),
        bounds=bounds,
        crossings=tuple(
            _crossing(tier, bound, start, total, spread)
            for tier, bound in enumerate(bounds, start=2)
        ),
        by_day=total,
        follows_weather=follows_weather,
    )


def _crossing(
    tier: int, bound: int, start: date, total: Floats, spread: Floats
) -> Crossing:
    days = [
        _first_above(path, bound, start)
        for path in (total, total + Z * spread, total - Z * spread)
    ]
    return Crossing(tier, bound, *days)


def _first_above(path: NDArray[np.float64], bound: int, start: date) -> date | None:
    above = np.flatnonzero(path > bound)
    return start + timedelta(days=int(above[0])) if above.size else None


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _reading(day: date, wanted: int) -> date:
    """The reading day in the month of `day`; a month too short reads on its last."""
    last = _month_after(day) - timedelta(days=1)
    return day.replace(day=min(wanted, last.day))
