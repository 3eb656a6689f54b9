"""The 에너지 page in each state: words first, honest, in few questions."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.utils import timezone

from livinglab.energy.models import Baseline, DailyUse, Saving, SavingsDue
from livinglab.energy.selectors.day_chart import day_rows, month_days
from livinglab.energy.selectors.home_days import home_days
from livinglab.observations.models import DailyWeather
from tests import make

OCTOBER = date(2026, 10, 1)


def saving(home, state, *, won=8400, month=OCTOBER, **more):
    facts = {
        "expected_kwh": 400, "actual_kwh": 350, "saved_kwh": 50,
        "saved_kwh_low": 30, "saved_kwh_high": 70, "weather_kwh": 12,
        "expected_won": 70_000, "actual_won": 70_000 - won, "saved_won": won,
        "saved_won_low": won - 4000, "saved_won_high": won + 4000,
        "days": 30, "days_possible": 31, "method": "caltrack-2.0/1",
    }  # fmt: skip
    return Saving.objects.create(
        premises=home, month=month, state=state, **{**facts, **more}
    )


def baseline(home, *, n=358, kind="daily"):
    return Baseline.objects.create(
        premises=home, kind=kind, starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31), station=make.station(112), n=n, model="hdd_only",
        mu=8.0, beta_h=0.5, balance_h=12.0, rmse=1.0, mean=9.0, input_digest="x",
        method="caltrack-2.0/1",
    )  # fmt: skip


def use(home, kwh, year=2026):
    wh = np.full(366, -1, dtype="<i4")
    wh[: len(kwh)] = [-1 if value is None else round(value * 1000) for value in kwh]
    DailyUse.objects.create(meter=make.meter(home), year=year, wh=wh.tobytes())


def rows_of(home, month):
    return day_rows(home, month, home_days(home, month))


@pytest.fixture
def home(resident, client):
    client.force_login(resident)
    return make.premises(resident)


def words(client, **query):
    return client.get("/energy/", query).text


def test_a_visitor_learns_what_it_is_for(client, db):
    assert "우리 집이 아낀 만큼 보여드려요" in words(client)


def test_whoever_has_no_home_is_asked_for_one(client, resident):
    client.force_login(resident)
    assert "아직 우리 집이 없어요" in words(client)


def test_a_home_without_data_is_asked_for_some(client, home):
    assert "아직 에너지 데이터가 없어요" in words(client)


def test_a_collecting_home_sees_how_far_it_is(client, home):
    baseline(home, n=124, kind="none")
    text = words(client)
    assert "124" in text
    assert "329" in text


def test_a_saving_is_said_in_won_first(client, home):
    saving(home, "saving")
    text = words(client)
    assert "8,400원" in text
    assert "아꼈어요" in text
    assert "−12 %" in text


def test_using_more_is_said_without_blame(client, home):
    saving(home, "using_more", won=-2100)
    text = words(client)
    assert "3 %" in text
    assert "더 썼어요" in text
    assert "날씨 영향은 이미 뺐어요" in text


def test_no_visible_change_is_a_normal_result(client, home):
    saving(home, "no_visible_change", won=300)
    assert "평소와 비슷해요" in words(client)


def test_an_older_month_can_be_looked_at(client, home):
    saving(home, "saving", won=1200, month=date(2026, 9, 1))
    saving(home, "saving")
    assert "1,200원" in words(client, month="2026-09")
    assert 'rel="next"' in words(client, month="2026-09")


def test_every_number_says_how_it_was_calculated(client, home):
    saving(home, "saving", tariff="residential_low 2025-01-01")
    text = words(client)
    assert "caltrack-2.0/1" in text
    assert "residential_low 2025-01-01" in text
    assert "31일 중 30일" in text


def test_the_page_says_when_figures_are_being_computed(client, home):
    SavingsDue.objects.create(premises=home, month=OCTOBER, token=1, reason="usage")
    text = words(client)
    assert "절감량을 계산하고 있어요" in text
    assert f'data-live="premises:{home.pk}"' in text


def test_htmx_gets_the_inner_part_alone(client, home):
    part = client.get("/energy/", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert 'id="home-energy"' in part.text


def test_a_missing_day_is_missing_and_never_zero(home):
    use(home, [5.0, None, 7.0])
    rows = rows_of(home, date(2026, 1, 1))
    assert [row.actual for row in rows[:4]] == [5.0, None, 7.0, None]


def test_a_day_is_expected_by_the_homes_own_model(home):
    station = baseline(home).station
    for day, degrees in ((1, 2.0), (2, 20.0)):
        DailyWeather.objects.create(
            station=station, day=date(2026, 1, day), tmean=degrees,
            source="kma", quality="good",
        )  # fmt: skip
    home.refresh_from_db()
    first, second, third = rows_of(home, date(2026, 1, 1))[:3]
    assert first.expected == pytest.approx(8 + 0.5 * 10)
    assert second.expected == pytest.approx(8)
    assert first.low < first.expected < first.high
    assert third.expected is None


def test_only_days_that_are_over_are_shown():
    today = date(2026, 11, 22)
    assert month_days(date(2026, 11, 1), today=today)[-1] == date(2026, 11, 21)
    assert month_days(date(2026, 12, 1), today=today) == []


def test_a_month_that_crosses_years_reads_both(home):
    use(home, [1.0], year=2026)
    wh = np.full(366, -1, dtype="<i4")
    wh[364] = 2000
    DailyUse.objects.create(meter=make.meter(home), year=2025, wh=wh.tobytes())
    assert rows_of(home, date(2025, 12, 1))[-1].actual == 2.0


@pytest.mark.parametrize("months", [2, 12])
def test_the_page_asks_the_database_little_however_long_the_history(
    months, client, home, django_assert_max_num_queries
):
    baseline(home)
    use(home, [8.0] * 300)
    month = OCTOBER
    for _ in range(months):
        saving(home, "saving", month=month)
        month = (month - timedelta(days=1)).replace(day=1)
    with django_assert_max_num_queries(13):
        client.get("/energy/")  # also reads what many visits then share
    with django_assert_max_num_queries(8):
        client.get("/energy/")


def test_a_home_of_somebody_else_is_not_found(client, home, neighbour):
    other = make.premises(neighbour)
    assert client.get("/energy/", {"home": other.pk}).status_code == 404
    assert client.get("/energy/", {"home": "x"}).status_code == 404


def test_the_month_is_this_month_only_when_it_is(client, home):
    saving(home, "saving", month=timezone.localdate().replace(day=1))
    assert "이번 달" in words(client)


def test_a_kept_comparison_speaks_the_readers_language(client, home):
    for n in range(10):
        other = make.premises(make.resident(), name=f"집 {n}")
        saving(other, "saving")
    saving(home, "saving")
    assert "시흥시" in words(client)
    client.post("/look/", {"language": "en"})
    assert "시흥시" not in words(client)
