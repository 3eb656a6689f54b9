"""The pixels of a photo, upright, in three sizes, and nothing else of it.

Pure Pillow, and a program of its own: large pictures are read in another process with
a ceiling on memory and time (`python pictures.py < photo > sizes`), so that neither a
huge nor a hostile one can harm the process that serves people. AVIF, which is smaller
and takes seconds, is written there alone (`python pictures.py lighter < full > sizes`).
"""

import json
import os
import resource
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import IO, Any, cast

import pillow_heif
from PIL import ExifTags, Image, UnidentifiedImageError

pillow_heif.register_heif_opener(thumbnails=False)

KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
SIZES: Mapping[str, int] = {"thumb": 240, "card": 800, "full": 2048}
# How many pixels of a kind can be read in the memory a process may take.
MOST_PIXELS: Mapping[str, int] = {
    "JPEG": 210_000_000,  # decoded at a fraction of its size
    "PNG": 40_000_000,
    "WEBP": 14_000_000,  # its reader keeps four copies
}
MOST_OF_OTHERS = 25_000_000
# The cameras of phones write none that is larger; its coefficients are kept whole.
MOST_PROGRESSIVE = 25_000_000
# As phones send them: read at once, where the request is.
SMALL = 2048 * 2048
CEILING = 512 * 1024 * 1024  # of addresses; about half of it is ever memory
SECONDS = 40
STRIP = 256
_WEBP = {"format": "WEBP", "quality": 80, "method": 4}
# Seen side by side they are alike; slower ones are hardly smaller.
_AVIF = {"format": "AVIF", "quality": 58, "speed": 6, "max_threads": 1}
_BEHIND_PEOPLE = 10  # niceness
Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())

Point = tuple[float, float]  # longitude, latitude
TOO_LARGE, UNREADABLE = "too_large", "unreadable"
# How the camera was held (Exif 3.0, orientation), and what puts it upright.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Whatever a reader of pictures throws at a file that is none.
PROBLEMS = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    OverflowError,
    struct.error,
    MemoryError,
)


class NoPicture(Exception):
    """It cannot be used; `reason` is TOO_LARGE or UNREADABLE."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Sized:
    """Pictures by size, and where the camera was."""

    pictures: dict[str, bytes]
    width: int
    height: int
    position: Point | None = None


def pixels_of(photo: IO[bytes]) -> int:
    """How many there are, from the head alone; refuses what is too large."""
    try:
        with Image.open(photo, formats=KINDS) as found:
            _check_size(found)
            return found.width * found.height
    except PROBLEMS as problem:
        raise NoPicture(UNREADABLE) from problem
    finally:
        photo.seek(0)


def sized(photo: IO[bytes]) -> Sized:
    """The photo in its sizes."""
    picture, position = opened(photo)
    return in_sizes(picture, position)


def opened(photo: IO[bytes]) -> tuple[Image.Image, Point | None]:
    """The first frame, upright, as bare RGB pixels, and where it was taken."""
    try:
        with Image.open(photo, formats=KINDS) as found:
            _check_size(found)
            if found.format == "JPEG":
                part = _fraction(found)
                found.draft("RGB", (found.width // part, found.height // part))
            found.load()
            turn = _TURNS.get(found.getexif().get(ExifTags.Base.Orientation, 1))
            bare = _bare(found)
            upright = bare if turn is None else bare.transpose(turn)
            return upright, _position_of(found)
    except PROBLEMS as problem:
        raise NoPicture(UNREADABLE) from problem


def lighter(picture: IO[bytes]) -> Sized:
    """One of our own pictures as AVIF in all its sizes."""
    bare, _position = opened(picture)
    return in_sizes(bare, how=_AVIF)


def in_sizes(
    picture: Image.Image,
    position: Point | None = None,
    *,
    how: Mapping[str, Any] = _WEBP,
) -> Sized:
    """Bare pixels as WebP, or `how` says; each size made of the one before."""
    pictures, width, height = {}, 0, 0
    for name, longest in sorted(SIZES.items(), key=lambda entry: -entry[1]):
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        written = BytesIO()
        picture.save(written, exif=b"", xmp=b"", **how)
        pictures[name] = written.getvalue()
        width, height = max(width, picture.width), max(height, picture.height)
    return Sized(pictures, width, height, position)


def _check_size(found: Image.Image) -> None:
    most = MOST_PIXELS.get(found.format or "", MOST_OF_OTHERS)
    if found.info.get("progressive"):
        most = MOST_PROGRESSIVE
    if found.width * found.height > most:
        raise NoPicture(TOO_LARGE)


def _bare(found: Image.Image) -> Image.Image:
    """New pixels, shrunk on the way, without alpha, palette, profile or anything else.

    In strips: beside the picture as it was read there is never a second whole one.
    """
    factor = _fraction(found)
    size = (-(-found.width // factor), -(-found.height // factor))
    bare = Image.new("RGB", size)
    for top, strip in _strips(found, STRIP * factor):
        plain = _on_white(strip)
        bare.paste(plain.reduce(factor) if factor > 1 else plain, (0, top // factor))
    return bare


def _fraction(found: Image.Image) -> int:
    """By how much it can be shrunk and still fill the largest size."""
    return max(max(found.size) // SIZES["full"], 1)


def _strips(found: Image.Image, height: int) -> Iterator[tuple[int, Image.Image]]:
    for top in range(0, found.height, height):
        bottom = min(top + height, found.height)
        yield top, found.crop((0, top, found.width, bottom))


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        bare = Image.new("RGB", seen.size, "white")
        bare.paste(seen, mask=seen.getchannel("A"))
        return bare
    return picture.convert("RGB")


def _position_of(picture: Image.Image) -> Point | None:
    """Longitude and latitude the camera wrote, or None when it wrote nonsense."""
    gps: Mapping[int, Any] = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    try:
        lat = _degrees(
            gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S"
        )
        lon = _degrees(
            gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W"
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    is_somewhere = abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)
    return (lon, lat) if is_somewhere else None


def _degrees(parts: Any, letter: Any, negative: str) -> float:
    degrees, minutes, seconds = (Fraction(part) for part in parts)
    value = float(degrees + minutes / 60 + seconds / 3600)
    return -value if str(letter).strip("\0 ").upper() == negative else value


# --- the same in a process of its own -------------------------------------------


def packed(found: Sized) -> bytes:
    """A line that says what follows, and the pictures one after the other."""
    head = {
        "width": found.width,
        "height": found.height,
        "position": found.position,
        "lengths": {name: len(one) for name, one in found.pictures.items()},
    }
    return json.dumps(head).encode() + b"\n" + b"".join(found.pictures.values())


def unpacked(answer: bytes) -> Sized:
    """What `packed` wrote; NoPicture when that says so or was cut short."""
    line, _newline, rest = answer.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError as problem:
        raise NoPicture(UNREADABLE) from problem
    if reason := head.get("reason"):
        raise NoPicture(reason)
    pictures, at = {}, 0
    for name, length in head["lengths"].items():
        pictures[name] = rest[at : at + length]
        at += length
    if at != len(rest):
        raise NoPicture(UNREADABLE)
    position = cast("Point | None", tuple(head["position"] or ()) or None)
    return Sized(pictures, head["width"], head["height"], position)


def main(read: Callable[[IO[bytes]], Sized]) -> None:
    """Read a photo from standard input, write its sizes; never more than allowed."""
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer = packed(read(sys.stdin.buffer))
    except NoPicture as problem:
        answer = json.dumps({"reason": problem.reason}).encode() + b"\n"
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    if sys.argv[1:] == ["lighter"]:
        os.nice(_BEHIND_PEOPLE)
        main(lighter)
    else:
        main(sized)
