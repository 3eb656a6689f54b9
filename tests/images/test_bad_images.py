"""Every picture of the corpus is cleaned or refused, whatever its name says."""

import io
import struct
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from livinglab.issues.models import Issue, Photo
from livinglab.issues.services.photos import SIZES
from livinglab.kernel.images import clean_photo
from tests.images.corpus import CLEANED, REFUSED, SECRET, drawn, picture
from tests.images.reading import metadata
from tests.issues.test_send_report import fields

pytestmark = pytest.mark.django_db
SUFFIXES = ("photo.jpg", "photo.heic", "photo.php", "../../photo.png", "photo")


def send(client: Any, name: str, suffix: str = "photo.jpg") -> Any:
    sent = SimpleUploadedFile(suffix, picture(name), "image/jpeg")
    return client.post("/api/v1/issues/", fields(photos=[sent]))


def stored() -> dict[str, bytes]:
    """Every byte that was kept, by size."""
    photo = Photo.objects.get()
    found = {}
    for size in SIZES:
        with default_storage.open(getattr(photo, size).name) as file:
            found[size] = file.read()
    return found


def chunks(webp: bytes) -> list[bytes]:
    """The chunk names of a WebP file, read by hand and to its very end."""
    assert (webp[:4], webp[8:12]) == (b"RIFF", b"WEBP")
    assert struct.unpack("<I", webp[4:8])[0] + 8 == len(webp)
    at, names = 12, []
    while at < len(webp):
        length = struct.unpack("<I", webp[at + 4 : at + 8])[0]
        names.append(webp[at : at + 4])
        at += 8 + length + length % 2
    return names


@pytest.mark.parametrize("name", CLEANED)
def test_of_a_picture_only_pixels_are_stored(client, name):
    assert send(client, name).status_code == 201
    for size, kept in stored().items():
        assert set(chunks(kept)) <= {b"VP8 ", b"VP8L"}, size
        assert SECRET not in kept
        assert not metadata(kept)
        with Image.open(io.BytesIO(kept)) as seen:
            assert (seen.format, getattr(seen, "n_frames", 1)) == ("WEBP", 1)
            assert not set(seen.info) & {"exif", "xmp", "icc_profile", "comment"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_picture_is_refused_in_words_and_leaves_nothing(client, name):
    answer = send(client, name)
    assert answer.status_code == 422, name
    assert answer.json()["code"] == "photo_refused"
    assert "사진" in answer.json()["detail"]
    assert not Issue.objects.exists()
    assert not Photo.objects.exists()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_name_decides_nothing_and_is_not_kept(client, suffix):
    assert send(client, "png with place and texts", suffix).status_code == 201
    photo = Photo.objects.get()
    names = [getattr(photo, size).name for size in SIZES]
    assert names == [
        f"issues/{photo.key.hex[:2]}/{photo.key.hex}-{size}.webp" for size in SIZES
    ]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("jpeg with place and comments", 4),
        ("png with place and texts", 3),
        ("webp with place", 3),
        ("avif with place", 2),
        ("heic of a phone", 2),
    ],
)
def test_the_other_reader_sees_what_the_sender_sent(name, kinds):
    """Eyes that see nothing would prove nothing."""
    assert len(metadata(picture(name))) >= kinds


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("red", "animated webp"),
        ("red", "animated png"),
        ("red", "many pictures in one heic"),
        ("red", "cmyk jpeg"),
    ],
)
def test_the_first_picture_stays_with_its_colours(colour, name):
    found = clean_photo(io.BytesIO(picture(name)), size=len(picture(name)))
    with Image.open(found.pictures["full"]) as seen:
        red, green, blue = seen.convert("RGB").getpixel((20, 20))
    assert red > 180 > 90 > max(green, blue)


@pytest.mark.parametrize("turned", range(1, 9))
def test_all_eight_ways_to_hold_a_camera_end_upright(turned):
    """The camera's pixels are turned so that its note puts them right again."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # PIL's own numbers of turns
    lying = drawn()
    if turned != 1:
        lying = lying.transpose(Image.Transpose(back[turned]))
    exif = Image.Exif()
    exif[0x0112] = turned
    out = io.BytesIO()
    lying.save(out, "JPEG", exif=exif)
    found = clean_photo(io.BytesIO(out.getvalue()), size=len(out.getvalue()))
    assert (found.width, found.height) == (900, 600)
    with Image.open(found.pictures["full"]) as seen:
        left, right = seen.getpixel((50, 300)), seen.getpixel((850, 300))
    assert left[0] > 180
    assert right[2] > 180
