"""A resident's text goes out of sight: because of a name in it, or an insult."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.models import Change, Issue
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
    if word is None or word.issue_id != issue.pk or word.by_city:
        raise StepRefused(_("This is no text a resident added to this report."))
    blanking = take_step(issue, Wanted(what=Change.What.BLANKED, seen=seen), by=by)
    there = Change.objects.filter(pk=word.pk).exclude(words="")
    if not there.update(blanked_words=F("words"), words="", blanked_why=reason):
        raise StepRefused(_("This text is out of sight already."))
    blanking.word = word
    blanking.save(update_fields=["word"])
    word.refresh_from_db()
    return blanking
