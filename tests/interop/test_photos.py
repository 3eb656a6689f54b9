"""Photos sent by other software, and when other software may see them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.photos import release_photo
from tests.interop.speaking import get, send
from tests.issues import world
from tests.kernel.test_clean_photo import chunks, exif, photo

pytestmark = pytest.mark.django_db


def test_a_photo_is_public_only_when_released_and_then_without_metadata(
    client, cities, key, coordinator
):
    sent = SimpleUploadedFile("a.jpg", photo(exif=exif()).getvalue(), "image/jpeg")
    pk = send(client, key, media=sent).json()[0]["service_request_id"]
    shown = get(client, f"requests/{pk}.json").json()[0]
    assert shown["media_url"] is None
    picture = Photo.objects.get()
    path = f"/issues/photos/{picture.key}/full.webp"
    assert client.get(path).status_code == 404

    release_photo(picture, by=coordinator)
    shown = get(client, f"requests/{pk}.json").json()[0]
    assert shown["media_url"].endswith(path)
    written = b"".join(client.get(path))
    assert set(chunks(written)) <= {b"VP8 ", b"VP8L"}


def test_a_photo_of_a_report_that_was_hidden_is_hidden_too(client, cities, coordinator):
    issue = world.issue()
    row = Photo.objects.create(
        issue=issue, width=1, height=1, digest="0", is_public=True, full="x.webp"
    )
    Issue.objects.update(is_public=False)
    assert client.get(f"/issues/photos/{row.key}/full.webp").status_code == 404


def test_bad_photos_are_refused_with_a_sentence(client, key):
    bad = SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")
    answer = send(client, key, media=bad)
    assert answer.status_code == 400
    assert answer.json()[0]["description"]


def test_a_refused_photo_leaves_no_half_report(client, key):
    bad = SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")
    send(client, key, media=bad)
    assert not Issue.objects.exists()
