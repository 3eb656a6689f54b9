"""Generated weather: follows the normals, differs from them like real days."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from django.conf import settings

from livinglab.observations.weather_years import Normals, WeatherDays, generate

FIRST = date(1996, 1, 1)
YEARS = 30


def seeded_normals() -> dict[int, Normals]:
    rows = json.loads((settings.SEEDS_DIR / "weather_normals.json").read_text())
    return {
        row["station"]: Normals(row["tmean"], row["tmin"], row["tmax"])
        for row in rows["normals"]
    }


@pytest.fixture(scope="module")
def thirty_years() -> dict[int, WeatherDays]:
    return generate(seeded_normals(), FIRST, YEARS * 365, seed=20)


def months_of(first: date, days: int) -> np.ndarray:
    return np.array([(first + timedelta(i)).month for i in range(days)])


@pytest.mark.parametrize("number", [112, 119, 143])
def test_thirty_years_have_the_normals_as_their_means(
    thirty_years: dict[int, WeatherDays], number: int
) -> None:
    weather, normal = thirty_years[number], seeded_normals()[number]
    month = months_of(FIRST, len(weather))
    for name in ("tmean", "tmin", "tmax"):
        found = [getattr(weather, name)[month == m].mean() for m in range(1, 13)]
        assert np.abs(np.array(found) - getattr(normal, name)).max() < 1.0


def test_every_day_has_lowest_below_mean_below_highest(
    thirty_years: dict[int, WeatherDays],
) -> None:
    for weather in thirty_years.values():
        assert (weather.tmin < weather.tmean).all()
        assert (weather.tmean < weather.tmax).all()
        assert weather.tmin.min() > -35
        assert weather.tmax.max() < 45


def test_winters_differ_more_than_summers_and_days_resemble_the_day_before(
    thirty_years: dict[int, WeatherDays],
) -> None:
    weather = thirty_years[143]
    month = months_of(FIRST, len(weather))
    away = weather.tmean - np.array(
        [weather.tmean[month == m].mean() for m in range(1, 13)]
    ).take(month - 1)
    assert 2.5 < away[month == 1].std() < 5
    assert 1.5 < away[month == 8].std() < 3
    assert 0.5 < np.corrcoef(away[:-1], away[1:])[0, 1] < 0.9


def test_years_differ_from_each_other(thirty_years: dict[int, WeatherDays]) -> None:
    weather = thirty_years[119]
    month = months_of(FIRST, len(weather))
    year = np.arange(len(weather)) // 365
    julys = [weather.tmean[(month == 7) & (year == y)].mean() for y in range(YEARS)]
    assert 0.5 < np.std(julys) < 2.5


def test_stations_lie_under_the_same_air(thirty_years: dict[int, WeatherDays]) -> None:
    month = months_of(FIRST, YEARS * 365)
    januaries = [thirty_years[n].tmean[month == 1] for n in (112, 143)]
    assert 0.6 < np.corrcoef(*januaries)[0, 1] < 0.98


def test_the_same_seed_gives_the_same_days_and_another_seed_others() -> None:
    normals = seeded_normals()
    one, same, other = (
        generate(normals, FIRST, 400, seed=seed)[112].tmean for seed in (1, 1, 2)
    )
    assert (one == same).all()
    assert (one != other).any()


def test_more_days_keep_the_earlier_ones() -> None:
    short = generate(seeded_normals(), FIRST, 100, seed=5)
    long = generate(seeded_normals(), FIRST, 130, seed=5)
    for number, weather in short.items():
        assert (long[number].tmean[:100] == weather.tmean).all()
        assert (long[number].tmax[:100] == weather.tmax).all()


def test_values_have_one_decimal_as_stations_publish_them() -> None:
    weather = generate(seeded_normals(), FIRST, 60, seed=3)[119]
    assert np.allclose(weather.tmean * 10, np.rint(weather.tmean * 10))
