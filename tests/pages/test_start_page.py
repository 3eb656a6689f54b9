"""홈: what a visitor, a guest with a neighbourhood, a resident and a caregiver see."""

from datetime import date

import pytest
from django.utils import timezone

from livinglab.goals.models import Goal
from livinglab.notifications.models import Notice
from livinglab.observations.models import DailyWeather
from livinglab.places.models import Neighbourhood
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def goals(siheung, daegu):
    facts = {
        "baseline": 0, "target": -20, "direction": "down", "unit": "%",
        "source_ko": "계량기", "source_en": "meters",
    }  # fmt: skip
    Goal.objects.create(
        code="SH-N1", city=siheung, name_ko="가정 전기요금", name_en="Bill",
        kind="effect", **facts,
    )  # fmt: skip
    Goal.objects.create(
        code="DG-S1", city=daegu, name_ko="5분 안 도착", name_en="Five minutes",
        kind="context", **facts,
    )  # fmt: skip


def weather(number, **facts):
    DailyWeather.objects.create(
        station=make.station(number), day=date(2026, 11, 22), source="kma",
        quality="good", **facts,
    )  # fmt: skip


def choose(client, code):
    return client.post("/places/choose/", {"place": make.neighbourhood(code).pk})


def test_a_visitor_sees_the_promise_and_what_can_be_done_without_signing_up(
    client, goals
):
    text = client.get("/").text
    assert "가정 전기요금" in text
    assert "5분 안 도착" not in text
    assert "가입하지 않아도 할 수 있어요" in text
    for door in ("/places/", "/goals/", "/energy/how/"):
        assert f'href="{door}"' in text


def test_a_guest_with_a_neighbourhood_sees_its_city(client, goals):
    weather(143, tmean=3.4, tmin=-1.0, tmax=8.0)
    assert choose(client, "2714074200").url == "/#my-place"
    text = client.get("/").text
    for said in ("안심3동", "5분 안 도착", "대구광역시의 지금", "3.4 °C", "최고 8 °C"):
        assert said in text
    assert "가정 전기요금" not in text


def test_a_guest_chooses_again_and_forgets(client, siheung):
    choose(client, "4139059100")
    client.post("/places/choose/", {"place": ""})
    assert "어느 동네에 사세요?" in client.get("/").text
    assert "place" not in client.session["guest"]


@pytest.mark.parametrize("place", ["999999999", "x", "1 OR 1=1"])
def test_a_neighbourhood_that_is_not_there_changes_nothing(place, client, siheung):
    client.post("/places/choose/", {"place": place})
    assert "place" not in client.session.get("guest", {})


def test_what_else_a_guest_began_is_kept_beside_it(client, siheung):
    session = client.session
    session["guest"] = {"draft": 7}
    session.save()
    choose(client, "4139059100")
    assert client.session["guest"] == {"draft": 7, "place": "4139059100"}


def test_a_resident_sees_the_home_then_what_waits_then_the_rest(resident, client):
    make.premises(resident, name="보라네 집")
    weather(112, tmean=2.5)
    client.force_login(resident)
    text = client.get("/").text
    order = ["보라네 집", "오늘 할 일", "첫 에너지 데이터를", "날씨", "정왕1동"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_resident_without_a_home_is_led_to_add_it(resident, client):
    client.force_login(resident)
    assert client.get("/").text.count("/energy/homes/add/") >= 2


def test_unread_notices_stand_on_the_start_page(resident, neighbour, client):
    facts = {"kind": "energy.file_imported", "url": "/energy/", "facts": {}}
    for n, person in enumerate((resident, resident, neighbour)):
        facts["facts"] = {"file": f"f{n}.csv", "home": "집"}
        Notice.objects.create(
            person=person, event=f"e{n}", told_by="0" * 32, about=f"upload:{n}", **facts
        )
    Notice.objects.filter(event="e1").update(read_at=timezone.now())
    client.force_login(resident)
    text = client.get("/").text
    mine = Notice.objects.get(event="e0").pk
    assert f"/me/inbox/{mine}/" in text
    assert text.count('href="/me/inbox/') == 2  # the notice and the way to all


def test_a_caregiver_is_told_honestly_that_nobody_is_watched(caregiver, client):
    client.force_login(caregiver)
    assert "아직 살피는 분이 없어요" in client.get("/").text


def test_nobody_else_hears_of_care(resident, client):
    client.force_login(resident)
    assert "살피는 분" not in client.get("/").text


def test_only_four_tasks_stand_open(resident, client):
    for n in range(7):
        make.premises(resident, name=f"집{n}")
    client.force_login(resident)
    text = client.get("/").text
    assert text.count("첫 에너지 데이터를") == 7
    assert "나머지 모두 보기" in text


@pytest.mark.parametrize("homes", [1, 10])
def test_the_start_page_asks_the_same_few_questions_for_ten_homes(
    homes, resident, goals, client, django_assert_max_num_queries
):
    weather(112, tmean=2.5)
    for n in range(homes):
        make.premises(resident, name=f"집{n}")
    client.force_login(resident)
    client.get("/")  # the goals and the weather, which everybody shares, are kept
    with django_assert_max_num_queries(8):
        client.get("/")


def test_a_guest_costs_few_questions(client, goals, django_assert_max_num_queries):
    choose(client, "4139059100")
    assert Neighbourhood.objects.exists()
    with django_assert_max_num_queries(8):
        client.get("/")
