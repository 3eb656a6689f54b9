"""Under 14 a guardian is asked; the child only reads until then."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from livinglab.notifications.channels.letters import off_url
from livinglab.people.models import GuardianConsent, Leaving, LetterDue, Person
from livinglab.people.selectors import standing_purposes
from livinglab.people.services.guardians import (
    answer_as_guardian,
    ask_guardian,
    end_unanswered_questions,
    link_key,
    masked,
)
from livinglab.people.services.letters import send_due_letters
from livinglab.people.services.sign_ups import Answers, finish_sign_up
from tests import make
from tests.people.test_sign_up import CONSENTS, PLACE, YES, code

GUARDIAN = "guardian@example.org"


@pytest.fixture
def child(db: None) -> Person:
    """Signed up, and the letter to the guardian is on its way."""
    somebody = make.person("child@example.org")
    finish_sign_up(somebody, Answers(guardian_email=GUARDIAN, purposes=["energy"]))
    send_due_letters()
    return somebody


def link(nth: int = -1) -> str:
    return re.search(r"http\S+?(/me/guardian/\S+)", mail.outbox[nth].body)[1]


def letter_to_guardian() -> str:
    return next(m.body for m in mail.outbox if m.to == [GUARDIAN])


def test_the_way_of_a_child(db, django_capture_on_commit_callbacks):
    phone = Client()
    phone.post("/accounts/signup/", {"email": "child@example.org"})
    phone.post("/accounts/confirm-email/", {"code": code()})
    phone.post(PLACE, {"place": "later"})
    asked = phone.post(CONSENTS, YES | {"age": "under", "energy": "on"})
    assert asked["Location"] == "/me/welcome/guardian/"

    phone.post("/me/welcome/guardian/", {"email": GUARDIAN})

    child = Person.objects.get(email="child@example.org")
    assert child.is_under_14
    assert child.waits_for_guardian
    assert standing_purposes(child) == {"service", "personal_data"}
    assert LetterDue.objects.get().address == GUARDIAN


def test_one_s_own_address_is_no_guardian(db):
    phone = Client()
    phone.post("/accounts/signup/", {"email": "child@example.org"})
    phone.post("/accounts/confirm-email/", {"code": code()})
    phone.post(PLACE, {"place": "later"})
    phone.post(CONSENTS, YES | {"age": "under"})

    answer = phone.post("/me/welcome/guardian/", {"email": "Child@example.org"})

    assert answer.status_code == 200
    assert "_auth_user_id" not in phone.session


def test_the_letter_says_little_and_links_once(child):
    letter = letter_to_guardian()

    assert "child@" not in letter
    assert masked("child@example.org") in letter
    assert "child@example.org" not in Client().get(link()).text


def test_a_waiting_child_reads_and_changes_nothing(client, child):
    client.force_login(child)

    assert client.get("/goals/").status_code == 200
    assert client.get("/me/guardian/").status_code == 200
    refused = client.post("/energy/homes/add/", {})
    assert refused.status_code == 403
    door = client.post("/api/v1/premises/", {}, content_type="application/json")
    assert door.json()["code"] == "waits_for_guardian"


def test_a_waiting_child_may_leave_and_end_the_letters(client, child):
    client.force_login(child)

    assert client.post(urlsplit(off_url(child, "*")).path).status_code == 200
    left = client.post("/me/leave/ask/", {"understood": "on"})

    assert left["Location"].startswith("/me/left/")
    assert Leaving.objects.get().person == child


def test_by_the_api_a_waiting_child_may_leave_and_not_come_back_alone(client, child):
    client.force_login(child)
    assert client.post("/api/v1/me/leaving/").status_code in {200, 201}
    client.force_login(Person.objects.get(pk=child.pk))

    back = client.delete("/api/v1/me/leaving/")

    assert back.status_code == 403
    assert back.json()["code"] == "waits_for_guardian"
    assert Leaving.objects.exists()


def test_a_token_gives_a_waiting_child_no_more(client, child):
    child.waits_for_guardian = False
    child.save()
    client.force_login(child)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    child.waits_for_guardian = True
    child.save()
    bare = Client(headers={"Authorization": f"Token {token}"})

    assert bare.get("/api/v1/me/").status_code == 200
    answer = bare.post("/api/v1/premises/", {}, content_type="application/json")
    assert answer.status_code == 403


def test_a_yes_opens_the_account(child):
    answer = Client().post(link(), {"answer": "yes"})

    child.refresh_from_db()
    row = GuardianConsent.objects.get()
    assert answer.status_code == 200
    assert not child.waits_for_guardian
    assert (row.answer, row.version) == ("given", "2026-11")


def test_the_link_works_once(child):
    address = link()
    Client().post(address, {"answer": "yes"})

    assert Client().get(address).status_code == 404
    assert Client().post(address, {"answer": "no"}).status_code == 404
    child.refresh_from_db()
    assert not child.waits_for_guardian


def test_looking_at_the_page_answers_nothing(child):
    Client().get(link())
    Client().head(link())

    assert GuardianConsent.objects.get().answer == ""


def test_a_no_ends_the_account_and_keeps_no_address(child):
    Client().post(link(), {"answer": "no"})

    assert Leaving.objects.get().person == child
    assert GuardianConsent.objects.get().email == ""


def test_after_five_days_the_link_and_the_account_are_over(child, time_machine):
    address = link()
    time_machine.move_to(timezone.now() + timedelta(days=5, minutes=1))

    assert Client().get(address).status_code == 404
    assert end_unanswered_questions() == 1
    assert end_unanswered_questions() == 0
    row = GuardianConsent.objects.get()
    assert (row.answer, row.email) == ("expired", "")
    assert Leaving.objects.get().person == child


def test_taking_it_back_by_the_second_letter(child):
    Client().post(link(), {"answer": "yes"})
    send_due_letters()
    address = link()
    assert address.endswith("/withdraw/")

    Client().post(address)

    child.refresh_from_db()
    row = GuardianConsent.objects.get()
    assert row.withdrawn_at is not None
    assert row.email == ""
    assert child.waits_for_guardian
    assert Leaving.objects.get().person == child
    assert Client().get(address).status_code == 404


def test_taking_it_back_in_the_guardian_s_own_account(client, child):
    answer_as_guardian(GuardianConsent.objects.get(), agrees=True)
    client.force_login(make.person(GUARDIAN))
    row = GuardianConsent.objects.get()

    assert masked(child.email) in client.get("/me/children/").text
    client.post("/me/children/", {"consent": row.pk})

    assert Leaving.objects.get().person == child


def test_a_stranger_s_account_cannot(client, child, stranger):
    answer_as_guardian(GuardianConsent.objects.get(), agrees=True)
    client.force_login(stranger)
    row = GuardianConsent.objects.get()

    assert client.post("/me/children/", {"consent": row.pk}).status_code == 404
    assert client.post("/me/children/", {"consent": "x"}).status_code == 404
    assert not Leaving.objects.exists()


def test_an_unconfirmed_address_is_nobody_s_guardian(client, child):
    answer_as_guardian(GuardianConsent.objects.get(), agrees=True)
    pretender = make.person("pretender@example.org")
    pretender.emailaddress_set.create(email=GUARDIAN, verified=False)
    client.force_login(pretender)

    page = client.post("/me/children/", {"consent": GuardianConsent.objects.get().pk})

    assert page.status_code == 404


@pytest.mark.parametrize("key", ["guessed", "WzEsImFuc3dlciJd:1v:x", "a:b", "1"])
def test_a_guessed_link_is_no_link(key, child):
    assert Client().get(f"/me/guardian/{key}/").status_code == 404
    assert Client().post(f"/me/guardian/{key}/withdraw/").status_code == 404


def test_the_answer_s_link_takes_nothing_back_and_the_other_way_round(child):
    row = GuardianConsent.objects.get()
    asked, back = link_key(row, "answer"), link_key(row, "withdraw")

    assert Client().get(f"/me/guardian/{back}/").status_code == 404
    assert Client().get(f"/me/guardian/{asked}/withdraw/").status_code == 404


def test_another_guardian_may_be_asked_a_few_times_a_day(client, child):
    client.force_login(child)
    for n in range(4):
        client.post("/me/guardian/", {"email": f"aunt{n}@example.org"})

    assert GuardianConsent.objects.count() == 3
    assert GuardianConsent.objects.filter(answer="").get().email == "aunt1@example.org"


def test_the_old_letter_is_over_when_somebody_else_is_asked(child):
    old = link()
    ask_guardian(child, "aunt@example.org")

    assert Client().get(old).status_code == 404
