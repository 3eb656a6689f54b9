"""One sending is one report with its photos: all of it or nothing."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.issues.errors import (
    ArrivedAlready,
    IssueRefused,
    KnownAlready,
    StepRefused,
)
from livinglab.issues.models import Change, Issue, Photo
from livinglab.issues.selectors.known import known_already, known_in
from livinglab.issues.services.following import support_issue
from livinglab.issues.services.meeting import meet_as_guest
from livinglab.issues.services.photos import (
    SentPhoto,
    clean_photos,
    digest_of,
    store_photos,
)
from livinglab.issues.services.reporting import (
    Reported,
    Said,
    answers_of,
    place_of,
    report_issue,
)
from livinglab.issues.services.voices import A_REPORT, add_word, check_words
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


def report_once(
    said: Said,
    photos: Sequence[SentPhoto] = (),
    *,
    by: Person | None,
    guest: Guest | None = None,
    ask_known: bool = False,
) -> Reported:
    """As `report_with_photos`; what differs from the report of its key is refused.

    A phone that never heard the answer may send what was edited meanwhile: nobody is
    told that it arrived. Raises ArrivedAlready with the report that did.
    """
    reported = report_with_photos(said, photos, by=by, guest=guest, ask_known=ask_known)
    if not reported.is_new and _is_another(reported.issue, said, photos):
        raise ArrivedAlready(
            _(
                "This report has arrived already, as it was first written. Please add"
                " there what is new."
            ),
            reported.issue,
        )
    return reported


def is_another_report(said: Said) -> bool:
    """Whether its key sent something else before: a page gone back to, and changed."""
    sent = Issue.objects.filter(key=said.key).select_related("category").first()
    if sent is None:
        return False
    told = (said.category.code, plain(said.words).strip(), plain(said.address).strip())
    return (sent.category.code, sent.words, sent.address) != told


def _is_another(sent: Issue, said: Said, photos: Sequence[SentPhoto]) -> bool:
    """In what people say; when it was seen, each try may say anew."""
    texts = (_said(said.words), _said(said.address))
    contact = (said.email, said.phone)
    return (
        (_said(sent.words), _said(sent.address)) != texts
        or (sent.contact_email, sent.contact_phone) != contact
        or _is_elsewhere(sent, said)
        or _is_of_another_kind(sent, said)
        or sent.answers != answers_of(said)
        or _has_other_photos(sent, photos)
    )


def _said(text: str) -> list[str]:
    """Its words: how a phone ends its lines is no difference."""
    return plain(text).split()


def _is_elsewhere(sent: Issue, said: Said) -> bool:
    by_name = Issue.PlaceFrom.LIST
    is_point = not sent.place_from == said.place_from == by_name
    if is_point and (sent.lon, sent.lat) != (said.lon, said.lat):
        return True
    return sent.neighbourhood_id != place_of(said).pk


def _is_of_another_kind(sent: Issue, said: Said) -> bool:
    """What the city sorted anew since is still the report that was sent."""
    if sent.category_id == said.category.pk:
        return False
    return not sent.changes.filter(what=Change.What.CATEGORY).exists()


def _has_other_photos(sent: Issue, photos: Sequence[SentPhoto]) -> bool:
    """By their pixels; of one the city covered since, nobody can tell."""
    stored = sent.photos.filter(change=None)
    covered = stored.exclude(covered=0).count()
    known = set(stored.filter(covered=0).values_list("digest", flat=True))
    now = {digest_of(photo) for photo in photos}
    return not known <= now or len(now - known) > covered


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
        add_word(issue, words, photos=photos, room=A_REPORT, by=by)
    return issue


def meet_with_photos(
    issue: Issue, photos: Sequence[SentPhoto], *, words: str = "", guest: Guest
) -> None:
    """A guest's "I met it too"; word and photos wait with it until the sign-in."""
    if photos or words.strip():
        check_words(issue, words, len(photos), A_REPORT)
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
