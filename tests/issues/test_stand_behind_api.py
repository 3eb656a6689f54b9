"""At the JSON door: meeting it too, following, adding; as a guest too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.issues.models import (
    Change,
    Follow,
    Photo,
)
from livinglab.people.models import Guest
from livinglab.people.services.guests import join_guest
from tests.issues import world
from tests.issues.json_door import at, jpeg

pytestmark = pytest.mark.django_db


def test_meeting_it_too_counts_once_and_follows(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    for _again in range(2):
        answer = client.post(at(issue, "support/"))
        assert answer.status_code == 200
    assert answer.json()["id"] == issue.pk
    assert (answer.json()["supporters"], answer.json()["why_followed"]) == (1, "met_it")


def test_a_supporters_photo_waits_for_a_look(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    headers = {"Idempotency-Key": "8d2f5a1e-6a0b-4a4e-9f0f-3f1f0a4b8d21"}
    for _again in range(2):
        sent = {"photos": [jpeg()], "alts": ["오늘도 파여 있어요"]}
        assert (
            client.post(at(issue, "support/"), sent, headers=headers).status_code == 200
        )
    row = Photo.objects.get()
    assert (row.is_public, row.alt) == (False, "오늘도 파여 있어요")
    assert Change.objects.filter(what=Change.What.UPDATE).count() == 1


def test_a_bad_photo_of_a_supporter_stores_nothing(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    bad = SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")
    answer = client.post(at(issue, "support/"), {"photos": [bad]})
    assert answer.status_code == 422
    assert not Follow.objects.filter(person=neighbour).exists()


def test_following_and_letting_go(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    assert client.post(at(issue, "follow/")).json()["why_followed"] == "curious"
    assert client.delete(at(issue, "follow/")).status_code == 204
    assert client.get(at(issue)).json()["why_followed"] == ""


def test_followers_add_what_is_new_and_others_do_not(
    client, resident, neighbour, stranger
):
    issue = world.issue(resident)
    client.force_login(neighbour)
    client.post(at(issue, "support/"))
    answer = client.post(at(issue, "updates/"), {"words": "더 깊어졌어요."})
    assert answer.status_code == 200
    assert answer.json()["timeline"][-1]["words"] == "더 깊어졌어요."
    client.force_login(stranger)
    refused = client.post(at(issue, "updates/"), {"words": "저도요"})
    assert refused.status_code == 403


def test_what_a_guest_met_counts_after_the_sign_in(client, resident, neighbour):
    issue = world.issue(resident)
    answer = client.post(at(issue, "support/"))
    assert (answer.status_code, answer.json()["supporters"]) == (200, 0)
    join_guest(Guest.objects.get(), neighbour)
    assert client.get(at(issue)).json()["supporters"] == 1


def test_a_guests_photos_wait_unseen_and_come_along_once(client, resident, neighbour):
    issue = world.issue(resident)
    for _again in range(2):
        sent = {"photos": [jpeg()], "alts": ["오늘도 파여 있어요"]}
        answer = client.post(at(issue, "support/"), sent)
        assert (answer.status_code, answer.json()["photos"]) == (200, [])
    row = Photo.objects.get()
    assert row.issue is None
    address = f"/issues/photos/{row.key}/full.webp"
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404

    join_guest(Guest.objects.get(), neighbour)
    row.refresh_from_db()
    assert (row.issue, row.draft, row.alt) == (issue, None, "오늘도 파여 있어요")
    assert row.change.by == neighbour
    assert not row.is_public
    assert client.get(at(issue)).json()["supporters"] == 1


def test_more_photos_than_a_report_carries_are_refused_for_guests_too(client, resident):
    issue = world.issue(resident)
    six = {"photos": [jpeg(300 + n) for n in range(6)]}
    assert client.post(at(issue, "support/"), six).status_code == 422
    assert not Photo.objects.exists()


def test_a_guest_meets_nothing_that_is_not_public(client, resident):
    issue = world.issue(resident, is_public=False)
    assert client.post(at(issue, "support/")).status_code == 404


def test_a_guest_without_the_token_of_our_pages_is_refused(resident):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(at(world.issue(resident), "support/")).status_code == 403


def test_a_whole_report_comes_along(client, resident, neighbour):
    issue = world.issue(resident)
    client.force_login(neighbour)
    words = "가" * 4000
    sent = {"words": words, "photos": [jpeg(300 + n) for n in range(5)]}
    assert client.post(at(issue, "support/"), sent).status_code == 200
    word = issue.changes.get(by=neighbour)
    assert (word.words, word.photos.count()) == (words, 5)
