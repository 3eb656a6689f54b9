"""Merge duplicates, support, follow."""

import pytest

from livinglab.issues.errors import IssueRefused, StepRefused, TooMany
from livinglab.issues.models import Follow, Issue
from livinglab.issues.services import following
from livinglab.issues.services.answering import answer_issue
from livinglab.issues.services.following import (
    follow_issue,
    follow_place,
    support_issue,
    unfollow_issue,
)
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.states import State
from livinglab.kernel.errors import NotAllowed
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


def test_merging_moves_everybody_who_cares(resident, neighbour, stranger, coordinator):
    original, copy = world.issue(resident), world.issue(neighbour)
    follow_issue(copy, by=stranger)
    support_issue(copy, by=resident)

    merge_issue(copy, original, by=coordinator)

    copy.refresh_from_db()
    original.refresh_from_db()
    assert (copy.state, copy.duplicate_of) == (State.DUPLICATE, original)
    reasons = dict(original.follows.values_list("person__name", "why"))
    assert reasons == {
        resident.name: Follow.Why.REPORTED,
        neighbour.name: Follow.Why.MET_IT_TOO,
        stranger.name: Follow.Why.CURIOUS,
    }
    assert original.supporters == 1


def test_a_chain_of_copies_ends_at_the_one_that_stays(resident, coordinator):
    first, second, third = (world.issue(resident) for _one in range(3))
    merge_issue(third, second, by=coordinator)
    merge_issue(second, first, by=coordinator)
    assert set(Issue.objects.filter(duplicate_of=first)) == {second, third}
    with pytest.raises(IssueRefused):
        merge_issue(first, second, by=coordinator)


def test_a_report_is_no_copy_of_itself_nor_of_the_other_citys(resident, coordinator):
    issue = world.issue(resident)
    with pytest.raises(IssueRefused):
        merge_issue(issue, issue, by=coordinator)
    abroad = world.issue(
        resident,
        category=world.category(city="daegu"),
        neighbourhood=make.neighbourhood("2714074200"),
    )
    with pytest.raises(NotAllowed):
        merge_issue(issue, abroad, by=coordinator)


def test_having_met_it_counts_once_a_person(resident, neighbour):
    issue = world.issue(resident)
    for _again in range(3):
        support_issue(issue, by=neighbour)
    issue.refresh_from_db()
    assert issue.supporters == 1


def test_a_curious_follower_may_turn_out_to_have_met_it(resident, neighbour):
    issue = world.issue(resident)
    follow_issue(issue, by=neighbour)
    support_issue(issue, by=neighbour)
    assert issue.follows.get(person=neighbour).why == Follow.Why.MET_IT_TOO
    unfollow_issue(issue, by=neighbour)
    issue.refresh_from_db()
    assert issue.supporters == 0


def test_the_reporter_does_not_count_as_a_supporter(resident):
    issue = world.issue(resident)
    support_issue(issue, by=resident)
    issue.refresh_from_db()
    assert issue.supporters == 0
    assert issue.follows.get().why == Follow.Why.REPORTED


@pytest.mark.parametrize("verb", [support_issue, follow_issue])
def test_a_reporter_who_let_go_comes_back_as_the_reporter(verb, resident):
    issue = world.issue(resident)
    unfollow_issue(issue, by=resident)
    verb(issue, by=resident)
    issue.refresh_from_db()
    assert issue.supporters == 0
    assert issue.follows.get().why == Follow.Why.REPORTED


def test_a_closed_report_takes_no_more_support(resident, neighbour, coordinator):
    issue = world.issue(resident)
    answer_issue(issue, State.RESOLVED, words="메웠어요.", by=coordinator)
    with pytest.raises(StepRefused):
        support_issue(issue, by=neighbour)


def test_a_private_report_can_be_neither_supported_nor_followed(resident, stranger):
    issue = world.issue(resident, is_public=False)
    for verb in (support_issue, follow_issue):
        with pytest.raises(NotAllowed):
            verb(issue, by=stranger)


def test_followed_places_have_a_cap(resident, monkeypatch):
    monkeypatch.setattr(following, "MOST_PLACES", 1)
    dong = make.neighbourhood()
    follow_place("정왕1동", neighbourhood=dong, by=resident)
    with pytest.raises(TooMany):
        follow_place("우리 골목", point=world.JEONGWANG, by=resident)
