"""Photos as AVIF beside WebP: the same pixels in fewer bytes, made behind.

A photo that is not `is_light` is due. What is made counts only for the pixels it was
made of: a photo covered or removed meanwhile gets none of it.
"""

import threading
import time
import uuid
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from livinglab.issues.models import Photo
from livinglab.issues.models.photos import photo_path
from livinglab.kernel.images import PhotoRefused, lighter
from livinglab.people.services.files import (
    erase_file_later,
    expect_files,
    keep_files,
)

LEASE_S = 300
AT_ONCE_S = 15  # then other tasks get their turn
# One after the other in each process: the rest of it is for whoever waits.
_alone = threading.Lock()


def is_any_due() -> bool:
    """Whether a photo waits that nobody works on."""
    return bool(Photo.objects.to_lighten().free().exists())


def lighten_due_photos() -> bool:
    """Lighten photos, the newest first, for a while; whether more are due."""
    if not _alone.acquire(blocking=False):
        return False  # whoever is at it goes on to the last one
    try:
        end = time.monotonic() + AT_ONCE_S
        while (photo_id := _next()) and time.monotonic() < end:
            lighten(photo_id)
        return photo_id is not None
    finally:
        _alone.release()


def _next() -> int | None:
    rows = Photo.objects.to_lighten().free().order_by("attempts", "-pk")
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def lighten(photo_id: int) -> bool:
    """Make the smaller copies of one photo; False when it is not free or changed."""
    rows = Photo.objects.to_lighten().filter(pk=photo_id)
    if not rows.claim(seconds=LEASE_S):
        return False
    photo = Photo.objects.get(pk=photo_id)
    try:
        made = _smaller_than(photo, _made(photo))
    except (FileNotFoundError, PhotoRefused):
        return False  # its lease ends, its attempts are counted
    return _store(photo, made)


def _made(photo: Photo) -> dict[str, ContentFile[bytes]]:
    with photo.full.open("rb") as picture:
        return lighter(picture)


def _smaller_than(
    photo: Photo, made: Mapping[str, ContentFile[bytes]]
) -> dict[str, ContentFile[bytes]]:
    """Those that are worth having."""
    return {
        size: file
        for size, file in made.items()
        if file.size < getattr(photo, size).size
    }


def _store(photo: Photo, made: Mapping[str, ContentFile[bytes]]) -> bool:
    """Keep them if the photo still has the pixels they were made of."""
    once = uuid.uuid4().hex[:8]  # nobody else's try has these names
    names = {size: photo_path(photo, f"{once}-{size}.avif") for size in made}
    expect_files(names.values())
    for size, file in made.items():
        default_storage.save(names[size], file)
    with transaction.atomic():
        same = Photo.objects.filter(pk=photo.pk, digest=photo.digest, is_light=False)
        fields = {f"{size}_avif": name for size, name in names.items()}
        if same.update(is_light=True, claimed_until=None, **fields):
            keep_files(names.values())
            return True
        for name in names.values():
            erase_file_later(name)
    return False
