"""Where one is signed in, in words; and ending it there."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from livinglab.people.devices import device_words
from livinglab.people.events import session_ended
from livinglab.people.services.sessions import end_all_sessions
from livinglab.people.sessions import network_of
from tests.people.test_prove import mailed_code

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


def signed_in(email: str, agent: str = PHONE, address: str = "203.0.113.77") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post("/accounts/login/", {"login": email})
    client.post("/accounts/login/code/confirm/", {"code": mailed_code()})
    return client


@pytest.fixture
def phone(resident) -> Client:
    return signed_in(resident.email)


@pytest.fixture
def desk(resident) -> Client:
    return signed_in(resident.email, DESK)


def test_each_device_is_said_in_words(phone, desk):
    page = phone.get("/me/sessions/").text

    assert "Android" in page
    assert "Windows · Edge" in page
    assert page.index("Android") < page.index("Windows")


def test_only_the_network_is_kept(phone):
    assert UserSession.objects.get().ip == "203.0.113.0"
    assert network_of("2001:db8:1:2:3::4") == "2001:db8:1::"


def test_ending_one_ends_it_there(phone, desk, django_capture_on_commit_callbacks):
    other = UserSession.objects.get(session_key=desk.session.session_key)
    heard = []
    session_ended.connect(
        lambda session_key, **more: heard.append(session_key), weak=False,
        dispatch_uid="test",
    )  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        phone.post(f"/me/sessions/{other.pk}/end/")

    session_ended.disconnect(dispatch_uid="test")
    assert heard == [other.session_key]
    assert desk.get("/me/").status_code == 302
    assert phone.get("/me/").status_code == 200


def test_ending_all_others_keeps_this_one(phone, desk, resident):
    third = signed_in(resident.email)
    phone.post("/me/sessions/others/end/")

    assert phone.get("/me/").status_code == 200
    assert desk.get("/me/").status_code == 302
    assert third.get("/me/").status_code == 302
    assert UserSession.objects.count() == 1


def test_ending_the_present_one_is_signing_out(phone):
    row = UserSession.objects.get()
    phone.post(f"/me/sessions/{row.pk}/end/")

    assert phone.get("/me/").status_code == 302


def test_ending_everything(phone, desk, resident):
    assert end_all_sessions(resident) == 2
    assert not Session.objects.filter(
        session_key__in=[phone.session.session_key, desk.session.session_key]
    ).exists()


def test_somebody_else_s_sign_in_is_not_found(phone, neighbour):
    theirs = signed_in(neighbour.email)
    row = UserSession.objects.get(user=neighbour)

    assert phone.post(f"/me/sessions/{row.pk}/end/").status_code == 404
    phone.post("/me/sessions/others/end/")
    assert theirs.get("/me/").status_code == 200


def test_being_seen_is_noted_every_ten_minutes_at_most(phone, time_machine):
    before = UserSession.objects.get().last_seen_at
    phone.get("/goals/")
    assert UserSession.objects.get().last_seen_at == before
    time_machine.move_to(before.timestamp() + 700)

    phone.get("/goals/")

    assert UserSession.objects.get().last_seen_at > before


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE.replace("Mobile ", ""), "Android 태블릿 · Chrome"),
        (PHONE.replace("Chrome/", "SamsungBrowser/28.0 Chrome/"), "Samsung Internet"),
        ("Mozilla/5.0 (iPhone) AppleWebKit Version/18 Mobile Safari/604", "iPhone · S"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/1 Mobile KAKAOTALK 11", "KakaoTalk"),
        ("curl/8", "알 수 없는 기기"),
        ("", "알 수 없는 기기"),
    ],
)
def test_devices_in_words(agent, words):
    assert words in device_words(agent)


def test_the_page_is_not_open_to_guests(client, db):
    assert client.get("/me/sessions/").status_code == 302
    assert client.post("/me/sessions/1/end/").status_code == 302
    assert re.match("/accounts/login/", client.get("/me/sessions/")["Location"])
