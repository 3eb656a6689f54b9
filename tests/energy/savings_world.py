"""Homes with days, weather and bills in the database, for tests of savings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from livinglab.energy.models import (
    AreaDue,
    Baseline,
    Co2Factor,
    DailyUse,
    IncentiveRule,
    Premises,
    Saving,
    SavingsDue,
)
from livinglab.energy.services.savings import compute_next
from livinglab.kernel.upsert import upsert
from livinglab.observations.models import DailyWeather, Station
from tests import make
from tests.energy.homes import korean_year

FIRST = date(2024, 1, 1)
JOINED = date(2025, 1, 1)
DAYS = 731 + 120

# What may differ between two computations of the same figure: when it was made.
MADE_AT = {"id", "computed_at"}


@dataclass(frozen=True)
class World:
    """A station with weather and homes that use energy by a known rule."""

    station: Station
    homes: list[Premises]
    temperatures: NDArray[np.float64]
    use: NDArray[np.int64]

    def day(self, number: int) -> date:
        return FIRST + timedelta(days=number)


def weather(
    number: int = 112, *, days: int = DAYS, seed: int = 7
) -> tuple[Station, NDArray[np.float64]]:
    """A station whose days are all known, in °C with one decimal."""
    station = make.station(number)
    warm = np.round(korean_year(days, seed), 1)
    kept = (DailyWeather.Source.KMA, DailyWeather.Quality.GOOD, timezone.now())
    upsert(
        DailyWeather,
        ("station_id", "day", "tmean", "source", "quality", "fetched_at"),
        (
            (station.pk, FIRST + timedelta(days=day), float(degrees), *kept)
            for day, degrees in enumerate(warm)
        ),
        unique=("station_id", "day"),
    )
    return station, warm


def rules() -> None:
    """A CO2 factor, a cashback rule and a points rule of our own."""
    facts = {"source": "test", "checked_on": FIRST, "valid_from": date(2023, 1, 1)}
    Co2Factor.objects.create(kg_per_kwh=Decimal("0.4173"), **facts)
    bands = [{"from_percent": 3, "won_per_kwh": 30}]
    cashback = {"bands": bands, "counted_up_to_percent": 30}
    IncentiveRule.objects.create(scheme="cashback", rules=cashback, **facts)
    points = {"electricity": {"bands": [{"from_percent": 5, "points": 5000}]}}
    IncentiveRule.objects.create(scheme="carbon_points", rules=points, **facts)


def world(
    homes: int = 3, *, saves: float = 0.2, noise: float = 300.0, **fields: Any
) -> World:
    """Homes that heat and cool a little and save a share from the day they join."""
    station, warm = weather()
    rules()
    chance = np.random.default_rng(3)
    base = chance.uniform(6000, 9000, (homes, 1))
    heat = 60 * np.maximum(15 - warm, 0)
    cool = 500 * np.maximum(warm - 23, 0)
    joined = (JOINED - FIRST).days
    saved = np.where(np.arange(DAYS) < joined, 1.0, 1.0 - saves)
    use = np.rint((base + heat + cool) * saved + chance.normal(0, noise, (homes, DAYS)))
    use = np.maximum(use, 100).astype(np.int64)
    places = [make.premises(joined_on=JOINED, **fields) for _ in range(homes)]
    for home, wh in zip(places, use, strict=True):
        store(home, FIRST, wh)
    return World(station, places, warm, use)


def store(home: Premises, first: date, wh: Iterable[int]) -> None:
    """Daily totals from a first day on, over whatever was there; -1 is missing."""
    meter = make.meter(home)
    years: dict[int, NDArray[np.int32]] = {
        row.year: np.frombuffer(bytes(row.wh), "<i4").copy()
        for row in DailyUse.objects.filter(meter=meter)
    }
    for number, value in enumerate(wh):
        day = first + timedelta(days=number)
        year = years.setdefault(day.year, np.full(366, -1, dtype="<i4"))
        year[day.timetuple().tm_yday - 1] = value
    for number, year in years.items():
        DailyUse.objects.update_or_create(
            meter=meter, year=number, defaults={"wh": year.tobytes()}
        )


def compute_all(*, most: int = 512) -> None:
    """Compute until nothing is due."""
    while compute_next(most=most) is not None:
        pass


def figures() -> dict[tuple[Any, ...], dict[str, Any]]:
    """Every figure and baseline, digit for digit, without when it was made."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in Saving.objects.order_by("premises", "span", "month").values():
        key = ("saving", row["premises_id"], row["span"], row["month"])
        found[key] = {name: value for name, value in row.items() if name not in MADE_AT}
    for row in Baseline.objects.order_by("premises").values():
        found["baseline", row["premises_id"]] = {
            name: value for name, value in row.items() if name not in MADE_AT
        }
    return found


def due() -> set[tuple[int, date]]:
    """Which home-months wait."""
    return set(SavingsDue.objects.values_list("premises_id", "month"))


def forget_everything() -> None:
    """Drop all that can be computed again."""
    for table in (Saving, Baseline, SavingsDue, AreaDue):
        table.objects.all().delete()
