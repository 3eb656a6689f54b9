"""Five workers over one database file, and a clock that jumps over a holiday.

`hunt()` runs apart (tests/apart.py) and answers what was told to whom.
"""

import os
from collections import Counter
from datetime import date, datetime
from multiprocessing import Barrier
from typing import Any

import time_machine
from django.db import connections
from django.utils import timezone

from livinglab.issues.models import Issue, Outcome, Reminder, Verdict
from livinglab.issues.services import answering, outcomes, telling, verdicts
from livinglab.issues.services.following import follow_place, support_issue
from livinglab.issues.services.news import tell_of_places
from livinglab.issues.services.outcomes import note_outcome
from livinglab.issues.services.reminding import remind_of_late_work
from livinglab.notifications.models import Notice
from tests import make
from tests.issues import world

WORKERS = 5
LATE, FIXED = 6, 4
# A Wednesday; Chuseok is from Thursday to Saturday; the Monday after; four weeks later.
MOMENTS = (
    "2026-09-23 17:30",
    "2026-09-25 10:00",
    "2026-09-28 09:05",
    "2026-10-26 09:05",
)


def at(moment: str) -> time_machine.travel:
    return time_machine.travel(f"{moment}+09:00", tick=True)


def build() -> None:
    """Late reports, mended ones nobody was told of, a followed place, an outcome."""
    city = make.city()
    desk = make.staff("desk@example.org", kind="coordinator", city=city)
    reporter = make.resident("reporter@example.org")
    neighbour = make.resident("neighbour@example.org")
    with at("2026-09-21 10:00"):
        follow_place("우리 동네", neighbourhood=make.neighbourhood(), by=neighbour)
        for _n in range(LATE):
            world.issue(reporter, due_on=date(2026, 9, 23), answered_at=timezone.now())
        for _n in range(FIXED):
            issue = world.issue(reporter, due_on=date(2026, 12, 31))
            support_issue(issue, by=neighbour)
            answering.answer_issue(issue, "resolved", words="메웠어요.", by=desk)
        note_outcome(issue, "project", title_ko="길", url="/p/1/", by=desk)
    # told by nobody yet: whatever the verbs' own hints did is undone
    Notice.objects.all().delete()
    Verdict.objects.all().delete()
    issue.changes.model.objects.update(told_at=None)
    Outcome.objects.update(told_at=None)
    Issue.objects.filter(state="received").update(
        changed_at=datetime.now().astimezone()
    )
    connections.close_all()


def work(start: Any) -> None:
    """Every job at every moment, all workers at once."""
    for moment in MOMENTS:
        start.wait()
        with at(moment):
            for change in telling.changes_to_tell():
                telling.tell_of_change(change)
            for outcome in outcomes.outcomes_to_tell():
                outcomes.tell_of_outcome(outcome)
            for verdict in verdicts.due_verdicts():
                verdicts.ask_verdict(verdict)
            remind_of_late_work()
            tell_of_places()


def hunt() -> dict[str, Any]:
    build()
    start = Barrier(WORKERS)
    pids = []
    for _worker in range(WORKERS):
        pid = os.fork()
        if not pid:
            status = 1
            try:
                work(start)
                status = 0
            finally:
                os._exit(status)
        pids.append(pid)
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    return {"exit_codes": codes, **report()}


def report() -> dict[str, Any]:
    rows = Notice.objects.values_list("person__email", "kind")
    told = Counter(f"{email.split('@')[0]} {kind}" for email, kind in rows)
    late = Reminder.objects.filter(why="promise")
    counts = Notice.objects.filter(kind="issues.escalated", facts__why="promise")
    return {
        "database": connections["default"].vendor,
        "told": told,
        "late": late.count(),
        "late_told": sum(notice.facts["count"] for notice in counts),
        "told_on": sorted({f"{timezone.localdate(row.at)}" for row in late}),
        "unasked": Verdict.objects.filter(asked_at=None).count(),
    }
