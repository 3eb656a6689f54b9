"""Recomputes are killed with SIGKILL and gone on with.

`survive(moments, seed)` runs apart (tests/apart.py). Each recompute is a process of its
own, forked from one that has everything loaded, so a kill costs milliseconds.
"""

from __future__ import annotations

import os
import random
import signal
import time
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connections

from livinglab.energy import events
from livinglab.energy.models import SavingsDue
from tests.energy import savings_world as lab

HOMES = 10
BATCH = "2"


def lay_out() -> None:
    """A few homes; nothing wakes by itself."""
    events.savings_due.receivers = []
    events.savings_computed.receivers = []
    lab.world(homes=HOMES)


def run() -> None:
    call_command("savings", "recompute", "--batch", BATCH, stdout=StringIO())


def recompute() -> int:
    """Start a recompute in a process of its own; its number."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        run()
        os._exit(0)
    return child


def finish(child: int) -> None:
    _pid, status = os.waitpid(child, 0)
    if status != 0:
        raise SystemExit(f"a recompute ended with {status}")


def survive(moments: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    lay_out()
    run()  # the children inherit what this has loaded
    lab.forget_everything()
    start = time.monotonic()
    finish(recompute())
    takes = time.monotonic() - start
    undisturbed = lab.figures()

    lab.forget_everything()
    midway = 0
    for _ in range(moments):
        child = recompute()
        time.sleep(chance.uniform(0.1, 0.8) * takes)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        midway += 0 < SavingsDue.objects.values("premises").distinct().count() < HOMES
    finish(recompute())
    same = lab.figures() == undisturbed
    return {"same": same, "midway": midway, "figures": len(undisturbed)}
