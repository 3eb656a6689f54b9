"""What residents add to a report: a word, a photo, and whether it is fixed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.models import Change, Issue, Photo, Verdict
from livinglab.issues.models.issues import MOST_WORDS as MOST_WORDS_OF_A_REPORT
from livinglab.issues.models.photos import MOST_PHOTOS
from livinglab.issues.services.photos import (
    ReadyPhoto,
    SentPhoto,
    clean_photos,
    store_photos,
)
from livinglab.issues.services.steps import Wanted, take_step
from livinglab.issues.services.verdicts import give_verdict
from livinglab.issues.states import State
from livinglab.issues.suspicion import looks_like_spam
from livinglab.issues.trust import LEEWAY, Trust
from livinglab.kernel.permissions import require, require_beforehand
from livinglab.people.models import Person

MOST_WORDS = 1000
MOST_PHOTOS_A_WORD = 2
A_MOMENT = timedelta(minutes=10)


@dataclass(frozen=True)
class Room:
    """How much one word to a report holds."""

    words: int
    photos: int


A_WORD = Room(MOST_WORDS, MOST_PHOTOS_A_WORD)
# What was written as a report of one's own comes along whole.
A_REPORT = Room(MOST_WORDS_OF_A_REPORT, MOST_PHOTOS)


def add_word(
    issue: Issue,
    words: str,
    *,
    photos: Sequence[SentPhoto] = (),
    room: Room = A_WORD,
    by: Person,
) -> Change:
    """Who reported or follows adds what is new; the state stays as it is.

    Words are read at once by everybody who may read the report; photos wait until
    somebody of the city has looked at them. Sent twice, as after a lost answer, it is
    one word.
    """
    require_beforehand(by, "issues.add_word", issue)
    check_words(issue, words, len(photos), room)
    clean = clean_photos(photos)
    with transaction.atomic():
        require(by, "issues.add_word", issue)
        said = _said_a_moment_ago(issue, words, clean, by)
        wanted = Wanted(what=Change.What.UPDATE, words=words, by_city=False)
        change = said or take_step(issue, wanted, by=by)
        store_photos(issue, clean, change=change)
    return change


def _said_a_moment_ago(
    issue: Issue, words: str, photos: Sequence[ReadyPhoto], by: Person
) -> Change | None:
    """The newest word of this person, when it says and shows just the same."""
    lately = issue.changes.filter(by=by, by_city=False, what=Change.What.UPDATE)
    newest = lately.filter(at__gt=timezone.now() - A_MOMENT).order_by("pk").last()
    if newest is None or newest.words != words.strip():
        return None
    shown = set(newest.photos.values_list("digest", flat=True))
    return newest if shown == {one.clean.digest for one in photos} else None


@transaction.atomic
def add_kept_word(
    issue: Issue, words: str, *, photos: Sequence[Photo], by: Person
) -> Change:
    """The same with what was kept, clean, since before the sign-in."""
    require(by, "issues.add_word", issue)
    check_words(issue, words, len(photos), A_REPORT)
    wanted = Wanted(what=Change.What.UPDATE, words=words, by_city=False)
    change = take_step(issue, wanted, by=by)
    for at, photo in enumerate(photos, start=issue.photos.count()):
        photo.draft, photo.issue, photo.change, photo.position = None, issue, change, at
        photo.save(update_fields=["draft", "issue", "change", "position"])
    return change


def check_words(issue: Issue, words: str, photos: int, room: Room = A_WORD) -> None:
    """Refuse what cannot be added, with a sentence."""
    if issue.state == State.WITHDRAWN:
        raise StepRefused(_("This report was withdrawn; nothing can be added."))
    if not words.strip() and not photos:
        raise IssueRefused(
            _("Please write what is new, or add a photo."), field="words"
        )
    if len(words) > room.words:
        raise IssueRefused(
            _("The text is longer than %(most)s characters. Please shorten it.")
            % {"most": f"{room.words:,}"},
            field="words",
        )
    if photos > room.photos:
        raise IssueRefused(
            _("Please choose at most %(most)d photos.") % {"most": room.photos},
            field="photos",
        )
    if looks_like_spam(words, most_links=LEEWAY[Trust.KNOWN].links):
        raise IssueRefused(
            _("This looks like advertising, so it was not published."), field="words"
        )


def say_whether_fixed(
    verdict: Verdict,
    answer: str,
    *,
    words: str = "",
    stars: int | None = None,
    photos: Sequence[SentPhoto] = (),
    by: Person,
) -> Verdict:
    """Answer "is it fixed?"; a photo says no as well as a word does."""
    require_beforehand(by, "issues.give_verdict", verdict)
    clean = clean_photos(photos)
    if answer == Verdict.Answer.NO and clean and not words.strip():
        words = _("The photo shows how it is now.")
    with transaction.atomic():
        given = give_verdict(verdict, answer, words=words, stars=stars, by=by)
        if clean:
            store_photos(verdict.issue, clean, change=_own_step(verdict.issue, by))
    return given


def _own_step(issue: Issue, by: Person) -> Change:
    """What a photo hangs on: a step of whoever took it, never one of somebody else."""
    newest = issue.changes.order_by("pk").last()
    if newest is not None and newest.by_id == by.pk and not newest.by_city:
        return newest
    return take_step(issue, Wanted(what=Change.What.UPDATE, by_city=False), by=by)
