"""Photos of reports: stored clean, released by the city, covered for good."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, TooMany
from livinglab.issues.events import photos_due
from livinglab.issues.models import Change, Issue, Photo
from livinglab.issues.models.photos import MOST_PHOTOS, photo_path
from livinglab.issues.models.photos import SIZES as SIZES
from livinglab.kernel.commit import after_commit
from livinglab.kernel.images import Box, CleanPhoto, clean_photo, cover
from livinglab.kernel.permissions import require
from livinglab.people.models import Draft, Person
from livinglab.people.services.files import (
    erase_file_later,
    expect_files,
    keep_files,
)


@dataclass(frozen=True, kw_only=True)
class SentPhoto:
    """A photo as it arrived: its bytes, how many they claim to be, what it shows."""

    file: IO[bytes]
    size: int
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadyPhoto:
    """Clean, with its words, under the name its files will have."""

    clean: CleanPhoto
    alt: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def files(self) -> list[str]:
        """Where its sizes will lie."""
        pictures = self.clean.pictures
        return [photo_path(Photo(key=self.key), str(pictures[n].name)) for n in SIZES]


def clean_photos(photos: Sequence[SentPhoto]) -> list[ReadyPhoto]:
    """Every photo clean, with its words, or a refusal and none.

    Takes a while: call it outside of transactions. The files are noted to be erased,
    unless `store_photos` keeps them: a death in between leaves none behind.
    """
    if len(photos) > MOST_PHOTOS:
        raise IssueRefused(
            _("A report carries up to %(most)d photos.") % {"most": MOST_PHOTOS},
            field="photos",
        )
    return [_ready(one) for one in photos]


def _ready(photo: SentPhoto) -> ReadyPhoto:
    ready = ReadyPhoto(clean=clean_photo(photo.file, size=photo.size), alt=photo.alt)
    expect_files(ready.files)
    return ready


def digest_of(photo: SentPhoto) -> str:
    """The pixels it would have, told from others; nothing is stored."""
    photo.file.seek(0)
    return clean_photo(photo.file, size=photo.size).digest


def store_photos(
    thing: Issue | Draft,
    photos: Sequence[ReadyPhoto],
    *,
    change: Change | None = None,
) -> list[Photo]:
    """Keep cleaned photos of a report, of a draft, or of a word added, in their order.

    Call inside a transaction.
    """
    return [_stored(thing, ready, change) for ready in photos]


def add_photo(
    thing: Issue | Draft, photo: IO[bytes], *, size: int, alt: str = ""
) -> tuple[Photo, CleanPhoto]:
    """Clean and store a photo; the same pixels again are the photo already there.

    The caller has made sure that whoever sends it may write to `thing`.
    """
    ready = _ready(SentPhoto(file=photo, size=size, alt=alt))
    with transaction.atomic():
        return _stored(thing, ready), ready.clean


def _stored(
    thing: Issue | Draft, ready: ReadyPhoto, change: Change | None = None
) -> Photo:
    belongs = {"issue": thing} if isinstance(thing, Issue) else {"draft": thing}
    there, clean = Photo.objects.filter(**belongs), ready.clean
    known: Photo | None = there.filter(digest=clean.digest).first()
    if known is not None:
        return known
    if there.filter(change=change).count() >= MOST_PHOTOS:
        raise TooMany(
            _("A report carries up to %(most)d photos.") % {"most": MOST_PHOTOS}
        )
    photo = Photo(
        **belongs,
        key=ready.key,
        change=change,
        position=there.count(),
        alt=ready.alt.strip()[:160],
        width=clean.width,
        height=clean.height,
        digest=clean.digest,
    )
    _write(photo, clean)
    photo.save()
    keep_files(ready.files)
    after_commit(photos_due.send_robust, Photo)
    return photo


def _write(photo: Photo, clean: CleanPhoto) -> None:
    for name in SIZES:
        picture = clean.pictures[name]
        getattr(photo, name).save(picture.name, picture, save=False)


@transaction.atomic
def cover_places(photo: Photo, boxes: list[Box], *, by: Person) -> Photo:
    """Make faces and number plates unrecognisable in the stored pixels, for good."""
    require(by, "issues.cover_photo", photo)
    # Somebody else may have covered another place a moment ago.
    now = Photo.objects.select_for_update().get(pk=photo.pk)
    old = now.stored_names
    with now.full.open("rb") as picture:
        clean = cover(picture, boxes)
    _write(photo, clean)
    photo.digest = clean.digest
    photo.covered = now.covered + len(boxes)
    photo.stays_private = False  # another picture, to be looked at anew
    photo.save(update_fields=[*SIZES, "digest", "covered", "stays_private"])
    lighten_anew(photo)
    for name in old:
        erase_file_later(name)
    return photo


def lighten_anew(photo: Photo) -> None:
    """Its smaller copies are of other pixels: none is shown, new ones are due."""
    photo.thumb_avif = photo.card_avif = photo.full_avif = ""
    photo.is_light, photo.attempts, photo.claimed_until = False, 0, None
    due = ["is_light", "attempts", "claimed_until"]
    photo.save(update_fields=[*(f"{size}_avif" for size in SIZES), *due])
    after_commit(photos_due.send_robust, Photo)


@transaction.atomic
def release_photo(photo: Photo, *, by: Person) -> Photo:
    """Let everybody see a photo somebody has looked at."""
    require(by, "issues.hide_issue", photo.issue)
    photo.is_public, photo.stays_private = True, False
    photo.save(update_fields=["is_public", "stays_private"])
    return photo


@transaction.atomic
def leave_private(photo: Photo, *, by: Person) -> Photo:
    """Decide that only the city sees a photo; it waits for nobody any more."""
    require(by, "issues.hide_issue", photo.issue)
    photo.is_public, photo.stays_private = False, True
    photo.save(update_fields=["is_public", "stays_private"])
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Person) -> None:
    """Delete a photo and its files; the reporter and the city may."""
    require(by, "issues.remove_photo", photo)
    photo.delete()
    for name in photo.stored_names:
        erase_file_later(name)
