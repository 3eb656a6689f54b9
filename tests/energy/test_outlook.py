"""What lies ahead of a home: from its own days, its model and the usual weather."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone, translation

from livinglab.energy.models import Baseline, DailyUse, PremisesDiscount, TipRule
from livinglab.energy.selectors.home_days import home_days
from livinglab.energy.selectors.home_energy import homes_of
from livinglab.energy.selectors.outlook import outlook
from livinglab.observations.models import DailyWeather
from tests import make

RULE = {"part": "heating", "group": "warm", "shift_degrees": "1"}


def a_tip(code="warm", rule=RULE):
    TipRule.objects.create(
        code=code, valid_from=date(2024, 1, 1), source="x", checked_on=date(2026, 1, 1),
        rule=rule, text_ko="난방을 1도 낮춰요", text_en="Heat one degree less",
    )  # fmt: skip


@pytest.fixture
def home(resident):
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
    return homes_of(resident).get()


def look(home):
    return outlook(home, home_days(home, timezone.localdate().replace(day=1)))


def test_the_running_bill_is_forecast_from_the_homes_own_days(home):
    found = look(home).forecast
    assert found is not None
    assert found.follows_weather
    length = (found.end - found.start).days
    assert found.kwh == pytest.approx(14 * length, rel=0.1)
    assert found.won_low <= found.won <= found.won_high


def test_the_reading_day_sets_the_period(home):
    home.reading_day = 15
    assert look(home).forecast.start.day == 15


def test_where_it_goes_adds_up_to_the_bill(home):
    parts = look(home).split
    assert parts is not None
    assert parts.kwh.heating > 0
    assert parts.kwh.cooling == 0
    assert parts.base_won + parts.heating_won == parts.total_won


def test_a_tip_is_in_the_readers_language_and_in_won(home):
    a_tip()
    with translation.override("ko"):
        (tip,) = look(home).tips
    assert tip.text == "난방을 1도 낮춰요"
    assert tip.won > 0
    with translation.override("en"):
        assert look(home).tips[0].text == "Heat one degree less"


def test_a_fragile_home_is_never_told_to_heat_less(home, resident):
    a_tip()
    PremisesDiscount.objects.create(premises=home, names=["life_support"])
    assert look(homes_of(resident).get()).tips == []


def test_a_home_without_a_model_still_gets_a_forecast(home, resident):
    Baseline.objects.all().delete()
    found = look(homes_of(resident).get())
    assert found.forecast is not None
    assert not found.forecast.follows_weather
    assert found.split is None


def test_a_home_without_days_gets_nothing(home, resident):
    DailyUse.objects.all().delete()
    assert look(homes_of(resident).get()).forecast is None


def test_stale_data_give_no_forecast(home):
    row = DailyUse.objects.order_by("-year").first()
    today = timezone.localdate()
    wh = np.frombuffer(bytes(row.wh), "<i4").copy()
    wh[(today - date(today.year, 1, 1)).days - 25 :] = -1
    row.wh = wh.tobytes()
    row.save(update_fields=["wh"])
    assert look(home).forecast is None


def test_a_facility_gets_no_tips_about_living_rooms(home):
    a_tip()
    home.kind = "facility"
    home.tariff_kind = "general_a1_low"
    found = look(home)
    assert found.tips == []
    assert found.forecast.bounds == ()


def test_the_whole_page_asks_the_database_little(
    home, resident, client, django_assert_max_num_queries
):
    a_tip()
    client.force_login(resident)
    with django_assert_max_num_queries(8):
        text = client.get("/energy/").text
    assert "난방을 1도 낮춰요" in text
