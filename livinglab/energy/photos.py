"""Photos of meters: turned, shrunk, and without what a camera adds to them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from livinglab.energy.errors import ReadingRefused

LARGEST_PX = 1600
MOST_BYTES = 15 * 1024 * 1024
_MOST_PIXELS = 60_000_000


def clean_photo(photo: File[Any]) -> ContentFile[bytes]:
    """A JPEG of the picture alone: no place, no time, no camera."""
    if photo.size > MOST_BYTES:
        raise ReadingRefused(_("The photo is too large. Please choose a smaller one."))
    try:
        with Image.open(photo) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ReadingRefused(
                    _("The photo is too large. Please choose a smaller one.")
                )
            turned = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as problem:
        raise ReadingRefused(_("This is not a photo that can be read.")) from problem
    turned.thumbnail((LARGEST_PX, LARGEST_PX))
    bare = Image.new("RGB", turned.size)
    bare.paste(turned)
    written = BytesIO()
    bare.save(written, "JPEG", quality=82)
    return ContentFile(written.getvalue())
