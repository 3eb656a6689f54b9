"""Simulated homes through the baseline: does the likely range hold the truth?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import climate_of, hundredths
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.figures import month_figures, year_figures
from livinglab.energy.baseline.fits import in_unit
from livinglab.energy.baseline.grid import GRID_05C
from livinglab.energy.baseline.savings import day_sums
from livinglab.energy.baseline.spread import spreads_from, spreads_of
from livinglab.energy.simulation import (
    NO_CHANGE,
    Outdoors,
    draw_change,
    draw_gaps,
    draw_household,
    simulate,
)
from livinglab.observations.weather_years import Normals, WeatherDays, generate

FIRST = date(2024, 10, 24)  # so that twelve calendar months are reported
RUN_UP = 7
BASELINE = slice(RUN_UP, RUN_UP + 365)
JOINED = RUN_UP + 365
REPORTING = slice(JOINED + 1, JOINED + 366)
DAYS = JOINED + 366
COMPARISON_EVERY = 5
WIDENED = 1.07

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """kWh of a reporting year, a value a home; `comparison` homes changed nothing.

    `months`: the same in twelve columns, whose calendar months are `of_year`.
    `near_gap`: months of which the baseline knows less than their season.
    """

    estimated: Floats
    true: Floats
    half_width: Floats
    expected: Floats
    comparison: NDArray[np.bool_]
    months: Months
    of_year: NDArray[np.intp]
    near_gap: NDArray[np.bool_]

    @property
    def covered(self) -> NDArray[np.bool_]:
        return np.asarray(np.abs(self.estimated - self.true) <= self.half_width)


@dataclass(frozen=True)
class Months:
    """Homes in rows, months in columns, kWh."""

    estimated: Floats
    true: Floats
    half_width: Floats

    @property
    def covered(self) -> NDArray[np.bool_]:
        return np.asarray(np.abs(self.estimated - self.true) <= self.half_width)


def weather_of(seed: int) -> dict[int, WeatherDays]:
    rows = json.loads((settings.SEEDS_DIR / "weather_normals.json").read_text())
    normals = {
        row["station"]: Normals(row["tmean"], row["tmin"], row["tmax"])
        for row in rows["normals"]
    }
    return generate(normals, FIRST, DAYS, seed=seed)


def study(homes: int, *, station: int, seed: int, gap: int = 0) -> Study:
    """Fit a year of each home, then compare the next year's estimates with the truth.

    `gap`: so many days in a row are lost somewhere in each home's baseline.
    """
    weather = weather_of(seed)[station]
    every = range(station * 1000, station * 1000 + homes)
    comparison = np.array([index % COMPARISON_EVERY == 0 for index in every])
    simulated = simulate(
        [draw_household(seed, index) for index in every],
        _outdoors(weather),
        first=FIRST,
        changes=[
            NO_CHANGE if measures else draw_change(seed, index)
            for index, measures in zip(every, comparison, strict=True)
        ],
        change_days=[JOINED] * homes,
        seed=seed,
    )
    use = simulated.used_wh.reshape(homes, DAYS, 24).sum(axis=2)
    present = _present(seed, every, gap)
    warm = hundredths(weather.tmean)
    true = np.where(present, simulated.true_saving_wh, 0)[:, REPORTING]
    return _held(use, present, warm, true, comparison)


def _present(seed: int, every: range, gap: int) -> NDArray[np.bool_]:
    there = np.stack([draw_gaps(seed, index, DAYS * 24) for index in every])
    present: NDArray[np.bool_] = there.reshape(-1, DAYS, 24).all(axis=2)
    chance = np.random.default_rng([seed, gap])
    for row in present if gap else ():
        start = RUN_UP + int(chance.integers(0, 365 - gap + 1))
        row[start : start + gap] = False
    return present


def _held(
    use: NDArray[np.int64],
    present: NDArray[np.bool_],
    warm: Floats,
    true: NDArray[np.int64],
    comparison: NDArray[np.bool_],
) -> Study:
    """The whole way from days to ranges, as a batch goes it."""
    there, then = present[:, BASELINE], warm[BASELINE]
    fits = fit_daily(use[:, BASELINE], there, climate_of(then / 100, GRID_05C))
    of_days = np.array([(FIRST + timedelta(i)).month for i in range(DAYS)])
    spread = spreads_of(fits, use[:, BASELINE], there, then, of_days[BASELINE])
    starts = np.flatnonzero(np.diff(of_days[REPORTING], prepend=0))
    in_kwh = in_unit(fits, 1000)
    spreads = spreads_from([one.in_unit(1000) for one in spread], in_kwh)
    sums = day_sums(
        fits, use[:, REPORTING], present[:, REPORTING], warm[REPORTING], starts
    )
    of_year = of_days[REPORTING][starts]
    month = month_figures(in_kwh, spreads, sums, sums, of_year)
    year = year_figures(in_kwh, spreads, month)
    by_month = np.add.reduceat(true, starts, axis=1) / 1000
    return Study(
        estimated=year.saved[:, -1] / 1000,
        true=by_month.sum(axis=1),
        half_width=year.half[:, -1] / 1000,
        expected=year.expected[:, -1] / 1000,
        comparison=comparison,
        months=Months(month.saved / 1000, by_month, month.half / 1000),
        of_year=of_year,
        near_gap=(spreads.widening[:, of_year - 1] > WIDENED) & (month.days > 0),
    )


def _outdoors(weather: WeatherDays) -> Outdoors:
    day_of_year = [(FIRST + timedelta(i)).timetuple().tm_yday for i in range(DAYS)]
    return Outdoors.of_days(
        weather.tmean, weather.tmin, weather.tmax, np.array(day_of_year, dtype=float)
    )
