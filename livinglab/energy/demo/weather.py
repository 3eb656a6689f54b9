"""Weather of the demonstration: generated where nothing measured is known."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from livinglab.energy.simulation import Outdoors
from livinglab.observations.models import DailyWeather, Station
from livinglab.observations.readers import DayReading
from livinglab.observations.services import store_daily_weather
from livinglab.observations.weather_years import Normals, WeatherDays, generate

Floats = NDArray[np.float64]


def write_weather(first: date, last: date, *, seed: int) -> None:
    """Days for every station with normals, marked as generated; measured days stay."""
    found = generate(_normals(), first, (last - first).days + 1, seed=seed)
    for number, days in found.items():
        station = Station.objects.filter(number=number).first()
        if station is not None:
            store_daily_weather(
                station,
                _readings(number, days),
                source=DailyWeather.Source.GENERATED,
            )


def outdoors(station: Station, first: date, last: date) -> Outdoors:
    """The sky over a station as stored, hour by hour.

    A day the station did not tell still had weather: it lies between its neighbours.
    """
    days = (last - first).days + 1
    columns = np.full((3, days), np.nan)
    rows = DailyWeather.objects.filter(station=station, day__range=(first, last))
    for day, *values in rows.values_list("day", "tmean", "tmin", "tmax"):
        columns[:, (day - first).days] = [np.nan if v is None else v for v in values]
    tmean = _between(columns[0])
    tmin, tmax = _between(columns[1], tmean - 4), _between(columns[2], tmean + 4)
    day_of_year = [(first + timedelta(i)).timetuple().tm_yday for i in range(days)]
    return Outdoors.of_days(tmean, tmin, tmax, np.array(day_of_year, dtype=float))


def _between(values: Floats, otherwise: Floats | None = None) -> Floats:
    known = np.isfinite(values)
    if not known.any():
        return np.zeros_like(values) if otherwise is None else otherwise
    places = np.arange(values.size)
    return np.interp(places, places[known], values[known])


def _normals() -> dict[int, Normals]:
    path = settings.SEEDS_DIR / "weather_normals.json"
    rows: Sequence[dict[str, Any]] = json.loads(path.read_text())["normals"]
    return {
        row["station"]: Normals(row["tmean"], row["tmin"], row["tmax"]) for row in rows
    }


def _readings(number: int, days: WeatherDays) -> list[DayReading]:
    columns = (days.tmean.tolist(), days.tmin.tolist(), days.tmax.tolist())
    return [
        DayReading(days.first + timedelta(i), number, *values)
        for i, values in enumerate(zip(*columns, strict=True))
    ]
