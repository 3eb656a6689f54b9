"""A report is kept for a resident who comes back, and is true at every look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.models import Category, Issue, Photo, Verdict
from livinglab.issues.services import answering
from livinglab.issues.services.erasure import erase_person
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.reporting import report_issue
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.services.voices import add_word
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood
from tests.issues import world
from tests.issues.test_issue_page import photo

pytestmark = pytest.mark.django_db
Look = Callable[[], Any]


@pytest.fixture
def issue(resident: Person) -> Issue:
    return report_issue(world.said(), by=resident).issue


@pytest.fixture
def look(client: Client, issue: Issue, neighbour: Person) -> Look:
    """The page as somebody else sees it who was there three times before."""
    return back(client, issue, neighbour)


def back(client: Client, issue: Issue, person: Person) -> Look:
    client.force_login(person)
    for _time in range(3):
        assert client.get(f"/issues/{issue.pk}/").status_code == 200
    return lambda: client.get(f"/issues/{issue.pk}/")


def test_who_comes_back_is_asked_for_in_one_light_question(
    look: Look, issue: Issue, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4) as caught:
        look()
    assert not [one for one in caught if "INNER JOIN" in one["sql"]]


def test_an_answer_of_the_city_shows_at_once(
    look: Look, issue: Issue, coordinator: Person
) -> None:
    answering.answer_issue(issue, "in_progress", words="보고 있어요", by=coordinator)
    assert "보고 있어요" in look().text


def test_what_one_does_oneself_shows_at_once(
    look: Look, issue: Issue, neighbour: Person
) -> None:
    assert f"/issues/{issue.pk}/support/" in look().text
    support_issue(issue, by=neighbour)
    text = look().text
    assert f"/issues/{issue.pk}/support/" not in text
    assert f"/issues/{issue.pk}/unfollow/" in text


def test_a_hidden_or_private_one_is_gone_at_once(look: Look, issue: Issue) -> None:
    for facts in ({"hidden": "rude", "is_public": False}, {"is_public": False}):
        Issue.objects.filter(pk=issue.pk).update(**facts)
        assert look().status_code == 404
        Issue.objects.filter(pk=issue.pk).update(hidden="", is_public=True)
        assert look().status_code == 200


def test_a_photo_shows_when_it_is_released_and_goes_when_it_is_not(
    look: Look, issue: Issue
) -> None:
    one = photo(issue, released=False)
    assert str(one.key) not in look().text
    Photo.objects.update(is_public=True)
    assert str(one.key) in look().text
    Photo.objects.update(is_public=False)
    assert str(one.key) not in look().text


def test_new_names_show_at_once(look: Look, issue: Issue) -> None:
    Neighbourhood.objects.update(name_ko="새 동네")
    assert "새 동네" in look().text
    Category.objects.update(name_ko="새 종류", changed_at=timezone.now())
    assert "새 종류" in look().text


def test_the_question_whether_it_is_fixed_shows_when_it_is_due_and_goes(
    client: Client, issue: Issue, resident: Person, coordinator: Person
) -> None:
    closing = answering.answer_issue(issue, "resolved", words="됐어요", by=coordinator)
    look = back(client, issue, resident)
    assert "고쳐졌나요?" not in look().text
    plan_verdicts(closing)
    asked = Verdict.objects.get(round=1)
    shown = f'name="question" value="{asked.pk}"'
    assert shown in look().text
    Verdict.objects.filter(pk=asked.pk).update(answer="yes")
    assert shown not in look().text


def test_nobody_meets_what_was_kept_for_another(
    client: Client, look: Look, issue: Issue, resident: Person
) -> None:
    assert f"/issues/{issue.pk}/withdraw/" not in look().text
    mine = back(client, issue, resident)
    assert f"/issues/{issue.pk}/withdraw/" in mine().text


def test_a_role_that_was_given_counts_at_once(
    client: Client, issue: Issue, coordinator: Person
) -> None:
    Issue.objects.filter(pk=issue.pk).update(is_public=False)
    look = back(client, issue, coordinator)
    coordinator.roles.all().delete()
    assert look().status_code == 404


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_somebody_took_along_when_leaving_is_gone_at_once(
    client: Client, neighbour: Person, resident: Person, is_signed_in: bool
) -> None:
    said = world.said(words="까마귀가 있어요")
    issue = report_issue(said, by=neighbour).issue
    add_word(issue, "까치도 왔어요", by=neighbour)
    if is_signed_in:
        client.force_login(resident)
    for _time in range(3):
        page = client.get(f"/issues/{issue.pk}/").text
    assert "까마귀" in page
    assert "까치" in page
    erase_person(neighbour, {"reports": "erase"})
    page = client.get(f"/issues/{issue.pk}/").text
    assert "까마귀" not in page
    assert "까치" not in page
