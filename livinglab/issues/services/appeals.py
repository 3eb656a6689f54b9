"""A report or a text was hidden: its author objects, somebody of the city decides."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.events import appeal_decided, appeal_made
from livinglab.issues.models import Appeal, Change, Issue
from livinglab.issues.services.answering import show_issue
from livinglab.issues.services.blanking import show_word
from livinglab.issues.services.steps import check_length
from livinglab.issues.services.telling import tell_of_appeal
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

MOST_WORDS = 1000


@transaction.atomic
def appeal_hiding(issue: Issue, words: str, *, by: Person) -> Appeal:
    """The author says why the report should be seen; one objection at a time."""
    require(by, "issues.appeal_hiding", issue)
    if not issue.hidden:
        raise StepRefused(_("This report is not hidden."))
    return _object(Appeal(issue=issue, by=by), words)


@transaction.atomic
def appeal_blanking(word: Change, words: str, *, by: Person) -> Appeal:
    """Who wrote a text says why it should be seen; one objection at a time."""
    require(by, "issues.appeal_blanking", word)
    word.refresh_from_db()
    if not word.blanked_words:
        raise StepRefused(_("This text is not out of sight, or it was erased."))
    return _object(Appeal(issue_id=word.issue_id, word=word, by=by), words)


def _object(appeal: Appeal, words: str) -> Appeal:
    if not words.strip():
        raise IssueRefused(_("Please say why it should be shown."), field="words")
    check_length(words, MOST_WORDS)
    appeal.words = words.strip()
    try:
        with transaction.atomic():
            appeal.save(force_insert=True)
    except IntegrityError:
        raise StepRefused(
            _("You objected already. Somebody is going to look at it.")
        ) from None
    after_commit(appeal_made.send_robust, Appeal, appeal_id=appeal.pk)
    return appeal


@transaction.atomic
def decide_appeal(
    appeal: Appeal, decision: str, *, words: str, seen: int | None = None, by: Person
) -> Appeal:
    """Show it again, or say why it stays out of sight; decided once."""
    require(by, "issues.decide_appeal", appeal)
    if decision not in (Appeal.Decision.SHOWN, Appeal.Decision.KEPT):
        raise IssueRefused(_("Please choose a decision."), field="decision")
    if decision == Appeal.Decision.KEPT and not words.strip():
        raise IssueRefused(
            _("Please say why: whoever objected reads it."), field="words"
        )
    taken = Appeal.objects.filter(pk=appeal.pk, decision=Appeal.Decision.OPEN).update(
        decision=decision,
        answer=words.strip(),
        decided_by=by,
        decided_at=timezone.now(),
    )
    if not taken:
        raise ChangedMeanwhile(_("Somebody decided this objection meanwhile."))
    appeal.refresh_from_db()
    if decision == Appeal.Decision.KEPT:
        tell_of_appeal(appeal)
    else:
        _show_again(appeal, seen=seen, by=by)
    after_commit(appeal_decided.send_robust, Appeal, appeal_id=appeal.pk)
    return appeal


def _show_again(appeal: Appeal, *, seen: int | None, by: Person) -> Change:
    if appeal.word is None:
        return show_issue(appeal.issue, seen=seen, by=by)
    return show_word(appeal.issue, appeal.word, seen=seen, by=by)


def appeal_of(issue: Issue, number: int) -> Appeal:
    """An objection of this report. Raises StepRefused where there is none."""
    appeal = issue.appeals.select_related("issue", "word").filter(pk=number).first()
    if appeal is None:
        raise StepRefused(_("Nobody objected to the hiding of this report."))
    return appeal
