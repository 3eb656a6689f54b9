"""One way in for photos: checked, turned, shrunk, and without any metadata.

Fails closed: what cannot be read and written anew is refused, never kept as it came.
Raises `PhotoRefused` with a sentence for people.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import IO, Any, cast

import pillow_heif
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from livinglab.kernel.errors import Invalid

pillow_heif.register_heif_opener(thumbnails=False)

KINDS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF")
MOST_BYTES = 20 * 1024 * 1024
# 50 megapixels in RGB are 150 MB of memory: what one worker can spare.
MOST_PIXELS = 50_000_000
SIZES: Mapping[str, int] = {"thumb": 240, "card": 800, "full": 2048}
_QUALITY = 80

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
    picture, position = _opened(photo)
    return _sized(picture, position)


def cover(picture: IO[bytes], boxes: list[Box]) -> CleanPhoto:
    """The picture with those places made unrecognisable, in three sizes again."""
    opened, _position = _opened(picture)
    for box in boxes:
        _cover_one(opened, box)
    return _sized(opened, None)


def _opened(photo: IO[bytes]) -> tuple[Image.Image, tuple[float, float] | None]:
    """The first frame, upright, as bare RGB pixels, and where it was taken."""
    try:
        with Image.open(photo, formats=KINDS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise PhotoRefused(
                    _("The photo has too many pixels. Please send a smaller one.")
                )
            position = _position_of(found)
            if found.format == "JPEG":
                found.draft("RGB", (SIZES["full"], SIZES["full"]))
            found.load()
            upright = ImageOps.exif_transpose(found)
            return _on_white(upright), position
    except PhotoRefused:
        raise
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        MemoryError,
    ) as problem:
        raise PhotoRefused(
            _("This is not a photo that can be read. JPEG, PNG, WebP and HEIC work.")
        ) from problem


def _on_white(picture: Image.Image) -> Image.Image:
    """New pixels without alpha, palette, profile or anything else attached."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        bare = Image.new("RGB", seen.size, "white")
        bare.paste(seen, mask=seen.getchannel("A"))
        return bare
    plain = picture.convert("RGB")
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _sized(picture: Image.Image, position: tuple[float, float] | None) -> CleanPhoto:
    pictures = {}
    shrunk = picture
    for name, longest in sorted(SIZES.items(), key=lambda entry: -entry[1]):
        shrunk = shrunk.copy()
        shrunk.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        written = BytesIO()
        shrunk.save(written, "WEBP", quality=_QUALITY, method=4, exif=b"", xmp=b"")
        pictures[name] = ContentFile(written.getvalue(), name=f"{name}.webp")
        if name == "full":
            width, height = shrunk.size
    digest = hashlib.sha256(pictures["full"].read()).hexdigest()
    pictures["full"].seek(0)
    return CleanPhoto(pictures, width, height, digest, position)


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


def _position_of(picture: Image.Image) -> tuple[float, float] | None:
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
