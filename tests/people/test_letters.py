"""Letters to addresses outside: tried again, given up, never in each other's way."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.utils import timezone

from livinglab.people import tasks
from livinglab.people.models import Download, LetterDue
from livinglab.people.services import letters
from livinglab.people.services.downloads import ask_download
from livinglab.people.services.letters import post_letter, send_due_letters

pytestmark = pytest.mark.django_db
INVITATION = {"name": "보라", "code": "ABCDEFGHJK"}


def post(address="g@example.org", kind="help_invitation", facts=INVITATION):
    post_letter(address, kind=kind, facts=facts, language="ko")


def refused_with(monkeypatch, code):
    def refuse(due):
        raise SMTPRecipientsRefused({due.address: (code, b"not now")})

    monkeypatch.setattr(letters, "_hand_over", refuse)


@pytest.mark.parametrize("code", [450, 451, 452])
def test_a_refusal_for_now_is_tried_again_later(monkeypatch, code):
    post()
    with monkeypatch.context() as greylisted:
        refused_with(greylisted, code)
        assert send_due_letters() == 0

    letter = LetterDue.objects.get()
    assert (letter.tries, letter.claimed_until) == (1, None)
    assert letter.next_try_at > timezone.now()
    LetterDue.objects.update(next_try_at=timezone.now())
    assert send_due_letters() == 1
    assert [letter.to for letter in mail.outbox] == [["g@example.org"]]


@pytest.mark.parametrize("code", [550, 553])
def test_an_address_that_is_none_is_forgotten(monkeypatch, code):
    post()
    refused_with(monkeypatch, code)
    assert send_due_letters() == 0
    assert not LetterDue.objects.exists()


def test_a_line_break_in_a_name_does_not_break_the_subject():
    post(facts=INVITATION | {"name": "보라\r\nBcc: all@example.org"})
    assert send_due_letters() == 1
    assert "보라 Bcc: all@example.org" in mail.outbox[0].subject


def test_a_letter_that_cannot_be_written_is_counted_and_stops_no_other():
    post(kind="unheard_of")
    post(facts={})
    post("next@example.org")
    assert send_due_letters() == 1

    assert [letter.to for letter in mail.outbox] == [["next@example.org"]]
    assert set(LetterDue.objects.values_list("tries", "claimed_until")) == {(1, None)}
    assert LetterDue.objects.due().count() == 0
    for _time in range(letters.MOST_TRIES):
        LetterDue.objects.update(next_try_at=timezone.now())
        send_due_letters()
    assert not LetterDue.objects.exists()  # and the address goes with it


def test_a_step_of_the_sweep_that_breaks_leaves_the_others_their_turn(
    resident, monkeypatch
):
    def breaks():
        raise ValueError("one row")

    ask_download(resident)
    monkeypatch.setattr(tasks.letters, "send_due_letters", breaks)
    monkeypatch.setattr(tasks.guardians, "end_unanswered_questions", breaks)
    tasks.sweep_people()
    tasks.sweep_sign_ups()

    assert Download.objects.get().state == Download.State.READY
