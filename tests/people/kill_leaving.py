"""Deaths in the middle of an erasure: everything is there, or nothing.

`deaths()` runs in a process of its own with an empty database in a file. Each erasure
is a forked process that kills itself with SIGKILL after so many statements, so every
part of the transaction is met, also the one right before its end.
"""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from livinglab.config.recovery import give_leases_back
from livinglab.people.models import (
    Download,
    FileToErase,
    Leaving,
    LeavingProof,
    LetterDue,
    Person,
)
from livinglab.people.services.downloads import ask_download, make_due_downloads
from livinglab.people.services.leaving import ask_to_leave, erase_due_leavers
from tests import make
from tests.people import world

# What the claim itself writes, before the transaction of the erasure.
CLAIMED = {"people.Leaving"}


def rows() -> dict[str, int]:
    """How many rows of everything there are."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label not in CLAIMED
    }


def die_after(statements: int | None, work: Any) -> bool:
    """Do some work in a process of its own; True when it died on the way."""
    connections.close_all()
    child = os.fork()
    if not child:
        with connection.execute_wrapper(_Executioner(statements)):
            work()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and status:
        raise SystemExit(f"the work ended with {status}")
    return os.WIFSIGNALED(status)


class _Executioner:
    """Lets so many statements pass; the next one is never answered."""

    def __init__(self, most: int | None) -> None:
        self.left = most

    def __call__(self, execute: Any, sql: Any, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return answer


def statements_of_an_erasure() -> int:
    """How many statements one undisturbed erasure takes, counted on a twin."""
    counted = [0]

    def count(execute: Any, *rest: Any) -> Any:
        counted[0] += 1
        return execute(*rest)

    lay_out("twin")
    with connection.execute_wrapper(count):
        erase_due_leavers()
    return counted[0]


def lay_out(name: str) -> Person:
    """Somebody with a full life whose week is over."""
    helper = make.resident(f"{name}-helper@example.org", name="도우미")
    person = make.resident(f"{name}@example.org", name=world.SECRET)
    world.full_life(person, helper)
    ask_to_leave(person)
    Leaving.objects.update(erase_at=timezone.now() - timedelta(seconds=1))
    return person


def deaths(moments: int) -> dict[str, Any]:
    """Kill at moments spread over the erasure, once right before its end."""
    most = statements_of_an_erasure()
    before_proofs = LeavingProof.objects.count()
    person = lay_out("hunted")
    before, killed, torn = rows(), 0, []
    spread = {round(most * at / moments) for at in range(1, moments)} | {most - 1}
    for moment in sorted(spread):
        if die_after(moment, erase_due_leavers):
            killed += 1
            if rows() != before:
                torn.append(moment)
        give_leases_back()
    die_after(None, erase_due_leavers)
    return {
        "statements": most,
        "killed": killed,
        "torn": torn,
        "gone": not Person.objects.filter(pk=person.pk).exists(),
        "proofs": LeavingProof.objects.count() - before_proofs,
        "letters": LetterDue.objects.filter(address=person.email).count(),
        "files": FileToErase.objects.count(),
        "leavings": Leaving.objects.count(),
    }


def download_deaths() -> dict[str, Any]:
    """Kill a worker again and again while it packs; the sweep finishes once."""
    helper = make.resident("helper@example.org", name="도우미")
    person = make.resident("packs@example.org", name=world.SECRET)
    world.full_life(person, helper)
    Download.objects.all().delete()
    download = ask_download(person)
    killed = 0
    for moment in (4, 20, 40, 60):
        killed += die_after(moment, make_due_downloads)
        give_leases_back()
    die_after(None, make_due_downloads)
    download.refresh_from_db()
    return {"killed": killed, "state": download.state, "size": download.size}
