"""New reports at followed places: one notice a person and day."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from livinglab.issues.models import FollowedPlace, Issue
from livinglab.issues.services.answering import (
    hide_issue,
    show_issue,
    withdraw_issue,
)
from livinglab.issues.services.following import follow_place
from livinglab.issues.services.news import tell_of_places
from livinglab.notifications.kinds import kind_of
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def followed(neighbour):
    """Since an hour the neighbour follows their dong and their street."""
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        dong = follow_place("정왕1동", neighbourhood=make.neighbourhood(), by=neighbour)
        street = follow_place("우리 길", point=world.JEONGWANG, by=neighbour)
    return dong, street


def test_a_report_at_two_followed_places_is_one_notice(followed, neighbour, resident):
    issue = world.issue(resident)
    assert tell_of_places() == 1
    notice = neighbour.notices.get()
    assert notice.facts["count"] == 1
    assert notice.facts["places"] == ["정왕1동", "우리 길"]
    assert notice.url == f"/issues/{issue.pk}/"


def test_what_was_told_is_not_told_again(followed, neighbour, resident):
    world.issue(resident)
    assert [tell_of_places() for _worker in range(5)] == [1, 0, 0, 0, 0]
    world.issue(resident)
    world.issue(resident)
    assert tell_of_places() == 1
    newest = neighbour.notices.order_by("pk").last()
    assert newest.facts["count"] == 2
    assert newest.url == "/issues/places/"
    assert "2" in kind_of(newest.kind).title_for(newest.facts)


def test_ones_own_reports_and_private_ones_are_no_news(followed, neighbour, resident):
    world.issue(neighbour)
    world.issue(resident, is_public=False)
    assert tell_of_places() == 0


def test_what_is_published_later_is_news_then(
    followed, neighbour, resident, coordinator
):
    held = world.issue(resident, is_public=False, hidden=Issue.Hidden.SUSPECTED)
    world.issue(resident)
    assert tell_of_places() == 1
    show_issue(held, by=coordinator)
    assert tell_of_places() == 1
    newest = neighbour.notices.order_by("pk").last()
    assert newest.facts["issues"] == [held.pk]


def test_a_street_ends_where_its_radius_does(neighbour, resident):
    lon, lat = world.JEONGWANG
    street = follow_place("우리 길", point=world.JEONGWANG, radius_m=300, by=neighbour)
    FollowedPlace.objects.update(told_until=street.since - timedelta(hours=1))
    world.issue(resident, point=(lon, lat + 0.0040))  # 445 m
    assert tell_of_places() == 0
    world.issue(resident, point=(lon, lat + 0.0020))  # 222 m
    assert tell_of_places() == 1


def test_after_a_long_outage_old_reports_are_no_news(followed, resident):
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        FollowedPlace.objects.update(told_until=timezone.now())
        world.issue(resident)
    assert tell_of_places() == 0


def test_many_people_cost_few_questions(
    resident, neighbour, django_assert_max_num_queries
):
    dong = make.neighbourhood()
    people = [neighbour.__class__(email=f"p{n}@example.org") for n in range(40)]
    neighbour.__class__.objects.bulk_create(people)
    before = timezone.now() - timedelta(hours=1)
    FollowedPlace.objects.bulk_create(
        FollowedPlace(person=one, neighbourhood=dong, name="동", told_until=before)
        for one in people
    )
    world.issue(resident)
    with django_assert_max_num_queries(60):  # one for each mark, and the notices
        assert tell_of_places() == 40


def test_hidden_and_shown_again_is_no_news(followed, neighbour, resident, coordinator):
    issue = world.issue(resident)
    assert tell_of_places() == 1
    hide_issue(issue, "spam", words="잘못 눌렀어요", by=coordinator)
    show_issue(Issue.objects.get(), by=coordinator)
    assert tell_of_places() == 0


def test_what_was_taken_back_meanwhile_is_no_news(followed, resident):
    withdraw_issue(world.issue(resident), by=resident)
    assert tell_of_places() == 0
