"""Words for a report that could not be sent wait for whoever typed them."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from livinglab.issues.models import Issue
from livinglab.issues.selectors.unsent import kind_of
from livinglab.issues.services.drafts import (
    drop_draft_and_photos,
    drop_from_draft,
    photos_of,
    sent_again,
)
from livinglab.issues.services.photos import (
    ReadyPhoto,
    SentPhoto,
    clean_photos,
    store_photos,
)
from livinglab.issues.services.voices import MOST_PHOTOS_A_WORD
from livinglab.kernel.errors import Refused
from livinglab.people.models import Draft, Person
from livinglab.people.services.guests import drafts_of, keep_draft

MOST_LETTERS = 4000


def keep_unsent(
    issue: Issue,
    form: str,
    typed: Mapping[str, str],
    photos: Sequence[SentPhoto] = (),
    *,
    by: Person,
) -> bool:
    """Keep what stood in a form of the report's page; False when a photo could not be.

    Only the person sees it, on that page, until it is sent or a month is over.
    """
    cleaned = _cleaned(photos[:MOST_PHOTOS_A_WORD])
    words = {name: text[:MOST_LETTERS] for name, text in typed.items()}
    with transaction.atomic():
        standing = unsent_draft(issue, form, of=by)
        key = standing.key if standing else None
        draft = keep_draft(by, kind_of(issue.pk, form), words, key=key)
        room = MOST_PHOTOS_A_WORD - len(photos_of(draft))
        store_photos(draft, (cleaned or [])[: max(room, 0)])
    return cleaned is not None


def _cleaned(photos: Sequence[SentPhoto]) -> list[ReadyPhoto] | None:
    """The words are worth more: a photo that is none does not take them along."""
    for photo in photos:
        photo.file.seek(0)
    try:
        return clean_photos(photos)
    except Refused:
        return None


def unsent_draft(issue: Issue, form: str, *, of: Person) -> Draft | None:
    """What waits in this form of the report's page."""
    return drafts_of(of).filter(kind=kind_of(issue.pk, form)).first()


def unsent_photos(
    issue: Issue, form: str, *, without: Sequence[str] = (), by: Person
) -> list[SentPhoto]:
    """The photos that wait in the form, to be sent now; those left out go."""
    draft = unsent_draft(issue, form, of=by)
    if draft is not None and without:
        drop_from_draft(draft, without)
    return sent_again(draft)


@transaction.atomic
def drop_unsent(issue: Issue, form: str, *, by: Person) -> None:
    """It was sent, or is not wanted."""
    draft = unsent_draft(issue, form, of=by)
    if draft is not None:
        drop_draft_and_photos(draft, by)


@transaction.atomic
def drop_all_unsent(issue: Issue, *, by: Person) -> int:
    """Nothing that waits on the report's page is wanted; says how much it was."""
    drafts = drafts_of(by).filter(kind__startswith=kind_of(issue.pk))
    waiting = list(drafts)
    for draft in waiting:
        drop_draft_and_photos(draft, by)
    return len(waiting)
