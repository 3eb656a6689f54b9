"""The page's look ahead from stored days: forecast, split, tips, few queries."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from livinglab.energy.models import Baseline, DailyUse, Premises, PremisesDiscount
from livinglab.energy.seeding import seed_rules
from livinglab.energy.selectors.looking_ahead import looking_ahead, running_bill
from livinglab.energy.usual_weather import planned_weather
from livinglab.observations.models import DailyWeather, Station
from livinglab.people.models import Person
from tests import make

TODAY = date(2026, 7, 21)


def store_days(home: Premises, first: date, last: date, kwh: float) -> None:
    """The same use on every day of a span within one year."""
    wh = np.full(366, -1, dtype="<i4")
    start = first.timetuple().tm_yday - 1
    wh[start : last.timetuple().tm_yday] = round(kwh * 1000)
    DailyUse.objects.update_or_create(
        meter=make.meter(home), year=first.year, defaults={"wh": wh.tobytes()}
    )


@pytest.fixture
def station(db: None) -> Station:
    """Two and a half years of a plain season, measured until yesterday."""
    found = make.station(119)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(932)]
    DailyWeather.objects.bulk_create(
        DailyWeather(
            station=found,
            day=day,
            tmean=round(
                13 - 14 * np.cos(2 * np.pi * (day.timetuple().tm_yday) / 365), 1
            ),
            source="kma",
            quality="good",
        )
        for day in days
        if day < TODAY
    )
    return found


@pytest.fixture
def home(resident: Person, station: Station) -> Premises:
    seed_rules(Path(settings.SEEDS_DIR))
    made = make.premises(owner=resident, dwelling="house")
    store_days(made, date(2026, 5, 1), date(2026, 7, 20), 11.0)
    Baseline.objects.create(
        premises=made,
        kind=Baseline.Kind.DAILY,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        station=station,
        n=360,
        model="cdd_hdd",
        mu=8.0,
        beta_h=0.1,
        beta_c=1.0,
        balance_h=10.0,
        balance_c=22.0,
        input_digest="0" * 64,
        method="test",
    )
    return Premises.objects.select_related("baseline__station").get(pk=made.pk)


def test_the_running_bill_follows_the_home_and_the_season(home: Premises) -> None:
    found = running_bill(home, today=TODAY)
    assert found is not None
    assert (found.start, found.end) == (date(2026, 7, 1), date(2026, 8, 1))
    assert found.days_known == 20
    assert found.kwh_so_far == pytest.approx(220)
    assert found.follows_weather
    assert 300 < found.kwh < 400
    assert found.kwh_low < found.kwh < found.kwh_high
    assert found.bounds == (300, 450, 1000)


def test_the_period_follows_the_reading_day(home: Premises) -> None:
    home.reading_day = 15
    found = running_bill(home, today=TODAY)
    assert found is not None
    assert (found.start, found.end) == (date(2026, 7, 15), date(2026, 8, 15))
    assert found.days_known == 6


def test_part_of_today_does_not_count_as_a_day(home: Premises) -> None:
    store_days(home, date(2026, 5, 1), TODAY, 11.0)
    found = running_bill(home, today=TODAY)
    assert found is not None
    assert found.days_known == 20


def test_without_a_model_the_latest_days_tell(home: Premises) -> None:
    home.baseline.kind = Baseline.Kind.NONE
    found = running_bill(home, today=TODAY)
    assert found is not None
    assert not found.follows_weather
    assert found.kwh == pytest.approx(31 * 11.0)


def test_stale_data_give_no_forecast(home: Premises) -> None:
    assert running_bill(home, today=date(2026, 8, 9)) is not None
    assert running_bill(home, today=date(2026, 8, 25)) is None


def test_a_new_home_is_shown_nothing_ahead(resident: Person) -> None:
    found = looking_ahead(make.premises(owner=resident), today=TODAY)
    assert (found.forecast, found.where, found.tips) == (None, None, [])


def test_where_it_goes_adds_up_to_the_months_bill(home: Premises) -> None:
    where = looking_ahead(home, today=TODAY).where
    assert where is not None
    assert where.won is not None
    assert where.kwh.base == pytest.approx(31 * 8)
    assert where.kwh.heating == 0
    assert where.kwh.cooling > 20
    assert where.won.base_won + where.won.cooling_won == where.won.total_won


def test_a_month_long_ago_is_split_by_its_own_weather(home: Premises) -> None:
    where = looking_ahead(home, date(2024, 8, 1), today=TODAY).where
    assert where is not None
    assert where.month == date(2024, 8, 1)
    assert where.kwh.cooling > 20


def test_three_tips_in_the_readers_language(home: Premises) -> None:
    with translation.override("ko"):
        korean = looking_ahead(home, today=TODAY).tips
    with translation.override("en"):
        english = looking_ahead(home, today=TODAY).tips
    assert len(korean) == len(english) == 3
    assert [tip.won for tip in korean] == [tip.won for tip in english]
    assert all(tip.won >= 100 and tip.is_now for tip in korean)
    assert {tip.text for tip in korean}.isdisjoint(tip.text for tip in english)
    assert "cooling_one_degree" in {tip.code for tip in korean}


@pytest.mark.parametrize("name", ["basic_livelihood", "disabled", "life_support"])
def test_homes_that_need_it_are_never_told_to_cool_less(
    name: str, home: Premises
) -> None:
    PremisesDiscount.objects.create(premises=home, names=[name])
    tips = looking_ahead(home, today=TODAY).tips
    assert tips
    assert not any(tip.code.startswith(("cooling", "heating")) for tip in tips)


def test_the_look_ahead_takes_five_queries_and_four_once_the_weather_is_kept(
    home: Premises, django_assert_num_queries: Any
) -> None:
    looking_ahead(home, today=TODAY)
    cache.clear()
    with django_assert_num_queries(5):
        looking_ahead(home, today=TODAY)
    with django_assert_num_queries(4):
        looking_ahead(home, today=TODAY)


def test_planned_weather_is_measured_usual_or_unknown() -> None:
    first = date(2024, 1, 1)
    means = np.concatenate([np.full(366, 10.0), np.full(365, 20.0)])
    plan = planned_weather(means, first, date(2025, 12, 30), date(2026, 1, 3))
    assert plan.mean[:2].tolist() == [20.0, 20.0]
    assert plan.sd[:2].tolist() == [0.0, 0.0]
    assert 10.0 < plan.mean[3] < 20.0
    assert plan.sd[3] > 0
    short = planned_weather(np.full(9, 5.0), first, date(2024, 1, 9), date(2024, 1, 11))
    assert short.mean.tolist() == [5.0, 5.0]
    assert short.sd.tolist() == [0.0, 4.0]
    none = planned_weather(np.array([]), first, first, date(2024, 1, 2))
    assert np.isnan(none.mean).all()
