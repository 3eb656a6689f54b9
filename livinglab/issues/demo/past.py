"""Moves reports that were made a moment ago to the days their stories play in.

The verbs know only today; here, and nowhere else, rows are moved back in time. What was
moved is no news any more, unless it happened in the last days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Subquery
from django.utils import timezone

from livinglab.issues.models import Change, Follow, Issue, Photo, Verdict
from livinglab.issues.services.verdicts import SECOND_TIME
from livinglab.issues.states import State
from livinglab.issues.work_days import after_a_pause, after_work_days

NEWS = timedelta(days=2)
EXTENDED_DAYS = 5
MOVED = [
    "received_at",
    "seen_at",
    "changed_at",
    "answered_at",
    "closed_at",
    "answer_due_on",
    "due_on",
    "paused_on",
]


@dataclass(frozen=True)
class Told:
    """A report as the verbs left it, and when its story says it all happened."""

    issue: Issue
    received: datetime
    times: Sequence[datetime]


def move_back(told: Sequence[Told]) -> None:
    """Give reports, changes and all that hangs on them the times of the story."""
    issues = [one.issue.pk for one in told]
    changes: dict[int, list[Change]] = {pk: [] for pk in issues}
    for change in Change.objects.filter(issue__in=issues).order_by("pk"):
        changes[change.issue_id].append(change)
    for one in told:
        _move(one, changes[one.issue.pk])
    moved = [change for rows in changes.values() for change in rows]
    Change.objects.bulk_update(moved, ["at", "due_on", "told_at"])
    Issue.objects.bulk_update([one.issue for one in told], MOVED)
    report = Issue.objects.filter(pk=OuterRef("issue"))
    received = Subquery(report.values("received_at")[:1])
    Follow.objects.filter(issue__in=issues).update(since=received)
    Photo.objects.filter(issue__in=issues).update(added_at=received)
    _move_verdicts(issues)


def _move(told: Told, changes: Sequence[Change]) -> None:
    issue = told.issue
    promise = Promise(issue, told.received)
    now = timezone.now()
    for change, at in zip(changes, [told.received, *told.times], strict=True):
        change.at = at
        change.due_on = promise.after(change)
        change.told_at = at if at < now - NEWS else None
    answers = [one.at for one in changes if one.by_city and one.words]
    last = [one.at for one in changes if one.what != Change.What.UPDATE][-1]
    day = timezone.localdate(told.received)
    issue.received_at = told.received
    issue.seen_at = told.received - timedelta(minutes=4)
    issue.changed_at = changes[-1].at
    issue.answered_at = answers[0] if answers else None
    issue.closed_at = None if issue.is_open else last
    issue.answer_due_on = after_work_days(day, issue.category.answer_days)
    issue.due_on, issue.paused_on = promise.due_on, promise.paused_on


def _move_verdicts(issues: Sequence[int]) -> None:
    rows = Verdict.objects.filter(issue__in=issues)
    closing = Change.objects.filter(pk=OuterRef("closing"))
    rows.update(ask_at=Subquery(closing.values("at")[:1]), asked_at=None)
    rows.filter(round=2).update(ask_at=_later("ask_at", SECOND_TIME))
    past = rows.filter(ask_at__lt=timezone.now() - NEWS)
    (past | rows.exclude(answer="")).update(asked_at=F("ask_at"))
    answered = rows.exclude(answer="")
    answered.update(answered_at=_later("ask_at", timedelta(hours=9)))


def _later(name: str, by: timedelta) -> Any:
    return ExpressionWrapper(F(name) + by, output_field=DateTimeField())


class Promise:
    """The promised day as it would have been with each change."""

    def __init__(self, issue: Issue, received: datetime) -> None:
        self.days = issue.category.close_days
        self.due_on = after_work_days(timezone.localdate(received), self.days)
        self.paused_on: date | None = None

    def after(self, change: Change) -> date:
        today = timezone.localdate(change.at)
        if self.paused_on is not None and change.state != State.WAITING:
            self.due_on = after_a_pause(self.due_on, self.paused_on, today)
            self.paused_on = None
        if change.what == Change.What.EXTENDED:
            self.due_on = after_work_days(self.due_on, EXTENDED_DAYS)
        elif change.what == Change.What.STATE and change.state == State.REOPENED:
            self.due_on = after_work_days(today, self.days)
        elif change.what == Change.What.STATE and change.state == State.WAITING:
            self.paused_on = today
        return self.due_on
