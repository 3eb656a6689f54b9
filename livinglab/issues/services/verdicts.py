""" "Is it fixed?": asked at the closing and four weeks later, answered once."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.events import verdict_given
from livinglab.issues.models import Change, Follow, Issue, Verdict
from livinglab.issues.services.answering import reopen_issue
from livinglab.issues.services.facts import MOST_WORDS, about_issue, facts_of
from livinglab.issues.services.steps import check_length
from livinglab.issues.states import State
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.notifications.services import Told, notify_all
from livinglab.people.models import Person

SECOND_TIME = timedelta(weeks=4)
ASKING = {1: "issues.closed", 2: "issues.still_fixed"}


@transaction.atomic
def plan_verdicts(closing: Change) -> int:
    """Note whom to ask about a repair, now and in four weeks; safe to run twice.

    Its reporter always: who wishes to hear no more finds the question on the page.
    """
    if (closing.what, closing.state) != (Change.What.STATE, State.RESOLVED):
        return 0
    behind = Follow.objects.filter(issue=closing.issue_id).exclude(
        why=Follow.Why.CURIOUS
    )
    people = set(behind.values_list("person_id", flat=True))
    if closing.issue.reporter_id is not None:
        people.add(closing.issue.reporter_id)
    return _plan(closing, people)


def plan_late_verdict(issue: Issue, person_id: int) -> int:
    """Ask somebody too who came to stand behind it after its repair."""
    if issue.state != State.RESOLVED or issue.closed_at is None:
        return 0
    closings = Change.objects.filter(issue=issue, what=Change.What.STATE)
    closing = closings.filter(state=State.RESOLVED, at=issue.closed_at).first()
    return _plan(closing, [person_id]) if closing else 0


def _plan(closing: Change, people: Iterable[int]) -> int:
    """Both questions about one closing for each person."""
    rows = [
        Verdict(
            issue_id=closing.issue_id,
            person_id=person,
            closing=closing,
            round=round_,
            ask_at=closing.at + SECOND_TIME * (round_ - 1),
        )
        for person in people
        for round_ in (1, 2)
    ]
    Verdict.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def due_verdicts(*, most: int = 500) -> list[int]:
    """Questions to ask now, the oldest first."""
    waiting = Verdict.objects.filter(asked_at=None, ask_at__lte=timezone.now())
    return list(waiting.order_by("ask_at", "pk").values_list("pk", flat=True)[:most])


@transaction.atomic
def ask_verdict(verdict_id: int) -> bool:
    """Ask one person whether it is fixed; False when there was nothing to ask.

    Taken and asked in one transaction: of parallel workers one asks, and a death
    leaves the question due. Safe to run twice.
    """
    row = Verdict.objects.filter(pk=verdict_id, asked_at=None)
    if not row.update(asked_at=timezone.now()):
        return False
    verdict = Verdict.objects.select_related(
        "issue__category", "issue__department", "person", "closing"
    ).get(pk=verdict_id)
    if not (_is_still_a_question(verdict) and _wants_to_hear(verdict)):
        return False
    issue = verdict.issue
    told = Told(
        verdict.person,
        f"verdict:{verdict.pk}",
        facts_of(issue)
        | {"verdict": verdict.pk, "words": verdict.closing.words[:MOST_WORDS]},
        about_issue(issue),
    )
    return bool(notify_all([told], kind=ASKING[verdict.round]))


def _is_still_a_question(verdict: Verdict) -> bool:
    """About the last closing, not answered before, and no later question is due."""
    issue = verdict.issue
    if (issue.state, issue.closed_at) != (State.RESOLVED, verdict.closing.at):
        return False
    if not (issue.is_public or issue.reporter_id == verdict.person_id):
        return False
    same = Verdict.objects.filter(closing=verdict.closing_id, person=verdict.person_id)
    known = same.exclude(answer__in=("", Verdict.Answer.UNSURE))
    later = same.filter(round__gt=verdict.round, ask_at__lte=timezone.now())
    return not (known.exists() or later.exists())


def _wants_to_hear(verdict: Verdict) -> bool:
    """Who follows no more is sent nothing; the page asks whoever comes to it."""
    return Follow.objects.filter(
        issue=verdict.issue_id, person=verdict.person_id
    ).exists()


@transaction.atomic
def give_verdict(
    verdict: Verdict,
    answer: str,
    *,
    words: str = "",
    stars: int | None = None,
    by: Person,
) -> Verdict:
    """Keep the answer; a no with a word opens the report again.

    Whoever said yes or no is asked no more about this closing; who cannot tell is
    asked once again after four weeks.
    """
    require(by, "issues.give_verdict", verdict)
    if answer not in Verdict.Answer.values:
        raise IssueRefused(_("Please choose an answer."), field="answer")
    if stars is not None and not 1 <= stars <= 5:
        raise IssueRefused(_("Please choose one to five stars."), field="stars")
    check_length(words)
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
    _settle_the_other(verdict)
    if is_no and verdict.issue.state == State.RESOLVED:
        reopen_issue(verdict.issue, words, by=by)
    after_commit(verdict_given.send_robust, Verdict, verdict_id=verdict.pk)
    return verdict


def _settle_the_other(verdict: Verdict) -> None:
    """The question before is answered with it; the one to come after a yes or no."""
    same = Verdict.objects.filter(closing=verdict.closing_id, person=verdict.person_id)
    others = same.filter(answer="").exclude(pk=verdict.pk)
    if verdict.answer == Verdict.Answer.UNSURE:
        others = others.filter(round__lt=verdict.round)
    others.delete()
