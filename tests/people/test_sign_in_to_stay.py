"""Signing in within the days of grace: nobody signs up twice, no child grows older."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from livinglab.people.errors import WaitsForGuardian
from livinglab.people.models import Leaving, Person
from livinglab.people.selectors import standing_purposes
from livinglab.people.services import give_consent
from livinglab.people.services.guardians import (
    answer_as_guardian,
    ask_guardian,
    end_unanswered_questions,
    withdraw_as_guardian,
)
from livinglab.people.services.leaving import ask_to_leave, stay
from livinglab.people.services.sign_ups import Answers, finish_sign_up
from tests import make
from tests.people.test_sign_up import CONSENTS, PLACE, YES, code

GUARDIAN = "guardian@example.org"


@pytest.fixture
def child(db: None) -> Person:
    somebody = make.person("child@example.org")
    finish_sign_up(somebody, Answers(guardian_email=GUARDIAN))
    return somebody


def refused(child: Person) -> None:
    answer_as_guardian(child.guardian_consents.get(), agrees=False)


def taken_back(child: Person) -> None:
    answer_as_guardian(child.guardian_consents.get(), agrees=True)
    withdraw_as_guardian(child.guardian_consents.get())


def not_answered(child: Person) -> None:
    child.guardian_consents.update(expires_at=timezone.now() - timedelta(days=1))
    end_unanswered_questions()


def signed_in_again(person: Person) -> tuple[Client, str]:
    """The browser, and where the code led."""
    client = Client()
    mail.outbox.clear()
    client.post("/accounts/login/", {"login": person.email})
    answer = client.post("/accounts/login/code/confirm/", {"code": code()})
    return client, answer["Location"]


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_whoever_wants_to_stay_is_not_asked_to_sign_up_again(resident):
    give_consent(resident, "energy")
    ask_to_leave(resident)

    client, led = signed_in_again(resident)

    assert not led.startswith("/me/welcome/")
    assert client.post("/me/leave/stay/").status_code == 302
    assert not fresh(resident).is_leaving
    assert "energy" in standing_purposes(resident)


@pytest.mark.parametrize("end", [refused, taken_back, not_answered])
def test_no_child_gets_past_the_guardian_by_signing_in(child, end):
    end(child)
    client, led = signed_in_again(child)
    client.post(PLACE, {"place": "later"})
    client.post(CONSENTS, YES | {"energy": "on"})

    answer = client.post("/me/leave/stay/")

    after = fresh(child)
    assert not led.startswith("/me/welcome/")
    assert answer.status_code == 403
    assert (after.is_under_14, after.waits_for_guardian, after.is_leaving) == (
        (True,) * 3
    )
    assert not after.consents.filter(purpose="energy").exists()


@pytest.mark.parametrize("end", [refused, taken_back, not_answered])
def test_staying_is_not_a_child_s_to_decide_without_a_guardian(client, child, end):
    end(child)
    with pytest.raises(WaitsForGuardian):
        stay(fresh(child))
    client.force_login(fresh(child))
    page = client.get("/me/leave/").text

    assert Leaving.objects.filter(person=child).exists()
    assert "/me/leave/stay/" not in page
    assert "보호자" in page


def test_a_child_whose_guardian_agreed_may_stay(child):
    answer_as_guardian(child.guardian_consents.get(), agrees=True)
    ask_to_leave(fresh(child))

    client, led = signed_in_again(child)

    assert not led.startswith("/me/welcome/")
    assert "/me/leave/stay/" in client.get("/me/leave/").text
    client.post("/me/leave/stay/")
    after = fresh(child)
    assert (after.is_under_14, after.waits_for_guardian, after.is_leaving) == (
        True,
        False,
        False,
    )


def test_a_second_window_does_not_make_a_child_older(child):
    """The pages of the sign-up stood open elsewhere when the guardian was asked."""
    finish_sign_up(make_stale(child), Answers(purposes=["energy"]))

    after = fresh(child)
    assert (after.is_under_14, after.waits_for_guardian) == (True, True)
    assert "energy" not in standing_purposes(after)


def make_stale(child: Person) -> Person:
    stale = fresh(child)
    stale.is_under_14 = stale.waits_for_guardian = False
    return stale


def test_saying_under_14_once_more_locks_nobody_out_whose_guardian_agreed(child):
    answer_as_guardian(child.guardian_consents.get(), agrees=True)

    finish_sign_up(fresh(child), Answers(guardian_email="aunt@example.org"))

    assert not fresh(child).waits_for_guardian
    assert not child.guardian_consents.open().exists()


def test_a_guardian_s_second_yes_takes_the_place_of_the_first(child):
    answer_as_guardian(child.guardian_consents.get(), agrees=True)
    question = ask_guardian(child, GUARDIAN)

    answer_as_guardian(question, agrees=True)

    assert child.guardian_consents.standing().get() == question
    assert not fresh(child).waits_for_guardian
