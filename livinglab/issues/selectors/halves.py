"""Reports somebody began and did not send, to go on with or to let go."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from livinglab.issues.models import Category, Photo
from livinglab.issues.selectors.cards import Picture, excerpt, picture
from livinglab.issues.words import age_in_words
from livinglab.people.models import Draft, Person

KIND = "report"


@dataclass(frozen=True)
class Half:
    """What is shown of one: its kind and words as far as they were chosen."""

    key: UUID
    title: str
    words: str
    age: str
    photo: Picture | None
    photos: int


def half_written(person: Person) -> list[Half]:
    """The newest first, in two questions however many there are."""
    first = Photo.objects.filter(draft=OuterRef("pk")).order_by("position", "pk")
    facts = JSONObject(key="key", width="width", height="height", alt="alt")
    found = Draft.objects.filter(
        person=person, kind=KIND, expires_at__gt=timezone.now()
    ).annotate(
        photo_count=Count("issue_photos"),
        first_photo=Subquery(first.values(facts=facts)[:1]),
    )
    drafts = list(found)
    names = _names({said(draft, "category") for draft in drafts} - {""})
    return [_half(draft, names) for draft in drafts]


def _half(draft: Any, names: dict[str, str]) -> Half:
    first = draft.first_photo
    return Half(
        key=draft.key,
        title=names.get(said(draft, "category"), ""),
        words=excerpt(said(draft, "words") or said(draft, "address")),
        age=age_in_words(draft.updated_at),
        photo=_picture(**first) if first else None,
        photos=draft.photo_count,
    )


def _picture(*, key: str, width: int, height: int, alt: str) -> Picture:
    return picture(UUID(key), width, height, alt, "thumb")


def _names(codes: set[str]) -> dict[str, str]:
    """Cities word the same kind alike, or nearly so."""
    if not codes:
        return {}
    return {kind.code: kind.name for kind in Category.objects.filter(code__in=codes)}


def said(draft: Draft, name: str) -> str:
    """A field of the form, kept as the list of what came under its name."""
    kept = draft.words.get(name)
    first = kept[0] if isinstance(kept, list) and kept else kept or ""
    return str(first)
