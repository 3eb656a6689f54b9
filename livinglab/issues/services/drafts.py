"""A report half written: kept with its photos until it is sent, without script too."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from livinglab.issues.events import photos_due
from livinglab.issues.models import Issue, Photo
from livinglab.issues.selectors.halves import KIND
from livinglab.issues.services.photos import (
    ReadyPhoto,
    SentPhoto,
    clean_photos,
    store_photos,
)
from livinglab.kernel.commit import after_commit
from livinglab.people.models import Draft, Guest, Person
from livinglab.people.services.files import erase_file_later
from livinglab.people.services.guests import drafts_of, drop_draft, keep_draft
from livinglab.places.selectors import neighbourhoods_at

# What somebody photographed and did not send is nobody's business for long.
PHOTOS_LAST = timedelta(days=7)
MOST_HALF = 3
TAKEN = "taken"  # among a draft's words: what photos told before it was taken out
BEFORE_ITS_GUEST_GOES = timedelta(days=1)

Owner = Guest | Person
Point = tuple[float, float]  # longitude, latitude


def draft_of(owner: Owner | None, key: UUID | None) -> Draft | None:
    """A half-written report of this person or browser."""
    if owner is None or key is None:
        return None
    return drafts_of(owner).filter(key=key, kind=KIND).first()


def keep_half(
    owner: Owner,
    words: Mapping[str, Any],
    photos: Sequence[SentPhoto] = (),
    *,
    key: UUID | None = None,
) -> Draft:
    """Keep what was written so far; photos are cleaned as they are for good."""
    cleaned = clean_photos(photos)
    told = [*_told_before(draft_of(owner, key)), *_told(cleaned)]
    with transaction.atomic():
        if key is None:
            _make_room(owner)
        draft = keep_draft(owner, KIND, {**words, TAKEN: told}, key=key)
        store_photos(draft, cleaned)
    return draft


def _told(photos: Sequence[ReadyPhoto]) -> list[str]:
    """Where in the cities photos were taken; no other place is anybody's business."""
    cleaned = [one.clean for one in photos if one.clean.position]
    return [
        f"{one.digest} {one.position[0]:.6f} {one.position[1]:.6f}"
        for one in cleaned
        if one.position and neighbourhoods_at(*one.position).candidates
    ]


def _told_before(
    draft: Draft | None, photos: Sequence[Photo] | None = None
) -> list[str]:
    """The same of the photos kept before, in their order."""
    told = draft.words.get(TAKEN) if draft else None
    if not told:
        return []
    places = {one.partition(" ")[0]: one for one in told}
    kept = photos_of(draft) if photos is None else photos
    digests = [photo.digest for photo in kept]
    return [places[digest] for digest in digests if digest in places]


def taken_at(
    draft: Draft | None, photos: Sequence[Photo] | None = None
) -> Point | None:
    """Where the first of its photos that told was taken, as long as it is kept."""
    for told in _told_before(draft, photos):
        _digest, lon, lat = told.split()
        return float(lon), float(lat)
    return None


def _make_room(owner: Owner) -> None:
    """Whoever looks and goes away, again and again, keeps the latest ones."""
    mine = drafts_of(owner).filter(kind=KIND)
    for old in mine[MOST_HALF - 1 :]:
        drop_draft_and_photos(old, owner)


def photos_of(draft: Draft | None) -> list[Photo]:
    """The photos kept with a draft, in their order."""
    return [] if draft is None else list(Photo.objects.filter(draft=draft))


def sent_again(draft: Draft | None) -> list[SentPhoto]:
    """The photos kept with a draft, as if they had just arrived."""
    return [
        SentPhoto(file=photo.full.open("rb"), size=photo.full.size, alt=photo.alt)
        for photo in photos_of(draft)
    ]


@transaction.atomic
def drop_draft_and_photos(draft: Draft, owner: Owner) -> None:
    """It became something else, or is not wanted."""
    erase_photos_of(draft)
    drop_draft(owner, draft.key)


@transaction.atomic
def erase_photos_of(draft: Draft) -> None:
    """Its photos and their files."""
    for photo in photos_of(draft):
        _erase(photo)


@transaction.atomic
def let_go(owner: Owner, key: UUID) -> bool:
    """A half-written report of one's own is not wanted any more; its files go too."""
    draft = draft_of(owner, key)
    if draft is not None:
        drop_draft_and_photos(draft, owner)
    return draft is not None


@transaction.atomic
def drop_from_draft(draft: Draft, keys: Sequence[str]) -> None:
    """The person does not want these photos after all."""
    for photo in photos_of(draft):
        if str(photo.key) in keys:
            _erase(photo)


@transaction.atomic
def move_photos(draft: Draft, issue: Issue, owner: Owner, **facts: Any) -> None:
    """What was kept with the draft belongs to the report from now on."""
    there = set(issue.photos.values_list("digest", flat=True))
    for photo in photos_of(draft):
        if photo.digest in there:
            _erase(photo)
    first = issue.photos.count()
    for at, photo in enumerate(photos_of(draft), start=first):
        Photo.objects.filter(pk=photo.pk).update(
            draft=None, issue=issue, position=at, **facts
        )
    drop_draft(owner, draft.key)
    after_commit(photos_due.send_robust, Photo)


def forget_old_photos() -> int:
    """Photos of reports nobody sent, before a database would drop their rows alone."""
    now = timezone.now()
    old = Photo.objects.filter(draft__isnull=False).filter(
        Q(added_at__lte=now - PHOTOS_LAST)
        | Q(draft__guest__expires_at__lte=now + BEFORE_ITS_GUEST_GOES)
    )
    photos = list(old[:500])
    for photo in photos:
        _erase(photo)
    return len(photos)


@transaction.atomic
def _erase(photo: Photo) -> None:
    for name in photo.stored_names:
        erase_file_later(name)
    photo.delete()
