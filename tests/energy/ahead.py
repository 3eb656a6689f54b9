"""A home with a year of days, a model and three years of weather."""

from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from livinglab.energy.models import Baseline, DailyUse, Premises, TipRule
from livinglab.observations.models import DailyWeather
from livinglab.people.models import Person
from tests import make

RULE = {"part": "heating", "group": "warm", "shift_degrees": "1"}


def a_tip(code: str = "warm", rule: dict[str, str] = RULE) -> None:
    TipRule.objects.create(
        code=code, valid_from=date(2024, 1, 1), source="x", checked_on=date(2026, 1, 1),
        rule=rule, text_ko="난방을 1도 낮춰요", text_en="Heat one degree less",
    )  # fmt: skip


def home_with_days(resident: Person) -> Premises:
    """Three years of weather around 5 °C, a year of 14 kWh a day, a heating model."""
    station, today = make.station(112), timezone.localdate()
    DailyWeather.objects.bulk_create(
        DailyWeather(
            station=station,
            day=today - timedelta(days=n),
            tmean=5.0 + n % 3,
            source="kma",
            quality="good",
        )  # fmt: skip
        for n in range(1, 1100)
    )
    home = make.premises(resident, station=station)
    meter = make.meter(home)
    for year in (today.year - 1, today.year):
        days = (today - date(year, 1, 1)).days
        wh = np.full(366, -1, dtype="<i4")
        wh[: max(min(days, 366), 0)] = 14_000
        DailyUse.objects.create(meter=meter, year=year, wh=wh.tobytes())
    Baseline.objects.create(
        premises=home, kind="daily", starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31), station=station, n=358, model="hdd_only", mu=8.0,
        beta_h=0.9, balance_h=12.0, rmse=1.0, mean=13.0, input_digest="x", method="x",
    )  # fmt: skip
    return home
