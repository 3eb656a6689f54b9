"""Two coordinators in processes of their own join the same reports at one moment.

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
from livinglab.issues.services.merging import merge_issue
from livinglab.people.models import Person
from tests import make
from tests.issues import world

PAIRS, CHAINS = 5, 5
Joined = tuple[int, int]


def race() -> dict[str, Any]:
    """What each heard about each merge, and where every report is left."""
    city, neighbour = make.city(), make.resident("neighbour@example.org")
    desk = [
        make.staff(f"desk{number}@example.org", kind="coordinator", city=city).pk
        for number in range(2)
    ]
    mine: list[Joined] = []
    theirs: list[Joined] = []
    for _n in range(PAIRS):  # each way round
        one, other = world.issue().pk, world.issue(neighbour).pk
        mine.append((one, other))
        theirs.append((other, one))
    for _n in range(CHAINS):  # into what the other one joins elsewhere
        ends, middle, copy = (world.issue(who).pk for who in (None, None, neighbour))
        mine.append((middle, ends))
        theirs.append((copy, middle))
    connections.close_all()
    start = Barrier(2)
    pids = [
        _in_a_process(person, merges, start)
        for person, merges in zip(desk, (mine, theirs), strict=True)
    ]
    codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    heard = [json.loads(_heard(person).read_text()) for person in desk]
    return {
        "exit_codes": codes,
        "database": connections["default"].vendor,
        "pairs": [sorted(answers) for answers in zip(*heard, strict=True)][:PAIRS],
        "left_on_a_copy": Issue.objects.filter(
            duplicate_of__duplicate_of__isnull=False
        ).count(),
        "copies": Issue.objects.filter(duplicate_of__isnull=False).count(),
        "won": sum(answers.count("won") for answers in heard),
    }


def _in_a_process(person: int, merges: list[Joined], start: Any) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        _heard(person).write_text(
            json.dumps([_join(person, *one, start) for one in merges])
        )
        status = 0
    finally:
        os._exit(status)


def _join(person: int, copy: int, original: int, start: Any) -> str:
    """Both have read both before either joins them."""
    by = Person.objects.get(pk=person)
    read = Issue.objects.in_bulk([copy, original])
    start.wait()
    try:
        merge_issue(read[copy], read[original], by=by)
    except ChangedMeanwhile:
        return "told"
    return "won"


def _heard(person: int) -> Path:
    return Path(settings.DATA_DIR) / f"joined-{person}.json"
