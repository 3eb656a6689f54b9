"""What lies ahead of a home: from its own days, its model and the usual weather."""

from datetime import date

import numpy as np
import pytest
from django.utils import timezone, translation

from livinglab.energy.models import Baseline, DailyUse, PremisesDiscount
from livinglab.energy.selectors.home_days import home_days
from livinglab.energy.selectors.home_energy import homes_of
from livinglab.energy.selectors.outlook import outlook
from tests.energy.ahead import a_tip, home_with_days


@pytest.fixture
def home(resident):
    home_with_days(resident)
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
