"""A guest's report becomes a person's: they stand behind it wherever it goes on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from livinglab.issues.models import Follow, Issue, Verdict
from livinglab.issues.services.answering import answer_issue
from livinglab.issues.services.following import follow_issue, support_issue
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.reporting import (
    claim_issue,
    join_reports,
    report_issue,
)
from livinglab.issues.services.telling import changes_to_tell, tell_of_change
from livinglab.issues.services.verdicts import ask_verdict, due_verdicts
from livinglab.issues.states import State
from livinglab.people.models import Guest
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest():
    later = timezone.now() + timedelta(days=9)
    return Guest.objects.create(digest="g", expires_at=later)


@pytest.fixture
def sent(guest):
    """What this browser sent without an account."""
    return report_issue(world.said(), by=None, guest=guest).issue


@pytest.fixture(params=["with the key", "at the sign-in"])
def taken(request, guest, sent):
    """Both ways in which it becomes a person's."""

    def take(person):
        if request.param == "with the key":
            claim_issue(sent.key, by=person)
        else:
            assert join_reports(guest.pk, person.pk) == 1
        sent.refresh_from_db()
        assert sent.reporter == person

    return take


def tell_all():
    for change in changes_to_tell():
        tell_of_change(change)


def fix(issue, coordinator):
    issue.refresh_from_db()
    answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    tell_all()


def asked(person):
    rows = Verdict.objects.filter(person=person).order_by("round")
    return list(rows.values_list("issue", "round"))


@pytest.mark.parametrize("before", [follow_issue, support_issue])
def test_whoever_followed_it_before_is_its_reporter_now(
    before, taken, sent, resident, coordinator
):
    before(sent, by=resident)
    taken(resident)
    assert sent.follows.get().why == Follow.Why.REPORTED
    assert sent.supporters == 0
    fix(sent, coordinator)
    assert asked(resident) == [(sent.pk, 1), (sent.pk, 2)]


def test_what_was_joined_meanwhile_is_followed_where_it_goes_on(
    taken, sent, resident, neighbour, coordinator
):
    middle, original = world.issue(), world.issue(neighbour)
    merge_issue(sent, middle, by=coordinator)
    merge_issue(middle, original, by=coordinator)
    taken(resident)
    original.refresh_from_db()
    assert original.supporters == 1
    assert original.follows.get(person=resident).why == Follow.Why.MET_IT_TOO
    fix(original, coordinator)
    assert asked(resident) == [(original.pk, 1), (original.pk, 2)]


def test_ones_own_original_takes_in_ones_own_copy(taken, sent, resident, coordinator):
    original = world.issue(resident)
    merge_issue(sent, original, by=coordinator)
    taken(resident)
    original.refresh_from_db()
    assert original.supporters == 0
    assert original.follows.get().why == Follow.Why.REPORTED


def test_what_was_fixed_meanwhile_is_asked_about_too(
    client, taken, sent, resident, coordinator
):
    fix(sent, coordinator)
    taken(resident)
    client.force_login(resident)
    assert 'id="fixed"' in client.get(f"/issues/{sent.pk}/").text
    assert [ask_verdict(one) for one in due_verdicts()] == [True]
    assert resident.notices.get().kind == "issues.closed"


def test_also_where_the_report_it_was_joined_with_is_fixed(
    taken, sent, resident, neighbour, coordinator
):
    original = world.issue(neighbour)
    merge_issue(sent, original, by=coordinator)
    fix(original, coordinator)
    taken(resident)
    assert asked(resident) == [(original.pk, 1), (original.pk, 2)]


def test_taken_over_late_one_question_is_asked(taken, sent, resident, coordinator):
    fix(sent, coordinator)
    with time_machine.travel(timezone.now() + timedelta(weeks=5)):
        taken(resident)
        assert sum(ask_verdict(one) for one in due_verdicts()) == 1
    assert resident.notices.get().kind == "issues.still_fixed"


def test_what_was_closed_otherwise_asks_nothing(taken, sent, resident, coordinator):
    answer_issue(sent, State.NO_ACTION, words="사유지예요.", by=coordinator)
    taken(resident)
    assert not Verdict.objects.exists()


def test_what_another_browser_sent_stays_the_others(guest, sent, resident):
    other = Guest.objects.create(digest="o", expires_at=guest.expires_at)
    assert join_reports(other.pk, resident.pk) == 0
    assert Issue.objects.get().reporter is None
