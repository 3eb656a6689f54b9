"""The first reporter hears that a problem became a project or a measured effect."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from livinglab.issues.errors import IssueRefused
from livinglab.issues.models import Outcome
from livinglab.issues.services.following import follow_issue, support_issue
from livinglab.issues.services.merging import merge_issue
from livinglab.issues.services.outcomes import (
    note_outcome,
    outcomes_to_tell,
    tell_of_outcome,
)
from livinglab.issues.tasks import sweep_issues
from livinglab.kernel.errors import NotAllowed
from livinglab.notifications.kinds import kind_of
from tests.issues import world

pytestmark = pytest.mark.django_db
PROJECT = {"title_ko": "정왕동 길 함께 고치기", "title_en": "Mending", "url": "/p/3/"}


def title(person):
    notice = person.notices.get(kind="issues.outcome")
    with override("en"):
        return kind_of(notice.kind).title_for(notice.facts)


def test_the_first_reporter_hears_it_as_the_first(resident, neighbour, coordinator):
    issue = world.issue(resident)
    support_issue(issue, by=neighbour)
    note_outcome(issue, "project", **PROJECT, by=coordinator)
    sweep_issues()
    sweep_issues()
    assert title(resident) == "What you reported first became a project"
    assert title(neighbour) == "A report you stand behind became a project"
    assert resident.notices.get().url == "/p/3/"


def test_who_was_first_counts_across_joined_reports(resident, neighbour, coordinator):
    early = timezone.now() - timedelta(days=9)
    copy = world.issue(neighbour, received_at=early)
    original = world.issue(resident)
    merge_issue(copy, original, by=coordinator)
    outcome = note_outcome(copy, "effect", **PROJECT, by=None)
    assert outcome.issue == original
    tell_of_outcome(outcome.pk)
    assert title(neighbour) == "What you reported first has a measured effect"
    assert title(resident) == "A report you stand behind has a measured effect"


def test_the_curious_are_not_behind_it(resident, stranger, coordinator):
    issue = world.issue(resident)
    follow_issue(issue, by=stranger)
    outcome = note_outcome(issue, "project", **PROJECT, by=coordinator)
    assert tell_of_outcome(outcome.pk) == 1
    assert not stranger.notices.exists()


def test_the_same_page_is_noted_and_told_once(resident, coordinator):
    issue = world.issue(resident)
    outcome = note_outcome(issue, "project", **PROJECT, by=coordinator)
    note_outcome(issue, "project", **PROJECT, by=coordinator)
    assert Outcome.objects.count() == 1
    assert [tell_of_outcome(outcome.pk) for _worker in range(5)] == [1, 0, 0, 0, 0]
    assert outcomes_to_tell() == []


def test_only_the_city_says_so_and_only_of_pages_here(
    resident, coordinator, daegu_coordinator
):
    issue = world.issue(resident)
    for nobody in (resident, daegu_coordinator):
        with pytest.raises(NotAllowed):
            note_outcome(issue, "project", **PROJECT, by=nobody)
    for url in ("https://evil.example/", "//evil.example/", ""):
        with pytest.raises(IssueRefused):
            note_outcome(issue, "project", title_ko="길", url=url, by=coordinator)
