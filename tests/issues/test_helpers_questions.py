"""How much pages of reports ask the database while somebody acts for another."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.models import Change, Photo
from livinglab.issues.services.answering import answer_issue
from livinglab.issues.services.blanking import blank_word
from livinglab.issues.services.drafts import keep_half
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.services.voices import add_word
from livinglab.people.models import Helping, Person
from tests.issues import world
from tests.issues.json_door import jpeg, with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def acting(client: Client, resident: Person, neighbour: Person) -> Client:
    helping = Helping.objects.create(
        person=resident,
        helper=neighbour,
        state=Helping.State.ACTIVE,
        areas=["issues"],
        until=timezone.localdate() + timedelta(days=9),
        confirmed_at=timezone.now(),
    )
    client.force_login(neighbour)
    client.post(f"/me/helping/{helping.pk}/act/")
    client.get("/about/")
    return client


def full(resident: Person, coordinator: Person) -> Any:
    """With photos, steps, a text out of sight, and a question to answer."""
    issue = world.issue(resident, answers={"depth": "deep"})
    if not issue.category.questions.exists():
        world.question(issue.category, "depth", "text")
    with_photo(issue, is_public=True)
    photos = [SentPhoto(file=jpeg(320), size=9000)]
    add_word(issue, "더 커졌어요", photos=photos, by=resident)
    word = issue.changes.get(what=Change.What.UPDATE)
    blank_word(issue, word, "이름이 있어요", by=coordinator)
    plan_verdicts(answer_issue(issue, "resolved", words="메웠어요", by=coordinator))
    return issue


def test_the_first_look_at_a_report_with_photos(
    acting: Client,
    resident: Person,
    coordinator: Person,
    django_assert_max_num_queries: Any,
) -> None:
    other, issue = full(resident, coordinator), full(resident, coordinator)
    Client().get(f"/issues/{other.pk}/")  # what its kind asks is known by now
    for _look in ("first", "later", "kept"):
        with django_assert_max_num_queries(8):
            assert acting.get(f"/issues/{issue.pk}/").status_code == 200


def test_the_first_look_at_what_is_half_written(
    acting: Client, resident: Person, django_assert_max_num_queries: Any
) -> None:
    world.question(world.category(), "depth", "text")
    said = {
        "category": ["pothole"],
        "words": ["파였어요"],
        "place_from": ["device"],
        "lon": ["126.7386"],
        "lat": ["37.3463"],
    }
    world.issue(resident)
    photos = [SentPhoto(file=jpeg(320), size=9000)]
    draft = keep_half(resident, said, photos)
    Client().get("/report/")  # the empty form, everybody's, was opened before
    for _look in ("first", "later"):
        with django_assert_max_num_queries(8):
            page = acting.get(f"/report/draft/{draft.key}/")
        assert 'data-first="what"' in page.text
        assert f"/issues/photos/{Photo.objects.get(draft=draft).key}/" in page.text
