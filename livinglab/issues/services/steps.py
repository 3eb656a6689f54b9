"""The one place where a report's state changes: checked, counted, written down."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.events import issue_changed
from livinglab.issues.models import Change, Issue
from livinglab.issues.states import CLOSED, State, Step
from livinglab.issues.work_days import after_a_pause
from livinglab.kernel.commit import after_commit
from livinglab.people.models import Person

MOST_WORDS = 2000  # of a step
CHANGED = gettext_lazy(
    "Somebody changed this report meanwhile. Please look at it again."
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a verb wants to change; `seen` is the version its person looked at."""

    what: str
    state: str = ""
    words: str = ""
    seen: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)  # in the row, for the city
    by_city: bool = True
    named: str = ""  # the state its row names, where the report has another


def check_length(words: str, most: int = MOST_WORDS) -> None:
    """Refuse more than there is room for: nothing anybody wrote is cut."""
    if len(words.strip()) > most:
        raise IssueRefused(
            _("The text is longer than %(most)s characters. Please shorten it.")
            % {"most": f"{most:,}"},
            field="words",
        )


def take_step(issue: Issue, wanted: Wanted, *, by: Person | None) -> Change:
    """Change the report and add the row that tells of it, or refuse and leave it.

    Compare-and-set on the version: of two who act at once one wins, the other is told.
    Call inside a transaction.
    """
    now = timezone.now()
    seen = issue.version if wanted.seen is None else wanted.seen
    state = State(wanted.state or issue.state)
    step = Step(State(issue.state), state, wanted.words)
    # Whoever looked at an older state is told so, not that its step is impossible.
    if seen == issue.version and wanted.state:
        _check(step)
    changed = wanted.fields | _of_the_state(issue, step, wanted, now)
    rows = Issue.objects.filter(pk=issue.pk, version=seen, state=issue.state)
    if not rows.update(**changed, version=F("version") + 1, changed_at=now):
        raise ChangedMeanwhile(str(CHANGED))
    issue.refresh_from_db()
    change = Change.objects.create(
        issue=issue,
        what=wanted.what,
        state=wanted.named or state,
        words=wanted.words.strip(),
        by=by,
        by_city=wanted.by_city,
        department=issue.department,
        due_on=issue.due_on,
        at=now,
        **wanted.kept,
    )
    after_commit(
        issue_changed.send_robust, Issue, issue_id=issue.pk, change_id=change.pk
    )
    return change


def _check(step: Step) -> None:
    if not step.is_possible:
        raise StepRefused(
            _("“%(after)s” cannot follow “%(before)s”.")
            % {
                "after": Issue.Status(step.after).label,
                "before": Issue.Status(step.before).label,
            }
        )
    if step.lacks_words:
        raise StepRefused(_("Please say why: the people behind the report read it."))


def _of_the_state(
    issue: Issue, step: Step, wanted: Wanted, now: datetime
) -> dict[str, Any]:
    """What follows from the step for times, promises and the clock."""
    changed: dict[str, Any] = {}
    today = timezone.localdate(now)
    if wanted.by_city and issue.answered_at is None and wanted.words.strip():
        changed["answered_at"] = now
    if not wanted.state:
        return changed
    changed["state"] = step.after
    changed["closed_at"] = now if step.after in CLOSED else None
    if step.stops_the_clock:
        changed["paused_on"] = today
    elif step.before == State.WAITING:
        changed["paused_on"] = None
    if step.starts_the_clock and issue.paused_on:
        changed["due_on"] = after_a_pause(issue.due_on, issue.paused_on, today)
    return changed
