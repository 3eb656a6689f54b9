"""Guests who left an address hear by letter what must not be missed."""

import pytest
from django.core import mail

from livinglab.issues.models import Change
from livinglab.issues.services import answering
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.states import State
from livinglab.people.models import LetterDue
from livinglab.people.services.letters import send_due_letters
from tests.issues import world

pytestmark = pytest.mark.django_db
ADDRESS = "guest@mail.test"


def tell_all() -> None:
    for change in changes_to_tell():
        tell_of_change(change)


def test_a_guest_hears_the_question_and_where_to_answer(coordinator):
    issue = world.issue(contact_email=ADDRESS)
    answering.answer_issue(issue, State.WAITING, words="어디인가요?", by=coordinator)
    tell_all()
    tell_all()
    send_due_letters()
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert letter.subject == f"제보 {issue.pk}번: 제보자의 대답을 기다림"
    assert "어디인가요?" in letter.body
    assert f"/report/done/{issue.key}/" in letter.body


def test_a_guests_letter_speaks_the_language_of_the_report(coordinator):
    issue = world.issue(contact_email=ADDRESS, language="en")
    answering.answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    tell_all()
    send_due_letters()
    assert mail.outbox[0].subject == f"Your report no. {issue.pk}: Fixed"


def test_reporting_alone_writes_to_nobody(coordinator):
    issue = world.issue(contact_email=ADDRESS)
    Change.objects.create(issue=issue, what="state", state="received")
    answering.add_update(issue, "다녀왔어요.", by=coordinator)
    tell_all()
    assert not LetterDue.objects.exists()


def test_whoever_has_an_inbox_gets_no_letter(resident, coordinator):
    issue = world.issue(resident, contact_email=ADDRESS)
    answering.answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    tell_all()
    assert not LetterDue.objects.exists()
