"""One sending is one report with its photos: all of it or nothing."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import KnownAlready
from livinglab.issues.models import Issue
from livinglab.issues.selectors.known import known_already
from livinglab.issues.services.photos import SentPhoto, clean_photos, store_photos
from livinglab.issues.services.reporting import Reported, Said, report_issue
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


def _hold_up_when_known(said: Said) -> None:
    known = known_already(said.category, (said.lon, said.lat), said.words)
    if known:
        raise KnownAlready(
            _("This may be known already. Is it one of these reports?"), known
        )
