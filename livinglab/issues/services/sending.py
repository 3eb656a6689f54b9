"""One sending is one report with its photos: all of it or nothing."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, KnownAlready, StepRefused
from livinglab.issues.models import Issue, Photo
from livinglab.issues.selectors.known import known_already, known_in
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.meeting import meet_as_guest
from livinglab.issues.services.photos import SentPhoto, clean_photos, store_photos
from livinglab.issues.services.reporting import (
    Reported,
    Said,
    place_of,
    report_issue,
)
from livinglab.issues.services.voices import add_word, check_words
from livinglab.issues.states import State
from livinglab.kernel.permissions import require, require_beforehand
from livinglab.kernel.plain import plain
from livinglab.people.models import Guest, Person


def report_with_photos(
    said: Said,
    photos: Sequence[SentPhoto] = (),
    *,
    by: Person | None,
    guest: Guest | None = None,
    ask_known: bool = False,
) -> Reported:
    """Take a report with its photos, once for each key.

    With `ask_known` it is held up when it may be known already: KnownAlready names
    the reports, and the same sending without asking goes through.
    """
    if Issue.objects.filter(key=said.key).exists():
        return report_issue(said, by=by, guest=guest)
    if ask_known:
        _hold_up_when_known(said)
    cleaned = clean_photos(photos)
    with transaction.atomic():
        reported = report_issue(said, by=by, guest=guest)
        if reported.is_new:
            store_photos(reported.issue, cleaned)
    return reported


def is_another_report(said: Said) -> bool:
    """Whether its key sent something else before: a page gone back to, and changed."""
    sent = Issue.objects.filter(key=said.key).select_related("category").first()
    if sent is None:
        return False
    told = (said.category.code, plain(said.words).strip(), plain(said.address).strip())
    return (sent.category.code, sent.words, sent.address) != told


def _hold_up_when_known(said: Said) -> None:
    if said.place_from == Issue.PlaceFrom.LIST:
        known = known_in(said.category, place_of(said), said.words)
    else:
        known = known_already(said.category, (said.lon, said.lat), said.words)
    if known:
        raise KnownAlready(
            _("This may be known already. Is it one of these reports?"), known
        )


@transaction.atomic
def support_with_photos(
    issue: Issue, photos: Sequence[SentPhoto] = (), *, words: str = "", by: Person
) -> Issue:
    """ "I met it too", perhaps with a word and photos of how it looks today."""
    support_issue(issue, by=by)
    if photos or words.strip():
        add_word(issue, words, photos=photos, by=by)
    return issue


def meet_with_photos(
    issue: Issue, photos: Sequence[SentPhoto], *, words: str = "", guest: Guest
) -> None:
    """A guest's "I met it too"; word and photos wait with it until the sign-in."""
    if photos or words.strip():
        check_words(issue, words, len(photos))
    meet_as_guest(issue, words=words, photos=photos, guest=guest)


def add_own_photos(
    issue: Issue, photos: Sequence[SentPhoto], *, by: Person
) -> list[Photo]:
    """Photos the reporter forgot; private until somebody has looked, as all are."""
    require_beforehand(by, "issues.add_own_photos", issue)
    if issue.state == State.WITHDRAWN:
        raise StepRefused(_("This report was withdrawn; nothing can be added."))
    if not photos:
        raise IssueRefused(_("Please choose a photo."), field="photos")
    cleaned = clean_photos(photos)
    with transaction.atomic():
        require(by, "issues.add_own_photos", issue)
        return store_photos(issue, cleaned)
