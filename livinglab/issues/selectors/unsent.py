"""What somebody typed on a report's page and could not send."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists
from django.utils import timezone

from livinglab.issues.models import Photo
from livinglab.people.models import Draft, Person


@dataclass(frozen=True)
class Unsent:
    """What stood in one form of the page, with the photos that came along."""

    typed: Mapping[str, str]
    photos: list[Photo]


def kind_of(issue_id: int, form: str = "") -> str:
    """How these drafts are named; without a form what all of a page begin with."""
    return f"page:{issue_id}:{form}"


def has_unsent(issue_id: int, person: Person) -> Exists:
    """Whether anything of this report's page waits for the person."""
    mine = Draft.objects.filter(person=person, kind__startswith=kind_of(issue_id))
    return Exists(mine.filter(expires_at__gt=timezone.now()))


def unsent_of(issue_id: int, person: Person) -> dict[str, Unsent]:
    """Everything that waits, by the form it was typed into."""
    begin = kind_of(issue_id)
    mine = Draft.objects.filter(person=person, kind__startswith=begin)
    drafts = list(mine.filter(expires_at__gt=timezone.now()))
    photos: dict[int | None, list[Photo]] = {}
    for photo in Photo.objects.filter(draft__in=drafts):
        photos.setdefault(photo.draft_id, []).append(photo)
    return {
        draft.kind.removeprefix(begin): Unsent(draft.words, photos.get(draft.pk, []))
        for draft in drafts
    }
