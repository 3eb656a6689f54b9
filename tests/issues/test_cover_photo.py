"""Faces and number plates: covered in the stored pixels, by whom it concerns."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from livinglab.issues.covering import boxes_of, cells
from livinglab.issues.errors import IssueRefused
from livinglab.issues.models import Photo
from livinglab.issues.services.photos import add_photo, cover_places
from tests import make
from tests.issues import world


def striped() -> BytesIO:
    """Every column another colour: what is covered has one alone."""
    picture = Image.new("RGB", (320, 240))
    for x in range(320):
        picture.paste((x % 256, 255 - x % 256, (x * 7) % 256), (x, 0, x + 1, 240))
    written = BytesIO()
    picture.save(written, "PNG")
    written.seek(0)
    return written


@pytest.fixture
def photo(citizen: Any) -> Photo:
    file = striped()
    return add_photo(world.issue(citizen), file, size=file.getbuffer().nbytes)[0]


@pytest.fixture
def citizen(db: None) -> Any:
    return make.resident()


def spread(photo: Photo, area: tuple[float, float, float, float]) -> int:
    """How far the brightest and the darkest pixel of an area lie apart."""
    with Image.open(photo.full.open("rb")) as picture:
        size = (picture.width, picture.height) * 2
        pixels = picture.crop(
            tuple(int(s * n) for s, n in zip(area, size, strict=True))
        )
        return max(high - low for low, high in pixels.getextrema())


def address(photo: Photo) -> str:
    return f"/issues/photos/{photo.key}/cover/"


def test_the_reporter_covers_a_face_and_its_pixels_are_gone(
    client: Client, citizen: Any, photo: Photo
) -> None:
    before = photo.full.name
    client.force_login(citizen)
    answer = client.post(address(photo), {"box": ["0.2,0.2,0.6,0.8", "0.8,0,1,0.2"]})
    assert answer.status_code == 302
    photo.refresh_from_db()
    assert photo.covered == 2
    assert photo.full.name != before
    assert spread(photo, (0.25, 0.25, 0.55, 0.75)) < 16
    assert spread(photo, (0.2, 0.9, 0.6, 1.0)) > 100


def test_without_script_a_grid_of_ticks_covers_as_well(
    client: Client, citizen: Any, photo: Photo
) -> None:
    client.force_login(citizen)
    page = client.get(address(photo))
    assert page.text.count('name="box"') == len(cells()) == 12
    client.post(address(photo), {"box": [cells()[0].value, cells()[1].value]})
    photo.refresh_from_db()
    assert spread(photo, (0.02, 0.02, 0.3, 0.23)) < 16
    assert spread(photo, (0.05, 0.8, 0.95, 0.98)) > 100


def test_the_grid_leaves_no_seam(db: None) -> None:
    first, second = (boxes_of([cell.value])[0] for cell in cells()[:2])
    assert first[2] > second[0]
    last = boxes_of([cells()[-1].value])[0]
    assert last[2:] == (1.0, 1.0)


def test_somebody_elses_photo_is_not_found(client: Client, photo: Photo) -> None:
    client.force_login(make.resident("other@example.org"))
    assert client.get(address(photo)).status_code == 404
    assert client.post(address(photo), {"box": "0,0,1,1"}).status_code == 404
    assert client.get("/issues/photos/not-a-key/cover/").status_code == 404


def test_a_guest_is_led_to_the_sign_in(client: Client, photo: Photo) -> None:
    assert client.get(address(photo)).status_code == 302


def test_nothing_marked_and_nonsense_are_refused_with_a_sentence(
    client: Client, citizen: Any, photo: Photo
) -> None:
    client.force_login(citizen)
    for said in ([], ["1,2"], ["a,b,c,d"], ["nan,0,1,1"], ["0.5,0,0.5,1"]):
        answer = client.post(address(photo), {"box": said})
        assert answer.status_code == 422
        assert 'class="ll-alert ll-alert--danger"' in answer.text
    photo.refresh_from_db()
    assert photo.covered == 0


def test_too_many_places_are_refused(db: None) -> None:
    with pytest.raises(IssueRefused):
        boxes_of(["0,0,1,1"] * 41)


def test_places_outside_are_drawn_in(db: None) -> None:
    assert boxes_of(["-1,0.5,7,2"]) == [(0.0, 0.5, 1.0, 1.0)]


def test_the_page_asks_the_database_little(
    client: Client, citizen: Any, photo: Photo, django_assert_max_num_queries: Any
) -> None:
    client.force_login(citizen)
    with django_assert_max_num_queries(8):
        client.get(address(photo))


def test_two_who_cover_at_once_both_have_covered(citizen: Any, photo: Photo) -> None:
    """Each began with the photo as it was before the other."""
    first, second = (Photo.objects.get(pk=photo.pk) for _each in range(2))
    cover_places(first, [(0.0, 0.0, 0.4, 1.0)], by=citizen)
    cover_places(second, [(0.6, 0.0, 1.0, 1.0)], by=citizen)
    photo.refresh_from_db()
    assert photo.covered == 2
    assert spread(photo, (0.02, 0.02, 0.38, 0.98)) < 16
    assert spread(photo, (0.62, 0.02, 0.98, 0.98)) < 16
    assert spread(photo, (0.42, 0.02, 0.58, 0.98)) > 100
