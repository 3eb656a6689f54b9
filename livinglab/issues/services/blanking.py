"""A resident's text goes out of sight, or comes back: a name in it, an insult."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.models import Change, Issue
from livinglab.issues.services.settling import settle_objections
from livinglab.issues.services.steps import Wanted, take_step
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

MOST_WORDS = 500


@transaction.atomic
def blank_word(
    issue: Issue,
    word: Change | None,
    reason: str,
    *,
    seen: int | None = None,
    by: Person,
) -> Change:
    """Take what a resident added out of `words`; its author is told why.

    The text stays for the city alone, until its author leaves. Photos that came with
    it are released, covered and removed for themselves.
    """
    require(by, "issues.hide_issue", issue)
    reason = _checked(reason)
    theirs = _of_a_resident(issue, word)
    wanted = Wanted(
        what=Change.What.BLANKED,
        seen=seen,
        kept={"word": theirs, "blanked_why": reason},
    )
    blanking = take_step(issue, wanted, by=by)
    there = Change.objects.filter(pk=theirs.pk).exclude(words="")
    if not there.update(blanked_words=F("words"), words="", blanked_why=reason):
        raise StepRefused(_("This text is out of sight already."))
    theirs.refresh_from_db()
    return blanking


@transaction.atomic
def show_word(
    issue: Issue, word: Change | None, *, seen: int | None = None, by: Person
) -> Change:
    """Give a text back that was taken out of sight; its author is told.

    Why it was taken stays in the row of the taking.
    """
    require(by, "issues.hide_issue", issue)
    theirs = _of_a_resident(issue, word)
    wanted = Wanted(what=Change.What.UNBLANKED, seen=seen, kept={"word": theirs})
    showing = take_step(issue, wanted, by=by)
    away = Change.objects.filter(pk=theirs.pk, words="").exclude(blanked_words="")
    if not away.update(words=F("blanked_words"), blanked_words="", blanked_why=""):
        raise StepRefused(_("This text is not out of sight, or it was erased."))
    theirs.refresh_from_db()
    settle_objections(issue, word=theirs, by=by)
    return showing


def _of_a_resident(issue: Issue, word: Change | None) -> Change:
    if word is None or word.issue_id != issue.pk or word.by_city:
        raise StepRefused(_("This is no text a resident added to this report."))
    return word


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise IssueRefused(
            _("Please say why: whoever wrote it reads it."), field="words"
        )
    if len(reason) > MOST_WORDS:
        raise IssueRefused(
            _("The text is longer than %(most)s characters. Please shorten it.")
            % {"most": MOST_WORDS},
            field="words",
        )
    return reason
