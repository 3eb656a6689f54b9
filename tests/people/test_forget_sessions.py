"""Sessions that are over, and sign-ins begun with an address and given up."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from livinglab.config.timetable import TIMETABLE
from livinglab.people.models import Leaving, Person
from livinglab.people.services import sessions
from livinglab.people.services.leaving import ask_to_leave, erase_leaver
from livinglab.people.services.sessions import forget_expired_sessions
from livinglab.people.tasks import forget_expired_sessions as task
from tests import make
from tests.people.test_sign_up import CONSENTS, PLACE, YES, code

HOUR = timedelta(hours=1)


def begun(address: str) -> Client:
    """A sign-in that waits for its code."""
    client = Client()
    client.post("/accounts/login/", {"login": address})
    return client


def kept(client: Client) -> timedelta:
    session = Session.objects.get(pk=client.session.session_key)
    return session.expire_date - timezone.now()


def erased(person: Person) -> None:
    leaving = ask_to_leave(Person.objects.get(pk=person.pk))
    Leaving.objects.update(erase_at=timezone.now())
    assert erase_leaver(leaving.pk)


def told_of(address: str) -> list[str]:
    return [
        row.pk
        for row in Session.objects.all()
        if address in str(row.get_decoded()).casefold()
    ]


def session_over(days: int, **words: str) -> None:
    store = SessionStore()
    store.update(words or {"a": "b"})
    store.create()
    end = timezone.now() + timedelta(days=days)
    Session.objects.filter(pk=store.session_key).update(expire_date=end)


def test_what_is_over_goes_and_what_is_in_use_stays(db, monkeypatch):
    monkeypatch.setattr(sessions, "AT_ONCE", 2)
    for days in (-60, -9, -3, -2, -1, 1, 60):
        session_over(days)
    assert forget_expired_sessions() == 5
    assert Session.objects.count() == 2
    assert forget_expired_sessions() == 0


def test_one_round_has_a_bound_and_takes_the_oldest_first(db, monkeypatch):
    monkeypatch.setattr(sessions, "AT_ONCE", 2)
    monkeypatch.setattr(sessions, "MOST_A_ROUND", 4)
    for days in (-5, -4, -3, -2, -1):
        session_over(days)
    assert forget_expired_sessions() == 4
    assert Session.objects.get().expire_date > timezone.now() - timedelta(days=2)


def test_the_timetable_wakes_it(db):
    session_over(-1)
    assert task.name in {line["task"] for line in TIMETABLE.values()}
    task()
    assert not Session.objects.exists()


def test_a_sign_in_that_is_begun_is_kept_for_an_hour(resident):
    browser = begun(resident.email)
    assert told_of(resident.email)
    assert kept(browser) <= HOUR
    assert browser.cookies["sessionid"]["max-age"] <= HOUR.total_seconds()


@pytest.mark.parametrize("address", ["nobody@example.org", "new@example.org"])
def test_so_is_one_of_an_address_nobody_has(db, address):
    assert kept(begun(address)) <= HOUR


def test_whoever_finishes_is_signed_in_for_weeks(resident):
    browser = begun(resident.email)
    browser.post("/accounts/login/code/confirm/", {"code": code()})
    assert kept(browser) > timedelta(days=59)


def test_a_sign_up_is_kept_for_an_hour_until_it_is_finished(db):
    browser = Client()
    browser.post("/accounts/signup/", {"email": "new@example.org"})
    browser.post("/accounts/confirm-email/", {"code": code()})
    browser.post(PLACE, {"place": "later"})
    assert kept(browser) <= HOUR
    browser.post(CONSENTS, YES)
    assert kept(browser) > timedelta(days=59)


def test_with_the_person_go_sign_ins_that_were_begun_and_given_up(resident, neighbour):
    begun(resident.email)
    begun(resident.email.upper())
    others = begun(neighbour.email)
    longer = begun(f"x{resident.email}")
    erased(resident)
    left = {row.pk for row in Session.objects.all()}
    assert left == {others.session.session_key, longer.session.session_key}


def test_with_them_goes_also_what_was_begun_long_ago(resident):
    session_over(30, account_login_code={"email": resident.email})
    session_over(30, account_login={"user_pk": str(resident.pk)})
    session_over(30, place="4139059100")
    erased(resident)
    assert [row.get_decoded() for row in Session.objects.all()] == [
        {"place": "4139059100"}
    ]


def test_with_them_goes_the_sign_in_of_their_last_look(resident):
    ask_to_leave(resident)
    browser = begun(resident.email)
    browser.post("/accounts/login/code/confirm/", {"code": code()})
    assert browser.get("/me/leave/").status_code == 200
    erased(resident)
    assert not Session.objects.exists()
    assert browser.get("/me/leave/").status_code == 302


def test_a_guest_who_never_signed_in_keeps_the_usual_time(db):
    browser = Client()
    dong = make.neighbourhood()
    session = browser.session
    session["guest"] = {"place": dong.code}
    session.save()
    browser.cookies["sessionid"] = session.session_key
    browser.get("/")
    assert kept(browser) > timedelta(days=59)
    assert not mail.outbox
