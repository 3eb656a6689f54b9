"""Deaths in the middle of an import; afterwards the rows of an undisturbed run.

`deaths(seed, kills)` runs apart (tests/apart.py), with an empty database in a file: it
imports the same files once in peace and once under kill -9 at random moments and
tells what it saw. Each reader is a forked process, so a death is real.
"""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import connections

from livinglab.config.recovery import give_leases_back
from livinglab.energy.models import DailyUse, Premises, Upload, UsageDay
from livinglab.energy.services.uploads import receive_upload
from livinglab.energy.tasks.uploads import sweep_uploads
from livinglab.people.models import Person
from tests import make

YEARS = 2
LONGEST_S = 0.25


def files() -> list[bytes]:
    """A year and a half by the hour, the last year again, and every day as a day."""
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(365 * YEARS)]
    hourly = [
        f"{day} {hour:02d}:00,{0.1 + (day.toordinal() * 7 + hour) % 90 / 100:.2f}"
        for day in days
        for hour in range(24)
    ]
    head = "일시,사용량(kWh)"
    return [
        "\n".join([head, *hourly[: 24 * 550], ""]).encode("cp949"),
        "\n".join([head, *hourly[24 * 365 :], ""]).encode(),
        "\n".join(["날짜,사용량(kWh)", *(f"{day},12.5" for day in days), ""]).encode(),
    ]


def receive(home: Premises, by: Person) -> None:
    for number, content in enumerate(files()):
        receive_upload(home, ContentFile(content), name=f"{number}.csv", by=by)


def rows(home: Premises) -> list[Any]:
    days = UsageDay.objects.filter(meter__premises=home).order_by("meter", "day")
    years = DailyUse.objects.filter(meter__premises=home).order_by("year")
    fates = Upload.objects.filter(premises=home).order_by("pk")
    return [
        [(str(row.day), bytes(row.blob).hex()) for row in days],
        [(row.year, bytes(row.wh).hex()) for row in years],
        [(row.state, row.rows_read, row.rows_new, row.rows_same) for row in fates],
    ]


def die_reading(draw: random.Random) -> bool:
    """Start a reader, kill it at a random moment; False when it was done before."""
    connections.close_all()
    child = os.fork()
    if not child:
        sweep_uploads()
        os._exit(0)
    time.sleep(draw.uniform(0.0, LONGEST_S))
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def deaths(seed: int, kills: int) -> dict[str, Any]:
    """How many readers died, and whether the rows came to the same."""
    person = make.resident("kill@example.org")
    calm, hunted = make.premises(person), make.premises(person)
    receive(calm, person)
    sweep_uploads()
    expected = rows(calm)
    receive(hunted, person)
    draw = random.Random(seed)
    dead = sum(_kill_once(draw) for _ in range(kills))
    give_leases_back()
    sweep_uploads()
    return {
        "deaths": dead,
        "days": len(expected[0]),
        "fates": expected[2],
        "same": rows(hunted) == expected,
    }


def _kill_once(draw: random.Random) -> bool:
    """One start after a crash: leases are given back, as the embedded process does."""
    Upload.objects.update(attempts=0)
    give_leases_back()
    return die_reading(draw)
