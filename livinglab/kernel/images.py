"""One way in for photos: checked, turned, shrunk, and without any metadata.

Fails closed: what cannot be read and written anew is refused, never kept as it came.
Raises `PhotoRefused` with a sentence for people. See `pictures` for the pixels.
"""

import hashlib
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO, cast

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

from livinglab.kernel import pictures
from livinglab.kernel.errors import Invalid
from livinglab.kernel.pictures import SIZES as SIZES
from livinglab.kernel.pictures import NoPicture, Sized

MOST_BYTES = 20 * 1024 * 1024
# One large picture at a time in each process that serves people, and one lighter copy.
_one_at_a_time = threading.Lock()
_one_behind = threading.Lock()

Box = tuple[float, float, float, float]  # left, top, right, bottom as shares of 1


class PhotoRefused(Invalid):
    """The picture cannot be used; nothing of it was stored."""

    code = "photo_refused"


@dataclass(frozen=True)
class CleanPhoto:
    """WebP pictures by size, and what was read before everything else was dropped."""

    pictures: dict[str, ContentFile[bytes]]
    width: int
    height: int
    digest: str
    position: tuple[float, float] | None = None  # longitude, latitude


def clean_photo(photo: IO[bytes], *, size: int) -> CleanPhoto:
    """The pixels alone in three sizes; `size` in bytes is what the sender claims."""
    if size > MOST_BYTES:
        raise PhotoRefused(
            _("The photo is larger than 20 MB. Please send a smaller one.")
        )
    try:
        if pictures.pixels_of(photo) <= pictures.SMALL:
            return _clean(pictures.sized(photo))
        with _one_at_a_time:
            return _clean(_sized_elsewhere(photo))
    except NoPicture as problem:
        raise _refused(problem) from problem


def cover(picture: IO[bytes], boxes: list[Box]) -> CleanPhoto:
    """The picture with those places made unrecognisable, in three sizes again."""
    try:
        opened, _position = pictures.opened(picture)
    except NoPicture as problem:
        raise _refused(problem) from problem
    for box in boxes:
        _cover_one(opened, box)
    return _clean(pictures.in_sizes(opened))


def lighter(picture: IO[bytes]) -> dict[str, ContentFile[bytes]]:
    """One of our own pictures as AVIF, by size. Takes seconds; nobody waits for it."""
    try:
        with _one_behind:
            found = _sized_elsewhere(picture, "lighter")
    except NoPicture as problem:
        raise _refused(problem) from problem
    return _files(found, "avif")


def _sized_elsewhere(photo: IO[bytes], *how: str) -> Sized:
    """Read in a process of its own, with a ceiling: see `pictures`."""
    with tempfile.TemporaryFile() as copied:
        while piece := photo.read(1 << 20):
            copied.write(piece)
        copied.seek(0)
        try:
            done = subprocess.run(  # noqa: S603  # our own file, nothing of the sender
                [sys.executable, "-I", pictures.__file__, *how],
                stdin=copied,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=2 * pictures.SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise NoPicture(pictures.UNREADABLE) from problem
    return pictures.unpacked(done.stdout)


def _refused(problem: NoPicture) -> PhotoRefused:
    if problem.reason == pictures.TOO_LARGE:
        return PhotoRefused(
            _("The photo has too many pixels. Please send a smaller one.")
        )
    return PhotoRefused(
        _("This is not a photo that can be read. JPEG, PNG, WebP and HEIC work.")
    )


def _clean(found: Sized) -> CleanPhoto:
    digest = hashlib.sha256(found.pictures["full"]).hexdigest()
    files = _files(found, "webp")
    return CleanPhoto(files, found.width, found.height, digest, found.position)


def _files(found: Sized, kind: str) -> dict[str, ContentFile[bytes]]:
    return {
        name: ContentFile(written, name=f"{name}.{kind}")
        for name, written in found.pictures.items()
    }


def _cover_one(picture: Image.Image, box: Box) -> None:
    """One colour for the whole place: what was there cannot be computed back."""
    left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in box)
    area = (
        int(left * picture.width),
        int(top * picture.height),
        max(int(right * picture.width), int(left * picture.width) + 1),
        max(int(bottom * picture.height), int(top * picture.height) + 1),
    )
    mean = picture.crop(area).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    picture.paste(cast("tuple[int, int, int]", mean), area)
