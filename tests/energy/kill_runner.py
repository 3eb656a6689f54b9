"""Run by the kill test: recomputes are killed with SIGKILL and gone on with.

    python -m tests.energy.kill_runner FOLDER MOMENTS SEED

Each recompute is a process of its own, forked from one that has Django loaded, so a
kill costs milliseconds. Prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from io import StringIO
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "livinglab.config.settings.test"

import django  # noqa: E402
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from livinglab.energy import events  # noqa: E402
from livinglab.energy.models import SavingsDue  # noqa: E402
from tests.energy import savings_world as lab  # noqa: E402

HOMES = 10
BATCH = "2"


def lay_out(folder: Path) -> None:
    """A database file of its own with a few homes; nothing wakes by itself."""
    name = str(folder / "lab.sqlite3")
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    labels = (app.label for app in apps.get_app_configs())
    settings.MIGRATION_MODULES = dict.fromkeys(labels, None)
    call_command("migrate", verbosity=0, run_syncdb=True)
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


def main() -> None:
    folder, moments, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    lay_out(folder)
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
    print(json.dumps({"same": same, "midway": midway, "figures": len(undisturbed)}))


main()
