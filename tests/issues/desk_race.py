"""Coordinators in processes of their own answer the same reports at the same moment.

test_once.py runs it apart, on a database that outlives a process.
"""

import json
import os
from multiprocessing import Barrier
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections

from livinglab.issues.errors import ChangedMeanwhile
from livinglab.issues.models import Issue
from livinglab.issues.services import answering
from livinglab.people.models import Person
from tests import make
from tests.issues import world

COORDINATORS, REPORTS = 4, 6


def race() -> dict[str, Any]:
    """What each of them heard about each report, and what the report kept."""
    city = make.city()
    desk = [
        make.staff(f"desk{number}@example.org", kind="coordinator", city=city).pk
        for number in range(COORDINATORS)
    ]
    issues = [world.issue().pk for _n in range(REPORTS)]
    connections.close_all()
    start = Barrier(COORDINATORS)
    pids = [_in_a_process(person, issues, start) for person in desk]
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    heard = {person: json.loads(_heard(person).read_text()) for person in desk}
    return {
        "exit_codes": codes,
        "database": connections["default"].vendor,
        "reports": [_kept(pk, at, heard) for at, pk in enumerate(issues)],
    }


def _in_a_process(person: int, issues: list[int], start: Any) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        answers = [_answer(person, pk, start) for pk in issues]
        _heard(person).write_text(json.dumps(answers))
        status = 0
    finally:
        os._exit(status)


def _answer(person: int, pk: int, start: Any) -> str:
    """Everybody has looked at it before anybody answers."""
    issue, by = Issue.objects.get(pk=pk), Person.objects.get(pk=person)
    start.wait()
    try:
        words = f"{person} 메웠어요."
        answering.answer_issue(issue, "resolved", words=words, seen=0, by=by)
    except ChangedMeanwhile:
        return "told"
    return "won"


def _heard(person: int) -> Path:
    return Path(settings.DATA_DIR) / f"heard-{person}.json"


def _kept(pk: int, at: int, heard: dict[int, list[str]]) -> dict[str, Any]:
    issue = Issue.objects.get(pk=pk)
    winners = [person for person, answers in heard.items() if answers[at] == "won"]
    return {
        "answers": [answers[at] for answers in heard.values()],
        "of_the_winner": f"{winners[0]} 메웠어요." if winners else "",
        "version": issue.version,
        "words": list(issue.changes.values_list("words", flat=True)),
    }
