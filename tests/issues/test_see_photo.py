"""A photo at its address: in the kind a browser asks for, kept only where it may be."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.drafts import keep_half, photos_of
from livinglab.issues.services.photos import SentPhoto, add_photo
from livinglab.people.services.guests import make_guest
from tests import make
from tests.issues import world

pytestmark = pytest.mark.django_db
CHROMIUM = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


def picture() -> BytesIO:
    written = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(written, "PNG")
    written.seek(0)
    return written


@pytest.fixture
def citizen(db: None) -> Any:
    return make.resident()


@pytest.fixture
def photo(citizen: Any) -> Photo:
    """Released, of a report everybody reads."""
    return released(world.issue(citizen))


def released(issue: Issue) -> Photo:
    file = picture()
    photo = add_photo(issue, file, size=file.getbuffer().nbytes)[0]
    Photo.objects.filter(pk=photo.pk).update(is_public=True)
    photo.refresh_from_db()
    return photo


def with_avif(photo: Photo) -> None:
    for size in ("thumb", "card", "full"):
        name = default_storage.save(f"issues/{size}.avif", ContentFile(b"as avif"))
        Photo.objects.filter(pk=photo.pk).update(**{f"{size}_avif": name})


def address(photo: Photo, name: str) -> str:
    return f"/issues/photos/{photo.key}/{name}"


@pytest.mark.parametrize("size", ["thumb", "card"])
def test_each_kind_has_its_address(client: Client, photo: Photo, size: str) -> None:
    with_avif(photo)
    webp = client.get(address(photo, f"{size}.webp"), headers={"accept": CHROMIUM})
    avif = client.get(address(photo, f"{size}.avif"))
    assert (webp["Content-Type"], avif["Content-Type"]) == ("image/webp", "image/avif")
    assert avif.content == b"as avif"
    assert webp["ETag"] != avif["ETag"]
    for answer in (webp, avif):
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "Accept" not in answer.get("Vary", "").split(", ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not answer.streaming


def test_while_the_smaller_one_is_made_its_address_gives_the_first(
    client: Client, photo: Photo
) -> None:
    avif = client.get(address(photo, "card.avif"))
    webp = client.get(address(photo, "card.webp"))
    assert avif["Content-Type"] == "image/webp"
    assert avif.content == webp.content
    tag = avif["ETag"]
    with_avif(photo)
    again = client.get(address(photo, "card.avif"), headers={"if-none-match": tag})
    assert again["Content-Type"] == "image/avif"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [(CHROMIUM, "avif"), ("*/*", "webp"), ("image/webp", "webp"), ("", "webp")],
)
def test_the_full_size_comes_as_the_browser_likes_it(
    client: Client, photo: Photo, accept: str, kind: str
) -> None:
    with_avif(photo)
    answer = client.get(address(photo, "full.webp"), headers={"accept": accept})
    assert answer["Content-Type"] == f"image/{kind}"
    assert f'filename="full.{kind}"' in answer["Content-Disposition"]
    assert "Accept" in answer["Vary"]


def test_what_a_browser_has_is_not_sent_again(
    client: Client, photo: Photo, django_assert_max_num_queries: Any
) -> None:
    tag = client.get(address(photo, "card.webp"))["ETag"]
    default_storage.delete(photo.card.name)  # nobody opens it
    with django_assert_max_num_queries(1):
        answer = client.get(address(photo, "card.webp"), headers={"if-none-match": tag})
    assert answer.status_code == 304
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.content


def test_another_picture_has_another_tag(client: Client, photo: Photo) -> None:
    tag = client.get(address(photo, "card.webp"))["ETag"]
    Photo.objects.update(digest="f" * 64)
    answer = client.get(address(photo, "card.webp"), headers={"if-none-match": tag})
    assert answer.status_code == 200


def test_pixels_are_not_packed_again(client: Client, photo: Photo) -> None:
    answer = client.get(
        address(photo, "full.webp"), headers={"accept-encoding": "gzip"}
    )
    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize("name", ["huge.webp", "huge.avif", "Full.webp"])
def test_there_are_three_sizes(client: Client, photo: Photo, name: str) -> None:
    assert client.get(address(photo, name)).status_code == 404


@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_a_file_that_went_meanwhile_is_not_there(
    client: Client, photo: Photo, kind: str
) -> None:
    with_avif(photo)
    photo.refresh_from_db()
    for name in photo.stored_names:
        default_storage.delete(name)
    assert client.get(address(photo, f"card.{kind}")).status_code == 404


@pytest.mark.parametrize("hidden", ["hidden", "withdrawn"])
def test_no_cache_keeps_for_all_what_only_some_may_see(
    client: Client, citizen: Any, photo: Photo, hidden: str
) -> None:
    """Released once, of a report that is out of sight now."""
    if hidden == "hidden":
        Issue.objects.update(is_public=False)
    else:
        Issue.objects.update(state="withdrawn", closed_at=timezone.now())
    assert client.get(address(photo, "card.webp")).status_code == 404
    client.force_login(citizen)
    answer = client.get(address(photo, "card.webp"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("kind", ["webp", "avif"])
def test_a_private_photo_is_there_for_whom_it_concerns_alone(
    client: Client, citizen: Any, photo: Photo, coordinator: Any, kind: str
) -> None:
    Photo.objects.update(is_public=False)
    with_avif(photo)
    there = address(photo, f"card.{kind}")
    assert client.get(there).status_code == 404
    client.force_login(make.resident("other@example.org"))
    assert client.get(there).status_code == 404
    for one in (citizen, coordinator):
        client.force_login(one)
        answer = client.get(there)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"


def test_a_guests_photo_is_the_guests_alone(client: Client, citizen: Any) -> None:
    guest, _secret = make_guest()
    file = picture()
    draft = keep_half(guest, {}, [SentPhoto(file=file, size=file.getbuffer().nbytes)])
    (photo,) = photos_of(draft)
    for kind in ("webp", "avif"):
        assert client.get(address(photo, f"card.{kind}")).status_code == 404
    client.force_login(citizen)
    assert client.get(address(photo, "card.webp")).status_code == 404


def test_a_page_offers_the_smaller_kind_first(client: Client, photo: Photo) -> None:
    text = client.get(f"/issues/{photo.issue_id}/").text
    light = address(photo, "card.avif")
    assert f'<source type="image/avif" srcset="{light}">' in text
    assert f'src="{address(photo, "card.webp")}"' in text
    listed = client.get("/issues/").text
    assert f'srcset="{address(photo, "thumb.avif")}"' in listed
