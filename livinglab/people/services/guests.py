"""Guests and drafts: kept for a while, handed over whole, gone when nobody comes."""

import hashlib
import json
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.kernel.guests import joiners
from livinglab.people.errors import TooMuchKept
from livinglab.people.models import Draft, Guest, Person
from livinglab.places.models import Neighbourhood

GUEST_LASTS = timedelta(days=30)
DRAFT_LASTS = timedelta(days=30)
DRAFTS_EACH = 20
DRAFT_MAX_CHARS = 20_000

Owner = Guest | Person


def make_guest() -> tuple[Guest, str]:
    """A guest and the secret only its browser knows."""
    secret = secrets.token_urlsafe(32)
    ends = timezone.now() + GUEST_LASTS
    return Guest.objects.create(digest=_digest(secret), expires_at=ends), secret


def guest_with(secret: str) -> Guest | None:
    """Whose secret this is, unless it is too old."""
    return Guest.objects.filter(
        digest=_digest(secret), expires_at__gt=timezone.now()
    ).first()


@transaction.atomic
def join_guest(guest: Guest | None, person: Person, *, place: str = "") -> None:
    """Everything the guest began becomes the person's; the guest is no more."""
    if place and person.neighbourhood_id is None:
        person.neighbourhood = Neighbourhood.objects.filter(code=place).first()
        person.save(update_fields=["neighbourhood"])
    if guest is None or not Guest.objects.filter(pk=guest.pk).exists():
        return
    for join in joiners().values():
        join(guest.pk, person.pk)
    guest.delete()


def join_drafts(guest_id: int, person_id: int) -> int:
    """How drafts come over."""
    return Draft.objects.filter(guest_id=guest_id).update(
        guest=None, person_id=person_id
    )


@transaction.atomic
def keep_draft(
    owner: Owner, kind: str, words: dict[str, Any], *, key: UUID | None = None
) -> Draft:
    """Keep what was written so far; the same key again overwrites it."""
    if len(json.dumps(words, ensure_ascii=False)) > DRAFT_MAX_CHARS:
        raise TooMuchKept(_("This is too long to keep. Please shorten it."))
    ends = timezone.now() + DRAFT_LASTS
    mine = drafts_of(owner)
    draft = mine.filter(key=key, kind=kind).first() if key else None
    if draft is not None:
        draft.words, draft.expires_at = words, ends
        draft.save(update_fields=["words", "expires_at", "updated_at"])
        return draft
    if mine.count() >= DRAFTS_EACH:
        raise TooMuchKept(_("You have begun many things. Please finish one first."))
    facts = {"kind": kind, "words": words, "expires_at": ends}
    return Draft.objects.create(**_owned_by(owner), **facts)


def drop_draft(owner: Owner, key: UUID) -> None:
    """The draft was sent, or is not wanted."""
    drafts_of(owner).filter(key=key).delete()


def drafts_of(owner: Owner) -> Any:
    """What this guest or person began and did not send, newest first."""
    return Draft.objects.filter(
        **_owned_by(owner), expires_at__gt=timezone.now()
    ).order_by("-updated_at", "-pk")


def drop_expired_guests() -> int:
    """What nobody came back for."""
    now = timezone.now()
    drafts, _kinds = Draft.objects.filter(expires_at__lte=now).delete()
    guests, _kinds = Guest.objects.filter(expires_at__lte=now).delete()
    return drafts + guests


def _owned_by(owner: Owner) -> dict[str, Owner]:
    return {"guest" if isinstance(owner, Guest) else "person": owner}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
