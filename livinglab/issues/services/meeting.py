""" "I met it too": at once with an account, after the sign-in for a guest."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from livinglab.issues.errors import StepRefused
from livinglab.issues.models import Issue
from livinglab.issues.services.drafts import erase_photos_of, photos_of
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.photos import SentPhoto, clean_photos, store_photos
from livinglab.issues.services.voices import (
    A_REPORT,
    add_kept_word,
    add_word,
    check_words,
)
from livinglab.kernel.errors import Refused
from livinglab.people.models import Draft, Guest, Person
from livinglab.people.services.guests import keep_draft

KIND = "met-it-too"


def meet_issue(
    issue: Issue, *, words: str = "", photos: Sequence[SentPhoto] = (), by: Person
) -> None:
    """Count once, follow, and add what the form of a new report held already.

    A photo that cannot be taken refuses with its sentence; the count stands.
    """
    support_issue(issue, by=by)
    if words.strip() or photos:
        add_word(issue, words, photos=photos, room=A_REPORT, by=by)


def meet_as_guest(
    issue: Issue, *, words: str = "", photos: Sequence[SentPhoto] = (), guest: Guest
) -> Draft:
    """Remember what a guest met: it counts once somebody stands behind it.

    Words and photos wait with it, seen by this browser alone. A photo that cannot be
    taken refuses with its sentence; what was met is remembered.
    """
    if not issue.is_open:
        raise StepRefused(
            _("This report is closed. If it is there again, please report it anew.")
        )
    draft = _wish_of(guest, issue)
    if not words.strip() and not photos:
        return draft
    check_words(issue, words, len(photos), A_REPORT)
    cleaned = clean_photos(photos)
    with transaction.atomic():
        said = words.strip() or draft.words.get("words", "")
        wish = {"issue": issue.pk, "words": said}
        draft = keep_draft(guest, KIND, wish, key=draft.key)
        room = A_REPORT.photos - len(photos_of(draft))
        store_photos(draft, cleaned[: max(room, 0)])
    return draft


def _wish_of(guest: Guest, issue: Issue) -> Draft:
    """One for each report, however often the button was pressed."""
    wishes = Draft.objects.filter(guest=guest, kind=KIND, words__issue=issue.pk)
    return wishes.first() or keep_draft(guest, KIND, {"issue": issue.pk})


@transaction.atomic
def join_meetings(guest_id: int, person_id: int) -> int:
    """What a guest of this browser met counts from the sign-in on; may run twice."""
    of = Q(guest_id=guest_id) | Q(person_id=person_id)
    drafts = list(Draft.objects.filter(of, kind=KIND))
    person = Person.objects.get(pk=person_id)
    issues = Issue.objects.visible_to(person)
    met = issues.in_bulk([draft.words.get("issue") for draft in drafts])
    for draft in drafts:
        issue = met.get(draft.words.get("issue"))
        if issue is not None and _is_supported(issue, person):
            _add_what_was_kept(draft, issue, person)
        erase_photos_of(draft)
        draft.delete()
    return len(drafts)


def _is_supported(issue: Issue, person: Person) -> bool:
    try:
        with transaction.atomic():
            support_issue(issue, by=person)
    except Refused:
        return False  # closed meanwhile, or more than anybody follows
    return True


def _add_what_was_kept(draft: Draft, issue: Issue, person: Person) -> None:
    """Words and photos of the form; those the report has already are not added."""
    known = set(issue.photos.values_list("digest", flat=True))
    photos = [photo for photo in photos_of(draft) if photo.digest not in known]
    words = draft.words.get("words", "")
    if not words and not photos:
        return
    try:
        with transaction.atomic():
            add_kept_word(issue, words, photos=photos, by=person)
    except Refused:
        return  # the count stands; what cannot be added goes
