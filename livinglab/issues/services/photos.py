"""Photos of reports: stored clean, released by the city, covered for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, TooMany
from livinglab.issues.models import Issue, Photo
from livinglab.issues.models.photos import MOST_PHOTOS
from livinglab.kernel.images import Box, CleanPhoto, clean_photo, cover
from livinglab.kernel.permissions import require
from livinglab.people.models import Draft, Person
from livinglab.people.services.files import erase_file_later

SIZES = ("thumb", "card", "full")


@dataclass(frozen=True, kw_only=True)
class SentPhoto:
    """A photo as it arrived: its bytes, how many they claim to be, what it shows."""

    file: IO[bytes]
    size: int
    alt: str = ""


def clean_photos(photos: Sequence[SentPhoto]) -> list[tuple[CleanPhoto, str]]:
    """Every photo clean, with its words, or a refusal and none.

    Takes a while: call it outside of transactions.
    """
    if len(photos) > MOST_PHOTOS:
        raise IssueRefused(
            _("A report carries up to %(most)d photos.") % {"most": MOST_PHOTOS},
            field="photos",
        )
    return [(clean_photo(one.file, size=one.size), one.alt) for one in photos]


def store_photos(issue: Issue, photos: Sequence[tuple[CleanPhoto, str]]) -> list[Photo]:
    """Keep cleaned photos of a report, in their order, inside a transaction."""
    return [_stored(issue, clean, alt) for clean, alt in photos]


def add_photo(
    thing: Issue | Draft, photo: IO[bytes], *, size: int, alt: str = ""
) -> tuple[Photo, CleanPhoto]:
    """Clean and store a photo; the same pixels again are the photo already there.

    The caller has made sure that whoever sends it may write to `thing`.
    """
    clean = clean_photo(photo, size=size)
    with transaction.atomic():
        return _stored(thing, clean, alt), clean


def _stored(thing: Issue | Draft, clean: CleanPhoto, alt: str) -> Photo:
    belongs = {"issue": thing} if isinstance(thing, Issue) else {"draft": thing}
    there = Photo.objects.filter(**belongs)
    if known := there.filter(digest=clean.digest).first():
        return known
    count = there.count()
    if count >= MOST_PHOTOS:
        raise TooMany(
            _("A report carries up to %(most)d photos.") % {"most": MOST_PHOTOS}
        )
    photo = Photo(
        **belongs,
        position=count,
        alt=alt.strip()[:160],
        width=clean.width,
        height=clean.height,
        digest=clean.digest,
    )
    _write(photo, clean)
    photo.save()
    return photo


def _write(photo: Photo, clean: CleanPhoto) -> None:
    for name in SIZES:
        picture = clean.pictures[name]
        getattr(photo, name).save(picture.name, picture, save=False)


@transaction.atomic
def cover_places(photo: Photo, boxes: list[Box], *, by: Person) -> Photo:
    """Make faces and number plates unrecognisable in the stored pixels, for good."""
    if photo.issue is None or photo.issue.reporter_id != by.pk:
        require(by, "issues.hide_issue", photo.issue)
    old = [getattr(photo, name).name for name in SIZES]
    with photo.full.open("rb") as picture:
        clean = cover(picture, boxes)
    _write(photo, clean)
    photo.digest = clean.digest
    photo.covered += len(boxes)
    photo.save(update_fields=[*SIZES, "digest", "covered"])
    for name in old:
        erase_file_later(name)
    return photo


@transaction.atomic
def release_photo(photo: Photo, *, by: Person) -> Photo:
    """Let everybody see a photo somebody has looked at."""
    require(by, "issues.hide_issue", photo.issue)
    photo.is_public = True
    photo.save(update_fields=["is_public"])
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Person) -> None:
    """Delete a photo and its files; the reporter and the city may."""
    if photo.issue is None or photo.issue.reporter_id != by.pk:
        require(by, "issues.hide_issue", photo.issue)
    names = [getattr(photo, name).name for name in SIZES]
    photo.delete()
    for name in names:
        erase_file_later(name)
