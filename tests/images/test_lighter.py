"""The smaller copies hold pixels alone, and their maker keeps within its bounds."""

import io
import resource
import subprocess
import sys

import pytest
from PIL import Image

from livinglab.kernel import pictures
from livinglab.kernel.images import PhotoRefused, clean_photo, lighter
from tests.images.corpus import CLEANED, SECRET, picture
from tests.images.reading import metadata
from tests.images.test_memory import MOST_MB

TOLD = [name for name in CLEANED if "place" in name or "phone" in name]
# Boxes of an AVIF file that say nothing but how its pixels are packed.
OF_PIXELS = {b"ftyp", b"meta", b"mdat"}


def boxes(avif: bytes) -> list[bytes]:
    """The outer boxes, read by hand and to the very end."""
    at, names = 0, []
    while at < len(avif):
        length = int.from_bytes(avif[at : at + 4])
        assert length >= 8
        names.append(avif[at + 4 : at + 8])
        at += length
    assert at == len(avif)
    return names


@pytest.mark.parametrize("name", TOLD)
def test_of_a_picture_only_pixels_are_in_the_smaller_copies(name: str) -> None:
    kept = clean_photo(io.BytesIO(picture(name)), size=len(picture(name)))
    made = pictures.lighter(io.BytesIO(kept.pictures["full"].read()))
    assert set(made.pictures) == {"thumb", "card", "full"}
    for avif in made.pictures.values():
        assert set(boxes(avif)) == OF_PIXELS
        assert SECRET not in avif
        assert b"Exif" not in avif
        assert not metadata(avif)
        with Image.open(io.BytesIO(avif)) as seen:
            assert (seen.format, getattr(seen, "n_frames", 1)) == ("AVIF", 1)
            assert not set(seen.info) & {"exif", "xmp", "icc_profile", "comment"}


def largest() -> bytes:
    """As large as we keep one."""
    colours = Image.effect_noise((64, 64), 90).resize((2048, 2048)).convert("RGB")
    return pictures.in_sizes(colours).pictures["full"]


def test_the_largest_is_made_within_memory_in_a_process_that_steps_back() -> None:
    """The size counts from a small parent: a child begins as large as its own."""
    tool = (
        "import resource, subprocess, sys\n"
        f"done = subprocess.run([sys.executable, '-I', {pictures.__file__!r}, "
        "'lighter'], stdin=sys.stdin, stdout=subprocess.PIPE, check=True)\n"
        "most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024\n"
        "sys.stdout.buffer.write(b'%d\\n' % most + done.stdout)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", tool],
        input=largest(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    most, _newline, answer = done.stdout.partition(b"\n")
    assert int(most) < MOST_MB
    made = pictures.unpacked(answer)
    assert (made.width, made.height) == (2048, 2048)


def test_it_comes_from_a_process_of_its_own() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    small = pictures.in_sizes(Image.new("RGB", (300, 200), "red")).pictures["full"]
    made = lighter(io.BytesIO(small))
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before
    assert {name: file.name for name, file in made.items()} == {
        "thumb": "thumb.avif",
        "card": "card.avif",
        "full": "full.avif",
    }


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PhotoRefused):
        lighter(io.BytesIO(b"no picture"))
