"""A report was hidden: its author objects, somebody of the city decides."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.events import appeal_decided, appeal_made
from livinglab.issues.models import Appeal, Issue
from livinglab.issues.services.answering import show_issue
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
    if not words.strip():
        raise IssueRefused(_("Please say why it should be shown."), field="words")
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(
                issue=issue, by=by, words=words.strip()[:MOST_WORDS]
            )
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
    """Show the report again, or say why it stays hidden; decided once."""
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
    if decision == Appeal.Decision.SHOWN:
        show_issue(appeal.issue, seen=seen, by=by)
    else:
        tell_of_appeal(appeal)
    after_commit(appeal_decided.send_robust, Appeal, appeal_id=appeal.pk)
    return appeal


def last_appeal(issue: Issue) -> Appeal:
    """The newest objection. Raises StepRefused where nobody objected."""
    appeal = issue.appeals.select_related("issue").last()
    if appeal is None:
        raise StepRefused(_("Nobody objected to the hiding of this report."))
    return appeal
