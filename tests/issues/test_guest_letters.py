"""Guests who left an address hear by letter what must not be missed."""

import pytest
from django.core import mail

from livinglab.issues.models import Change
from livinglab.issues.services import answering
from livinglab.issues.services.merging import merge_issue
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


@pytest.mark.parametrize(
    "state", [State.RESOLVED, State.PASSED_ON, State.NO_ACTION], ids=str
)
def test_the_guest_of_a_copy_hears_how_the_other_report_ended(
    state, neighbour, coordinator
):
    original, copy = world.issue(neighbour), world.issue(contact_email=ADDRESS)
    merge_issue(copy, original, by=coordinator)
    tell_all()
    answering.answer_issue(original, state, words="메웠어요.", by=coordinator)
    tell_all()
    send_due_letters()
    joined, ended = mail.outbox
    assert joined.to == ended.to == [ADDRESS]
    assert f"{copy.pk}번" in ended.subject
    assert ended.subject != joined.subject
    assert "메웠어요." in ended.body
    assert f"/report/done/{copy.key}/" in ended.body


def test_the_guest_of_a_copy_is_not_asked_what_the_other_reporter_is(
    neighbour, coordinator
):
    original, copy = world.issue(neighbour), world.issue(contact_email=ADDRESS)
    merge_issue(copy, original, by=coordinator)
    tell_all()
    LetterDue.objects.all().delete()
    answering.answer_issue(original, State.WAITING, words="어디?", by=coordinator)
    tell_all()
    assert not LetterDue.objects.exists()


def test_nobody_reads_by_letter_of_a_report_that_was_hidden(neighbour, coordinator):
    original, copy = world.issue(neighbour), world.issue(contact_email=ADDRESS)
    merge_issue(copy, original, by=coordinator)
    answering.hide_issue(original, "private", words="번호판", by=coordinator)
    tell_all()
    LetterDue.objects.all().delete()
    answering.answer_issue(original, State.RESOLVED, words="끝", by=coordinator)
    tell_all()
    assert not LetterDue.objects.exists()
