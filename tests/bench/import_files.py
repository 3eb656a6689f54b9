"""Imports measured on whatever database the environment names; prints rows as JSON.

A process of its own, `python -m tests.bench.import_files`, so that `bench_import` can
run it on SQLite in a file and on PostgreSQL.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from livinglab.energy.models import Premises, Upload
from livinglab.energy.readers.usage_file import SEOUL
from livinglab.energy.services.uploads import read_upload, receive_upload
from livinglab.energy.services.usage import store_intervals
from livinglab.energy.usage.blocks import Intervals, intervals
from livinglab.energy.writers.green_button import MeterOut, Titles, green_button_feed
from livinglab.people.models import Person
from tests import make
from tests.bench import Row

BOUND = 0.2
YEARS = 2
STEP_S = 900
START = 1_704_034_800  # 2024-01-01 in Seoul
COLUMNS = (
    "(meter INTEGER, start BIGINT, duration INTEGER, value BIGINT, quality INTEGER"
)
TITLES = Titles("feed", "use", "overlapped", "registers", "bill")


def rows() -> list[Row]:
    """Every way in against the bare rows of this database."""
    call_command("migrate", verbosity=0)
    home = home_of_quarters()
    if connection.vendor == "sqlite":
        return measured("SQLite, executemany", bare_sqlite, home)
    return measured("PostgreSQL, COPY", bare_copy, home)


def clock() -> float:
    """CPU seconds where the database works in this process, else wall seconds."""
    if connection.vendor == "sqlite":
        return time.process_time()
    return time.perf_counter()


def home_of_quarters() -> Intervals:
    """Two years of a home's 15-minute use: a base, evenings, and chance."""
    rng = np.random.default_rng(11)
    count = YEARS * 365 * 86_400 // STEP_S
    hour = (np.arange(count) * STEP_S // 3600) % 24
    wh = rng.gamma(2.0, 15 + 30 * (hour > 17), count).astype(np.int64) + 20
    starts = START + STEP_S * np.arange(count)
    return intervals(starts, np.full(count, STEP_S), 1000 * wh)


def measured(
    peer: str, bare: Callable[[Intervals], float], home: Intervals
) -> list[Row]:
    """Our ways in, each against the same rows written bare, all in this process."""
    peer_rate = len(home) / best_of(lambda: bare(home))
    ways = {
        "CSV file to committed days and totals": lambda: import_file(csv_of(home)),
        "Green Button file to committed days and totals": lambda: import_file(
            green_button_of(home)
        ),
        "intervals in memory to committed days and totals": lambda: store_only(home),
    }
    rows = []
    for name, way in ways.items():
        rate = len(home) / best_of(way)
        rows.append(
            Row(
                f"import: {name}",
                f"{rate:,.0f} readings/s",
                f"{peer}: {peer_rate:,.0f} rows/s",
                rate / peer_rate,
                BOUND,
            )
        )
    return rows


def best_of(work: Callable[[], float], times: int = 5) -> float:
    return min(work() for _ in range(times))


def csv_of(home: Intervals) -> bytes:
    """The file a resident would give: a moment and a number a row."""
    first = datetime.fromtimestamp(START, tz=SEOUL)
    rows = (
        f"{first + timedelta(seconds=STEP_S * place):%Y-%m-%d %H:%M},{value / 1e6:.3f}"
        for place, value in enumerate(home.value.tolist())
    )
    return ("일시,사용량(kWh)\n" + "\n".join(rows) + "\n").encode()


def green_button_of(home: Intervals) -> bytes:
    meter = MeterOut("전기", "electricity", "import", "Wh", SEOUL, home)
    updated = datetime(2026, 1, 1, tzinfo=UTC)
    feed = green_button_feed(1, [meter], [], titles=TITLES, updated=updated)
    return "".join(feed).encode()


def bare_sqlite(home: Intervals) -> float:
    """Seconds to write a row a reading, with the key that makes it idempotent.

    The table is what a row a reading would be here: a row id and that key.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "bare.sqlite3")) as database,
    ):
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        key = "UNIQUE (meter, start, duration))"
        database.execute(f"CREATE TABLE bare {COLUMNS}, {key}")
        rows = [(1, *row) for row in home.rows()]
        began = clock()
        database.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", rows)
        database.commit()
        return clock() - began


def bare_copy(home: Intervals) -> float:
    """Seconds to COPY a row a reading into PostgreSQL, with the same key."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare")
        cursor.execute(
            f"CREATE TABLE bare {COLUMNS}, PRIMARY KEY (meter, start, duration))"
        )
        rows = [(1, *row) for row in home.rows()]
        began = clock()
        with cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return clock() - began


def import_file(content: bytes) -> float:
    """Seconds from the bytes of a file to its committed days and totals."""
    home, person = a_home()
    began = clock()
    upload = receive_upload(home, ContentFile(content), name="bench", by=person)
    read_upload(upload.pk)
    took = clock() - began
    state = Upload.objects.get(pk=upload.pk).state
    if state != Upload.State.IMPORTED:
        raise RuntimeError(state)
    return took


def store_only(home: Intervals) -> float:
    """Seconds to merge and store intervals that are already in memory."""
    meter = make.meter(a_home()[0])
    began = clock()
    store_intervals(meter, home)
    return clock() - began


def a_home() -> tuple[Premises, Person]:
    person = make.resident()
    return make.premises(person), person


def main() -> None:
    json.dump([asdict(row) for row in rows()], sys.stdout)
