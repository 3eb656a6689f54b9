""" "Is it fixed?": asked at the closing and four weeks later, answered once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.events import verdict_given
from livinglab.issues.models import Change, Follow, Verdict
from livinglab.issues.services.answering import reopen_issue
from livinglab.issues.states import State
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

SECOND_TIME = timedelta(weeks=4)


@transaction.atomic
def plan_verdicts(closing: Change) -> int:
    """Note whom to ask about a repair, now and in four weeks; safe to run twice."""
    if closing.state != State.RESOLVED:
        return 0
    behind = Follow.objects.filter(issue=closing.issue_id).exclude(
        why=Follow.Why.CURIOUS
    )
    rows = [
        Verdict(
            issue_id=closing.issue_id,
            person_id=person,
            closing=closing,
            round=round_,
            ask_at=closing.at + SECOND_TIME * (round_ - 1),
        )
        for person in behind.values_list("person_id", flat=True)
        for round_ in (1, 2)
    ]
    Verdict.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def due_verdicts(*, most: int = 500) -> list[Verdict]:
    """Questions to ask now: not answered before, and still about the last closing."""
    now = timezone.now()
    waiting = Verdict.objects.filter(asked_at=None, ask_at__lte=now)
    return list(waiting.select_related("issue", "person", "closing")[:most])


@transaction.atomic
def take_to_ask(verdict: Verdict) -> bool:
    """Of parallel workers one may ask; False as well when there is nothing to ask."""
    taken = Verdict.objects.filter(pk=verdict.pk, asked_at=None).update(
        asked_at=timezone.now()
    )
    is_about_now = (
        verdict.issue.state == State.RESOLVED
        and verdict.issue.closed_at == verdict.closing.at
    )
    said_already = Verdict.objects.filter(
        closing=verdict.closing_id, person=verdict.person_id
    ).exclude(answer__in=("", Verdict.Answer.UNSURE))
    return bool(taken) and is_about_now and not said_already.exists()


@transaction.atomic
def give_verdict(
    verdict: Verdict,
    answer: str,
    *,
    words: str = "",
    stars: int | None = None,
    by: Person,
) -> Verdict:
    """Keep the answer; a no with a word opens the report again."""
    require(by, "issues.give_verdict", verdict)
    if answer not in Verdict.Answer.values:
        raise IssueRefused(_("Please choose an answer."), field="answer")
    if stars is not None and not 1 <= stars <= 5:
        raise IssueRefused(_("Please choose one to five stars."), field="stars")
    is_no = answer == Verdict.Answer.NO
    if is_no and not words.strip():
        raise IssueRefused(
            _("Please say in a word what is still wrong."), field="words"
        )
    taken = Verdict.objects.filter(pk=verdict.pk, answer="").update(
        answer=answer, words=words.strip(), stars=stars, answered_at=timezone.now()
    )
    if not taken:
        raise StepRefused(_("You answered this already. Thank you."))
    verdict.refresh_from_db()
    if is_no and verdict.issue.state == State.RESOLVED:
        reopen_issue(verdict.issue, words, by=by)
    after_commit(verdict_given.send_robust, Verdict, verdict_id=verdict.pk)
    return verdict
