""" "I met it too": at once with an account, after the sign-in for a guest."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from livinglab.issues.errors import StepRefused
from livinglab.issues.models import Issue
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.services.voices import (
    MOST_PHOTOS_A_WORD,
    MOST_WORDS,
    add_word,
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
    added = photos[:MOST_PHOTOS_A_WORD]
    if words.strip() or added:
        add_word(issue, words[:MOST_WORDS], photos=added, by=by)


def meet_as_guest(issue: Issue, *, guest: Guest) -> None:
    """Remember what a guest met: it counts once somebody stands behind it."""
    if not issue.is_open:
        raise StepRefused(
            _("This report is closed. If it is there again, please report it anew.")
        )
    wish = {"issue": issue.pk}
    if not Draft.objects.filter(guest=guest, kind=KIND, words=wish).exists():
        keep_draft(guest, KIND, wish)


@transaction.atomic
def join_meetings(guest_id: int, person_id: int) -> int:
    """What a guest of this browser met counts from the sign-in on; may run twice."""
    of = Q(guest_id=guest_id) | Q(person_id=person_id)
    drafts = Draft.objects.filter(of, kind=KIND)
    person = Person.objects.get(pk=person_id)
    issues = Issue.objects.visible_to(person)
    met = issues.filter(pk__in=[draft.words.get("issue") for draft in drafts])
    for issue in met:
        _support_if_open(issue, person)
    return drafts.delete()[0]


def _support_if_open(issue: Issue, person: Person) -> None:
    try:
        with transaction.atomic():
            support_issue(issue, by=person)
    except Refused:
        return  # closed meanwhile, or more than anybody follows: nothing is lost
