"""Simulated homes through the baseline: does the likely range hold the truth?"""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from livinglab.energy.baseline.bands import likely_half_width
from livinglab.energy.baseline.climate import climate_of, hundredths
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.grid import GRID_05C
from livinglab.energy.baseline.savings import day_sums, expected_use
from livinglab.energy.simulation import (
    NO_CHANGE,
    Outdoors,
    draw_change,
    draw_gaps,
    draw_household,
    simulate,
)
from livinglab.observations.weather_years import Normals, WeatherDays, generate

FIRST = date(2024, 10, 25)
RUN_UP = 7
BASELINE = slice(RUN_UP, RUN_UP + 365)
JOINED = RUN_UP + 365
REPORTING = slice(JOINED + 1, JOINED + 366)
DAYS = JOINED + 366
COMPARISON_EVERY = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Study:
    """kWh of a reporting year, a value a home; `comparison` homes changed nothing."""

    estimated: Floats
    true: Floats
    half_width: Floats
    expected: Floats
    comparison: NDArray[np.bool_]

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


def study(homes: int, *, station: int, seed: int) -> Study:
    """Fit a year of each home, then compare the next year's estimate with the truth."""
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
    there = np.stack([draw_gaps(seed, index, DAYS * 24) for index in every])
    present = there.reshape(homes, DAYS, 24).all(axis=2)
    fits = fit_daily(
        use[:, BASELINE],
        present[:, BASELINE],
        climate_of(weather.tmean[BASELINE], GRID_05C),
    )
    counted = present[:, REPORTING]
    sums = day_sums(
        fits,
        use[:, REPORTING],
        counted,
        hundredths(weather.tmean[REPORTING]),
        np.array([0]),
    )
    expected = expected_use(fits, sums)[:, 0]
    true = np.where(counted, simulated.true_saving_wh[:, REPORTING], 0).sum(axis=1)
    return Study(
        estimated=(expected - sums.use[:, 0]) / 1000,
        true=true / 1000,
        half_width=likely_half_width(fits, sums.days[:, 0]) / 1000,
        expected=expected / 1000,
        comparison=comparison,
    )


def _outdoors(weather: WeatherDays) -> Outdoors:
    day_of_year = [(FIRST + timedelta(i)).timetuple().tm_yday for i in range(DAYS)]
    return Outdoors.of_days(
        weather.tmean, weather.tmin, weather.tmax, np.array(day_of_year, dtype=float)
    )
