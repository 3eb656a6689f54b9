"""What a report may be merged into, who counts there, and two merges at once."""

import pytest
from django.utils import timezone

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused
from livinglab.issues.models import Follow, Issue
from livinglab.issues.services.answering import (
    answer_issue,
    hide_issue,
    reopen_issue,
    withdraw_issue,
)
from livinglab.issues.services.following import follow_issue, unfollow_issue
from livinglab.issues.services.merging import merge_issue, undo_merge
from livinglab.issues.services.voices import add_word
from livinglab.issues.states import REOPENABLE, State
from livinglab.kernel.errors import Refused
from tests.issues import world

pytestmark = pytest.mark.django_db


def read(issue: Issue) -> Issue:
    """As somebody has it who opened it a moment ago."""
    return Issue.objects.get(pk=issue.pk)


def refused(copy: Issue, original: Issue, by: object) -> str:
    with pytest.raises(IssueRefused) as refusal:
        merge_issue(copy, original, by=by)
    copy.refresh_from_db()
    assert (copy.state, copy.duplicate_of) == (State.RECEIVED, None)
    return str(refusal.value)


def test_nothing_is_merged_into_what_was_withdrawn(resident, neighbour, coordinator):
    original, copy = world.issue(resident), world.issue(neighbour)
    withdraw_issue(original, by=resident)
    assert "거둔" in refused(copy, original, coordinator)


@pytest.mark.parametrize("state", sorted(REOPENABLE))
def test_what_is_closed_is_opened_again_before_it_takes_another_in(
    state, resident, neighbour, coordinator
):
    original, copy = world.issue(resident), world.issue(neighbour)
    answer_issue(original, state, words="끝났어요.", by=coordinator)
    assert "다시 열" in refused(copy, original, coordinator)
    reopen_issue(original, "또 파였어요.", by=coordinator)
    merge_issue(copy, original, by=coordinator)
    assert copy.duplicate_of == original


def test_a_published_report_never_goes_into_one_nobody_else_reads(
    resident, neighbour, coordinator
):
    copy = world.issue(neighbour)
    private = world.issue(resident, is_public=False)
    assert "공개" in refused(copy, private, coordinator)
    hidden = world.issue(resident)
    hide_issue(hidden, "private", words="번호판이 보여요.", by=coordinator)
    assert "공개" in refused(copy, hidden, coordinator)


def test_reports_that_nobody_else_reads_are_merged_with_each_other(
    resident, coordinator
):
    first, again = (world.issue(resident, is_public=False) for _one in range(2))
    merge_issue(again, first, by=coordinator)
    assert again.duplicate_of == first


# --- two at once --------------------------------------------------------------
def test_a_report_that_was_merged_away_meanwhile_takes_nothing_in(
    resident, neighbour, stranger, coordinator
):
    ends, middle, copy = map(world.issue, (resident, neighbour, stranger))
    seen = read(middle)
    merge_issue(read(middle), ends, by=coordinator)
    with pytest.raises(ChangedMeanwhile):
        merge_issue(copy, seen, by=coordinator)
    assert read(copy).state == State.RECEIVED
    merge_issue(copy, ends, by=coordinator)
    assert ends.follows.filter(person=stranger).exists()


def test_two_reports_are_not_merged_into_each_other(resident, neighbour, coordinator):
    one, other = world.issue(resident), world.issue(neighbour)
    mine, theirs = (read(one), read(other)), (read(other), read(one))
    merge_issue(*mine, by=coordinator)
    with pytest.raises(ChangedMeanwhile):
        merge_issue(*theirs, by=coordinator)
    assert read(one).duplicate_of == other
    assert read(other).is_open


@pytest.mark.parametrize("state", [State.RESOLVED, State.WAITING])
def test_whoever_looked_at_another_state_is_told(
    state, resident, neighbour, coordinator
):
    original, copy = world.issue(resident), world.issue(neighbour)
    seen = read(original)
    answer_issue(original, state, words="메웠어요.", by=coordinator)
    with pytest.raises(ChangedMeanwhile):
        merge_issue(copy, seen, by=coordinator)


def test_a_word_added_meanwhile_hinders_no_merge(resident, neighbour, coordinator):
    original, copy = world.issue(resident), world.issue(neighbour)
    seen = read(original)
    add_word(original, "더 깊어졌어요.", by=resident)
    merge_issue(copy, seen, by=coordinator)
    assert read(copy).duplicate_of == original


def test_a_merge_undone_can_be_made_again(resident, neighbour, coordinator):
    original, copy = world.issue(resident), world.issue(neighbour)
    merge_issue(copy, original, by=coordinator)
    undo_merge(copy, "다른 곳이에요.", by=coordinator)
    merge_issue(copy, original, by=coordinator)
    assert read(original).supporters == 1


# --- who counts ---------------------------------------------------------------
def test_who_reported_the_copy_and_was_curious_about_the_original_counts(
    resident, neighbour, coordinator
):
    original, copy = world.issue(resident), world.issue(neighbour)
    follow_issue(original, by=neighbour)
    merge_issue(copy, original, by=coordinator)
    assert original.follows.get(person=neighbour).why == Follow.Why.MET_IT_TOO
    assert read(original).supporters == 1


def test_who_reported_both_is_the_reporter_and_no_supporter(resident, coordinator):
    original, copy = world.issue(resident), world.issue(resident)
    unfollow_issue(original, by=resident)
    merge_issue(copy, original, by=coordinator)
    assert original.follows.get().why == Follow.Why.REPORTED
    assert read(original).supporters == 0


def test_a_refusal_says_so_before_anything_is_written(resident, coordinator):
    original = world.issue(state=State.NO_ACTION, closed_at=timezone.now())
    copy = world.issue(resident)
    with pytest.raises(Refused):
        merge_issue(copy, original, by=coordinator)
    assert not copy.changes.exists()
    assert not original.follows.exists()
