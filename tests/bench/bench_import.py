"""Reading and storing usage files, against bare rows and against another parser."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from greenbutton_objects.parse import parse_feed

from livinglab.energy.readers.usage_file import read_usage_file
from livinglab.energy.usage.blocks import intervals
from tests.bench import Row
from tests.bench.import_files import START, best_of, green_button_of

ROOT = Path(__file__).resolve().parents[2]
MEASURE = """
import django
django.setup()
from tests.bench.import_files import main
main()
"""


def run() -> list[Row]:
    """Readings a second, from the bytes of a file to committed rows and totals."""
    return [*sqlite_rows(), *postgres_rows(), reader_row()]


def sqlite_rows() -> list[Row]:
    """In a file, as on a real disk."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "DJANGO_SETTINGS_MODULE": "livinglab.config.settings.dev",
            "LIVINGLAB_DATA_DIR": folder,
            "LIVINGLAB_SQLITE": str(Path(folder) / "bench.sqlite3"),
        }
        return measured_apart([], environment, "import on SQLite")


def postgres_rows() -> list[Row]:
    """On a PostgreSQL started for the purpose, where there is one."""
    name = "import on PostgreSQL"
    if not list(Path("/usr/lib/postgresql").glob("*/bin")):
        return [Row(name, "", "", None, None, note="no PostgreSQL on this machine")]
    ports = {"LIVINGLAB_PG_PORT": "54371", "LIVINGLAB_REDIS_PORT": "63871"}
    return measured_apart([str(ROOT / ".ci/services")], ports, name)


def measured_apart(
    inside: list[str], environment: dict[str, str], name: str
) -> list[Row]:
    done = subprocess.run(
        [*inside, sys.executable, "-c", MEASURE],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore", **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if done.returncode:
        return [Row(name, "", "", None, None, note=done.stderr.strip()[-300:])]
    told: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return [Row(**facts) for facts in told]


def reader_row() -> Row:
    """A year of hours in US dollars: greenbutton-objects knows no won."""
    year = intervals(
        START + 3600 * np.arange(8760), np.full(8760, 3600), np.full(8760, 250_000)
    )
    ours = green_button_of(year)
    theirs = ours.replace(b"<currency>410", b"<currency>840")
    our_time = best_of(lambda: timed(lambda: read_usage_file(io.BytesIO(ours))))
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(theirs)
        file.flush()
        peer_time = best_of(lambda: timed(lambda: parse_all(file.name)))
    return Row(
        "read: 8,760 Green Button readings",
        f"{our_time:.3f} s",
        f"greenbutton-objects: {peer_time:.3f} s",
        peer_time / our_time,
        1.0,
    )


def parse_all(path: str) -> int:
    """Every reading of the other parser, as one must touch them to use them."""
    count = 0
    for point in parse_feed(path):
        for reading in point.meterReadings:
            count += sum(1 for _ in reading.intervalReadings)
    return count


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
