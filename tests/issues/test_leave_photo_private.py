"""A photo left private on purpose waits for nobody, and can still be released."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from livinglab.issues.models import Issue, Photo
from livinglab.issues.selectors.desk import Queue, count_queues
from livinglab.issues.services.photos import leave_private, release_photo
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person
from tests.issues import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(resident: Person) -> Issue:
    return world.issue(resident)


def photo(issue: Issue, **fields: Any) -> Photo:
    facts = {"digest": str(issue.photos.count()), "width": 40, "height": 30}
    sizes = {"thumb": "t", "card": "c", "full": "f"}
    return Photo.objects.create(issue=issue, **facts | sizes | fields)


def waiting(person: Person) -> int:
    return count_queues(person)[Queue.PHOTOS]


def press(client: Client, photo: Photo, verb: str) -> int:
    where = f"/admin/issues/issue/{photo.issue_id}/photos/{verb}/"
    return client.post(where, {"photo": photo.pk}).status_code


def test_one_button_takes_it_out_of_the_queue(
    client: Client, issue: Issue, coordinator: Person
) -> None:
    sent = photo(issue)
    client.force_login(coordinator)
    queue = "/admin/issues/issue/?queue=photos"
    assert waiting(coordinator) == 1
    assert f"#{issue.pk}" in client.get(queue).text
    assert press(client, sent, "private") == 302
    sent.refresh_from_db()
    assert (sent.is_public, sent.stays_private) == (False, True)
    assert waiting(coordinator) == 0
    assert f"#{issue.pk}" not in client.get(queue).text
    page = client.get(f"/admin/issues/issue/{issue.pk}/change/").text
    assert "비공개로 두기로 했어요" in page
    assert "photos/private/" not in page


def test_another_photo_of_the_report_still_waits(
    issue: Issue, coordinator: Person
) -> None:
    leave_private(photo(issue), by=coordinator)
    photo(issue)
    assert waiting(coordinator) == 1


def test_it_is_released_by_a_press_of_its_own_and_not_with_all(
    client: Client, issue: Issue, coordinator: Person
) -> None:
    left = leave_private(photo(issue), by=coordinator)
    others = [photo(issue), photo(issue)]
    client.force_login(coordinator)
    page = client.get(f"/admin/issues/issue/{issue.pk}/change/").text
    form = page.split('id="photos-heading"')[1].split("<ul")[0]
    assert f'value="{left.pk}"' not in form
    assert all(f'value="{one.pk}"' in form for one in others)
    chosen = {"chosen": f"{issue.pk}:{issue.version}", "send": "1"}
    client.post("/admin/issues/issue/several/photos/", chosen)
    left.refresh_from_db()
    assert not left.is_public
    assert set(issue.photos.filter(is_public=True)) == set(others)
    assert press(client, left, "release") == 302
    left.refresh_from_db()
    assert (left.is_public, left.stays_private) == (True, False)


def test_a_released_one_is_taken_back(
    client: Client, issue: Issue, coordinator: Person
) -> None:
    shown = release_photo(photo(issue), by=coordinator)
    client.force_login(coordinator)
    press(client, shown, "private")
    assert not Photo.objects.public().exists()


def test_only_the_city_decides(
    client: Client, issue: Issue, resident: Person, evaluator: Person
) -> None:
    sent = photo(issue)
    for somebody in (resident, evaluator):
        with pytest.raises(NotAllowed):
            leave_private(sent, by=somebody)
    client.force_login(evaluator)
    assert press(client, sent, "private") == 403


def test_another_city_does_not_find_it(
    client: Client, issue: Issue, daegu_coordinator: Person
) -> None:
    client.force_login(daegu_coordinator)
    assert press(client, photo(issue), "private") == 404


def test_released_and_private_at_once_cannot_be(issue: Issue) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        photo(issue, is_public=True, stays_private=True)
