"""From an address to an account, in three pages, nothing lost on the way."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from livinglab.people.models import Consent, Person
from livinglab.people.selectors import standing_purposes
from livinglab.people.services.sign_ups import drop_unfinished_sign_ups
from tests import make

PLACE, CONSENTS = "/me/welcome/place/", "/me/welcome/consents/"
YES = {"age": "over", "service": "on", "personal_data": "on"}


def code() -> str:
    return re.search(r"^[A-Z]{4}-[A-Z]{4}$", mail.outbox[-1].body, re.M)[0]


@pytest.fixture
def newcomer(db: None) -> Client:
    """Somebody who just entered the code."""
    client = Client()
    client.post("/accounts/signup/", {"email": "new@example.org"})
    client.post("/accounts/confirm-email/", {"code": code()})
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_whole_way(newcomer):
    dong = make.neighbourhood()

    assert newcomer.get(PLACE).status_code == 200
    assert newcomer.post(PLACE, {"place": dong.pk})["Location"] == CONSENTS
    answer = newcomer.post(CONSENTS, YES)

    person = Person.objects.get(email="new@example.org")
    assert answer["Location"] == "/"
    assert signed_in(newcomer)
    assert person.neighbourhood == dong
    assert standing_purposes(person) == {"service", "personal_data"}
    assert person.roles.get().kind == "resident"
    assert person.name == ""


def test_nobody_is_signed_in_before_agreeing(newcomer):
    newcomer.post(PLACE, {"place": "later"})

    assert not signed_in(newcomer)
    assert newcomer.get("/me/")["Location"].startswith("/accounts/login/")


def test_the_optional_consents_are_off_until_switched_on(newcomer):
    newcomer.post(PLACE, {"place": "later"})
    page = newcomer.get(CONSENTS).text

    assert "checked" not in page
    newcomer.post(CONSENTS, YES | {"energy": "on"})
    person = Person.objects.get()
    assert standing_purposes(person) == {"service", "personal_data", "energy"}
    assert {c.version for c in Consent.objects.all()} == {"2026-11"}


@pytest.mark.parametrize("missing", ["age", "service", "personal_data"])
def test_a_missing_answer_is_asked_for_and_the_rest_stays(newcomer, missing):
    newcomer.post(PLACE, {"place": "later"})
    said = {k: v for k, v in (YES | {"energy": "on"}).items() if k != missing}

    answer = newcomer.post(CONSENTS, said)

    assert answer.status_code == 200
    assert "ll-field__error" in answer.text
    assert re.search(r'name="energy"[^>]*checked', answer.text)
    assert not signed_in(newcomer)


def test_going_back_shows_what_was_chosen(newcomer):
    dong = make.neighbourhood()
    newcomer.post(PLACE, {"place": dong.pk})

    assert dong.name_ko in newcomer.get(PLACE).text
    assert "checked" not in newcomer.get(CONSENTS).text
    assert newcomer.get("/accounts/signup/")["Location"] == PLACE


def test_a_dong_is_found_by_a_part_of_its_name(newcomer):
    make.neighbourhood()
    make.neighbourhood("2714074200")

    found = newcomer.get(PLACE, {"q": "안심"}).text

    assert "안심3동" in found
    assert "정왕1동" not in found


def test_a_dong_that_is_not_one_is_no_dong(newcomer):
    newcomer.post(PLACE, {"place": "999999"})
    newcomer.post(CONSENTS, YES)

    assert Person.objects.get().neighbourhood is None


def test_who_stopped_half_way_goes_on_at_the_next_sign_in(newcomer):
    other = Client()
    other.post("/accounts/login/", {"login": "new@example.org"})

    answer = other.post("/accounts/login/code/confirm/", {"code": code()})

    assert answer["Location"] == PLACE


def test_new_words_are_agreed_to_at_the_next_sign_in(db):
    person = make.person("back@example.org")
    client = Client()
    client.post("/accounts/login/", {"login": person.email})
    client.post("/accounts/login/code/confirm/", {"code": code()})
    client.post(PLACE, {"place": "later"})

    client.post(CONSENTS, YES)

    assert signed_in(client)


def test_whoever_agreed_before_is_asked_nothing(resident):
    client = Client()
    client.post("/accounts/login/?next=/goals/", {"login": resident.email})
    client.post("/accounts/login/code/confirm/", {"code": code()})

    assert signed_in(client)


@pytest.mark.parametrize("page", [PLACE, CONSENTS, "/me/welcome/guardian/"])
def test_the_pages_are_for_who_is_signing_up(client, resident, page):
    assert client.get(page)["Location"] == "/accounts/signup/"
    client.force_login(resident)
    assert client.get(page)["Location"] == "/"


def test_a_sign_up_nobody_finished_is_forgotten(newcomer, time_machine):
    assert drop_unfinished_sign_ups() == 0
    time_machine.move_to(timezone.now() + timedelta(days=3))

    assert drop_unfinished_sign_ups() == 1
    assert not Person.objects.exists()


def test_people_who_finished_stay(resident, coordinator, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=300))

    assert drop_unfinished_sign_ups() == 0


def test_the_language_of_the_page_becomes_the_person_s(newcomer):
    newcomer.cookies["django_language"] = "en"
    newcomer.post(PLACE, {"place": "later"})
    newcomer.post(CONSENTS, YES)

    assert Person.objects.get().language == "en"
