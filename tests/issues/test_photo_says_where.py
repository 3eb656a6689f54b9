"""A photo that tells where it was taken says the place, and then forgets it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.drafts import taken_at
from livinglab.people.models import Draft
from tests.images.corpus import heic, told, written
from tests.images.reading import metadata
from tests.issues import world
from tests.kernel.test_clean_photo import photo

pytestmark = pytest.mark.django_db
LON, LAT = 126.7386, 37.3463  # as `told` writes it
CHECKED = 'name="place_from" value="photo" checked'


@pytest.fixture(autouse=True)
def here(db):
    world.said()  # Jeongwang 1-dong and its potholes


def from_camera(name="a.jpg"):
    return SimpleUploadedFile(name, written("JPEG", exif=told()), "image/jpeg")


def plain():
    return SimpleUploadedFile("b.jpg", photo(320, 240).getvalue(), "image/jpeg")


def look(client, *photos, **fields):
    said = {"category": "pothole", "words": "깊게 파였어요", "photos": photos} | fields
    return client.post("/report/", said)


def draft_in(answer):
    return Draft.objects.get(key=answer.context["page"].draft.key)


def test_without_a_word_the_place_is_the_photos(client):
    answer = look(client, from_camera())
    assert CHECKED in answer.text
    assert 'name="lon" value="126.738600"' in answer.text
    assert "정왕1동" in answer.text
    assert "장소는 사진을 찍은 곳이에요: 정왕1동." in answer.text


def test_confirmed_it_is_sent_with_a_photo_that_tells_nothing(client):
    seen = look(client, from_camera()).context["page"]
    fields = {
        name: seen.value(name)
        for name in ("category", "words", "lon", "lat", "place_from")
    }
    sent = {"step": "send", "key": seen.key, "draft": str(seen.draft.key)}
    assert client.post("/report/", fields | sent).status_code == 302
    issue = Issue.objects.get()
    assert (issue.place_from, issue.lon, issue.lat) == ("photo", LON, LAT)
    with issue.photos.get().full.open("rb") as file:
        assert not metadata(file.read())
    assert not Draft.objects.exists()


def test_what_the_person_said_stands(client):
    answer = look(
        client, from_camera(), neighbourhood="4139059100", address="시장 앞 정류장"
    )
    page = answer.context["page"]
    assert page.spot.place_from == "list"
    assert CHECKED not in answer.text
    assert 'data-at="126.738600,37.346300"' in answer.text  # still a way to say it


def test_whoever_chooses_the_list_is_asked_for_it(client):
    answer = look(client, from_camera(), place_from="list")
    assert answer.status_code == 422
    assert CHECKED not in answer.text


def test_it_holds_through_a_second_look(client):
    first = look(client, from_camera())
    again = look(client, draft=str(draft_in(first).key), words="더 깊어졌어요")
    assert CHECKED in again.text


def test_a_photo_left_out_says_nothing_any_more(client):
    draft = draft_in(look(client, from_camera(), plain()))
    assert taken_at(draft) == (LON, LAT)
    key = str(Photo.objects.filter(draft=draft).first().key)
    answer = look(client, draft=str(draft.key), drop=key)
    assert draft_in(answer).words["taken"] == []  # forgotten, not only unused
    assert taken_at(draft_in(answer)) is None
    assert CHECKED not in answer.text
    assert answer.status_code == 422


def test_a_place_outside_of_the_cities_is_kept_nowhere(client):
    exif = told()
    exif.get_ifd(0x8825)[2] = (35.0, 10.0, 46.0)  # somewhere at sea
    far = SimpleUploadedFile("a.jpg", written("JPEG", exif=exif), "image/jpeg")
    draft = draft_in(look(client, far))
    assert draft.words["taken"] == []
    assert taken_at(draft) is None


def test_a_photo_that_tells_nothing_changes_nothing(client):
    answer = look(client, plain())
    assert answer.status_code == 422
    assert "data-from-photo hidden" in answer.text


def test_a_half_written_report_goes_on_with_it(client, resident):
    client.force_login(resident)
    draft = draft_in(look(client, from_camera()))
    assert CHECKED in client.get(f"/report/draft/{draft.key}/").text


def test_of_a_phone_that_shrinks_nothing_heic_says_it_too(client):
    file = io.BytesIO(heic())
    sent = SimpleUploadedFile("a.heic", file.getvalue(), "image/heic")
    assert taken_at(draft_in(look(client, sent))) == (LON, LAT)
