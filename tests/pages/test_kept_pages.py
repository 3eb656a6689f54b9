"""Pages kept for every visitor stay true, and nothing of one person stands in them."""

import re
from datetime import date

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from livinglab.energy.models import AreaSaving
from livinglab.goals.models import Goal, Measurement
from tests import make

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def goal(db):
    return Goal.objects.create(
        code="SH-T1", kind="effect", city=make.city(), name_ko="가정 전기요금",
        name_en="Household bill", direction="down", unit="%", baseline=0, target=-20,
        source_ko="보도자료", source_en="press release",
    )  # fmt: skip


def measured(goal, value):
    return Measurement.objects.update_or_create(
        goal=goal, period="2026-10",
        defaults={
            "first_day": date(2026, 10, 1), "last_day": date(2026, 10, 31),
            "value": value, "units": 231, "method": "x", "source": "231",
            "computed_at": timezone.now(),
        },
    )  # fmt: skip


def area(place, won):
    AreaSaving.objects.update_or_create(
        level="dong", code=place.code, kind="home", span="month",
        month=date(2026, 10, 1),
        defaults={
            "city": place.city, "homes": 231, "expected_kwh": 48_000,
            "actual_kwh": 44_000, "saved_kwh": 4_000, "half_width_kwh": 700,
            "expected_won": 8_000_000, "saved_won": won, "half_width_won": 120_000,
            "is_published": True, "method": "x", "computed_at": timezone.now(),
        },
    )  # fmt: skip


def test_a_second_visitor_costs_one_question(client, goal, django_assert_num_queries):
    first = client.get("/goals/").text
    with django_assert_num_queries(1):
        second = Client().get("/goals/").text
    assert TOKEN.sub("", first) == TOKEN.sub("", second)


def test_a_new_measurement_shows_at_once(client, goal):
    measured(goal, -12.4)
    assert "−12.4 %" in client.get("/goals/").text
    assert "−12.4 %" in client.get("/goals/SH-T1/").text
    measured(goal, -13.1)
    for address in ("/", "/goals/", "/goals/SH-T1/"):
        text = client.get(address).text
        assert "−13.1 %" in text
        assert "−12.4 %" not in text


def test_a_measurement_that_went_is_gone_at_once(client, goal):
    measured(goal, -12.4)
    client.get("/goals/")
    Measurement.objects.all().delete()
    assert "−12.4 %" not in client.get("/goals/").text


def test_a_changed_sheet_shows_at_once(client, goal):
    client.get("/goals/")
    Goal.objects.update(name_ko="집집의 전기요금")
    assert "집집의 전기요금" in client.get("/goals/").text


def test_a_neighbourhoods_new_figure_shows_at_once(client, db):
    place = make.neighbourhood()
    area(place, 720_000)
    address = f"/places/{place.code}/"
    assert "720,000원" in client.get(address).text
    area(place, 810_000)
    text = client.get(address).text
    assert "810,000원" in text
    assert "720,000원" not in text
    AreaSaving.objects.update(
        is_published=False, hidden_because="few", computed_at=timezone.now()
    )
    assert "810,000원" not in client.get(address).text


def test_a_neighbourhoods_new_name_shows_at_once(client, db):
    place = make.neighbourhood()
    client.get(f"/places/{place.code}/")
    type(place).objects.filter(pk=place.pk).update(name_ko="새정왕동")
    assert "새정왕동" in client.get(f"/places/{place.code}/").text


def test_the_next_day_is_another_page(client, goal, monkeypatch):
    measured(goal, -12.4)
    client.get("/goals/")
    later = timezone.localdate().replace(year=2031)
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: later)
    Measurement.objects.update(value=-1.5)  # no stamp: only the day tells
    assert "−1.5 %" in client.get("/goals/").text


def test_every_language_and_look_has_a_page_of_its_own(client, goal):
    assert 'lang="ko"' in client.get("/goals/").text
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in client.get("/goals/").text
    client.cookies["text-size"] = "1.5"
    client.cookies["contrast"] = "high"
    text = client.get("/goals/").text
    assert 'data-text-size="1.5"' in text
    assert 'data-contrast="high"' in text
    plain = Client().get("/goals/").text
    assert 'lang="ko"' in plain
    assert 'data-text-size="1.5"' not in plain
    assert 'data-contrast="high"' not in plain


def test_every_visitor_gets_a_form_token_that_works(goal):
    Client().get("/goals/")
    for _visitor in range(2):
        visitor = Client(enforce_csrf_checks=True)
        (token,) = set(TOKEN.findall(visitor.get("/goals/").text))
        wish = {"language": "en", "next": "/goals/", "csrfmiddlewaretoken": token}
        assert visitor.post("/look/", wish).status_code == 302


def test_two_visitors_never_share_a_token(goal):
    pages = [Client().get("/goals/").text for _visitor in range(3)]
    tokens = [token for page in pages for token in TOKEN.findall(page)]
    assert len(tokens) == len(set(tokens)) >= 3


def test_the_sign_in_form_works_from_a_kept_page(db):
    Client().get("/accounts/login/")
    visitor = Client(enforce_csrf_checks=True)
    token = TOKEN.findall(visitor.get("/accounts/login/").text)[0]
    answer = visitor.post(
        "/accounts/login/",
        {"login": "nobody@example.org", "csrfmiddlewaretoken": token},
    )
    assert answer.status_code != 403


def test_a_signed_in_page_never_becomes_a_visitors(client, resident, goal):
    client.force_login(resident)
    for address in ("/", "/energy/", "/goals/"):
        client.get(address)
    for address in ("/", "/energy/", "/goals/"):
        assert "보라네" not in Client().get(address).text


def test_a_signed_in_person_never_gets_the_visitors_page(client, resident):
    Client().get("/")
    client.force_login(resident)
    assert "보라네" in client.get("/").text


def test_a_message_said_to_one_visitor_is_not_said_to_the_next(client, goal, rf):
    client.get("/goals/")
    storage = CookieStorage(rf.get("/"))
    storage.add(20, "너에게만")
    response = HttpResponse()
    storage.update(response)
    client.cookies["messages"] = response.cookies["messages"].value
    assert "너에게만" in client.get("/goals/").text
    assert "너에게만" not in Client().get("/goals/").text


def test_a_question_in_the_address_is_answered_not_kept(client, db):
    make.neighbourhood()
    make.neighbourhood("4139051000")
    client.get("/places/", {"q": "정왕"})
    text = client.get("/places/", {"q": "대야"}).text
    assert "대야동" in text
    assert "정왕1동" not in text


def test_another_host_has_pages_of_its_own(client, goal, settings):
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
    client.get("/goals/")
    text = client.get("/goals/", SERVER_NAME="127.0.0.1").text
    assert "testserver" not in text


def test_an_answer_that_is_no_page_is_not_kept(client, db):
    assert client.get("/goals/NO-1/").status_code == 404
    goal = Goal.objects.create(
        code="NO-1", kind="effect", city=make.city(), name_ko="새 목표",
        name_en="New", direction="down", unit="%", baseline=0, target=-20,
        source_ko="x", source_en="x",
    )  # fmt: skip
    assert goal.name_ko in client.get("/goals/NO-1/").text
