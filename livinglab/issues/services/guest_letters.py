"""Letters to guests who left an address with their report: what must not be missed.

Only what the city does is written about, so that nobody can have letters sent to
somebody else's address by reporting; and of many reports with one address only the
first letters of a day are written.
"""

from hashlib import sha256

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from livinglab.issues.models import Change, Issue
from livinglab.issues.states import State
from livinglab.kernel.pace import is_within_pace
from livinglab.people.services.letters import post_letter

WRITTEN_ABOUT = frozenset(
    {State.WAITING, State.RESOLVED, State.PASSED_ON, State.NO_ACTION, State.DUPLICATE}
)
# What an original comes to; its questions are its own reporter's.
ENDS = WRITTEN_ABOUT - {State.WAITING, State.DUPLICATE}
WHAT = frozenset({Change.What.STATE, Change.What.MERGED})


def is_written_about(issue: Issue, what: str, state: str) -> bool:
    """Whether a guest left an address and this is not to be missed."""
    is_a_guests = not issue.reporter_id and bool(issue.contact_email)
    return is_a_guests and what in WHAT and state in WRITTEN_ABOUT


def write_to_guest(change: Change) -> None:
    """Post the letters, in the transaction that tells the followers.

    Whoever left an address with a copy reads how the report ended it was joined with.
    """
    issue = change.issue
    if not change.by_city:
        return
    if is_written_about(issue, change.what, change.state):
        _write(issue, change)
    if issue.is_public and change.state in ENDS and change.what == Change.What.STATE:
        for copy in _copies_of_guests(issue):
            _write(copy, change)


def _copies_of_guests(issue: Issue) -> QuerySet[Issue]:
    copies = issue.duplicates.filter(reporter=None, hidden=Issue.Hidden.NOT)
    named = copies.exclude(contact_email="").select_related("category")
    return named.order_by("pk")


def _write(issue: Issue, change: Change) -> None:
    whose = sha256(issue.contact_email.casefold().encode()).hexdigest()
    if not is_within_pace("issues.write_to_guest", whose):
        return
    with translation.override(issue.language):
        facts = {
            "number": issue.pk,
            "category": issue.category.name,
            "state": str(Issue.Status(change.state).label),
            "words": change.words,
            "page": reverse("report:done", args=[issue.key]),
        }
    post_letter(
        issue.contact_email, kind="report_news", facts=facts, language=issue.language
    )
