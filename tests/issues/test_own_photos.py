"""Whoever sent a photo covers it or takes it back; others' photos are not theirs."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from livinglab.issues.models import Follow, Issue, Photo
from livinglab.issues.services.photos import SentPhoto, add_photo
from livinglab.issues.services.voices import add_word
from livinglab.people.services.files import erase_due_files
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db


def picture(colour: str = "red") -> BytesIO:
    written = BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, "PNG")
    written.seek(0)
    return written


@pytest.fixture
def citizen(db: None) -> Any:
    return make.resident()


@pytest.fixture
def supporter(db: None) -> Any:
    return make.resident("supporter@example.org")


@pytest.fixture
def issue(citizen: Any) -> Issue:
    return world.issue(citizen)


@pytest.fixture
def mine(issue: Issue) -> Photo:
    """Of the report itself."""
    file = picture()
    return add_photo(issue, file, size=file.getbuffer().nbytes)[0]


@pytest.fixture
def theirs(issue: Issue, supporter: Any) -> Photo:
    """Added by somebody who met it too; nobody of the city has looked."""
    Follow.objects.create(issue=issue, person=supporter, why=Follow.Why.MET_IT_TOO)
    file = picture("blue")
    sent = SentPhoto(file=file, size=file.getbuffer().nbytes, alt="어제 모습")
    change = add_word(issue, "더 커졌어요", photos=[sent], by=supporter)
    return Photo.objects.get(change=change)


def page(client: Client, issue: Issue, person: Any) -> str:
    client.force_login(person)
    return client.get(f"/issues/{issue.pk}/").text


def act(photo: Photo, verb: str) -> str:
    return f"/issues/photos/{photo.key}/{verb}/"


def sees(client: Client, photo: Photo) -> bool:
    statuses = {
        client.get(f"/issues/photos/{photo.key}/{name}").status_code
        for name in ("thumb.webp", "card.avif", "full.webp")
    }
    assert len(statuses) == 1
    return statuses == {200}


def test_the_page_leads_to_covering_and_to_taking_back(
    client: Client, issue: Issue, citizen: Any, mine: Photo
) -> None:
    text = page(client, issue, citizen)
    assert "이 제보에 올린 내 사진" in text
    assert act(mine, "cover") in text
    assert act(mine, "remove") in text


def test_taken_back_it_is_gone_with_its_files(
    client: Client, issue: Issue, citizen: Any, mine: Photo
) -> None:
    client.force_login(citizen)
    names = mine.stored_names
    answer = client.post(act(mine, "remove"), follow=True)
    assert answer.redirect_chain == [(f"/issues/{issue.pk}/", 302)]
    assert "사진을 지웠어요." in answer.text
    erase_due_files()
    assert not Photo.objects.exists()
    assert not any(map(default_storage.exists, names))
    assert client.post(act(mine, "remove")).status_code == 404


def test_looking_takes_nothing_back(client: Client, citizen: Any, mine: Photo) -> None:
    client.force_login(citizen)
    assert client.get(act(mine, "remove")).status_code == 405
    assert Photo.objects.exists()


def test_what_others_added_is_not_the_reporters(
    client: Client, issue: Issue, citizen: Any, mine: Photo, theirs: Photo
) -> None:
    text = page(client, issue, citizen)
    assert str(mine.key) in text
    assert str(theirs.key) not in text  # not released, so nobody else's to see
    assert not sees(client, theirs)
    for verb in ("cover", "remove"):
        assert client.post(act(theirs, verb), {"box": "0,0,1,1"}).status_code == 404
    gone = client.delete(f"/api/v1/issues/{issue.pk}/photos/{theirs.key}/")
    assert gone.status_code in (403, 404)
    theirs.refresh_from_db()
    assert theirs.covered == 0


def test_whoever_added_it_sees_covers_and_takes_it_back(
    client: Client, issue: Issue, supporter: Any, mine: Photo, theirs: Photo
) -> None:
    text = page(client, issue, supporter)
    assert act(theirs, "remove") in text
    assert act(mine, "remove") not in text
    assert sees(client, theirs)
    assert not sees(client, mine)
    assert client.get(act(theirs, "cover")).status_code == 200
    assert client.post(act(theirs, "cover"), {"box": "0,0,1,1"}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.covered == 1
    assert client.post(act(theirs, "remove")).status_code == 302
    assert list(Photo.objects.all()) == [mine]


def test_a_stranger_and_a_guest_find_nothing(
    client: Client, mine: Photo, theirs: Photo
) -> None:
    for photo in (mine, theirs):
        assert client.post(act(photo, "remove")).status_code == 302  # to the sign-in
        assert not sees(client, photo)
    client.force_login(make.resident("other@example.org"))
    for photo in (mine, theirs):
        assert client.post(act(photo, "remove")).status_code == 404
        assert not sees(client, photo)
    assert Photo.objects.count() == 2


def test_the_city_sees_all_of_them_and_goes_back_to_its_desk(
    client: Client, issue: Issue, coordinator: Any, mine: Photo, theirs: Photo
) -> None:
    text = page(client, issue, coordinator)
    for photo in (mine, theirs):
        assert str(photo.key) in text
        assert sees(client, photo)
    assert "이 제보에 올린 내 사진" not in text
    answer = client.post(act(theirs, "cover"), {"box": "0,0,1,1"})
    assert answer.url == f"/admin/issues/issue/{issue.pk}/change/"


def test_the_city_first_and_the_author_then_see_each_their_own(
    client: Client, issue: Issue, citizen: Any, coordinator: Any, theirs: Photo
) -> None:
    """What was drawn for one is not handed to the other."""
    assert str(theirs.key) in page(client, issue, coordinator)
    assert str(theirs.key) not in page(client, issue, citizen)


def test_released_everybody_sees_it(
    client: Client, issue: Issue, citizen: Any, theirs: Photo
) -> None:
    Photo.objects.update(is_public=True)
    assert str(theirs.key) in page(client, issue, citizen)
    assert act(theirs, "remove") not in page(client, issue, citizen)
