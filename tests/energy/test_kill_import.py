"""kill -9 while files are read: after a restart the rows of an undisturbed run."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
START = """
import json, sys, django
django.setup()
from tests.energy.kill_import import deaths
print(json.dumps(deaths(int(sys.argv[1]), int(sys.argv[2]))))
"""


def with_tables(path: Path) -> None:
    """The suite's own empty tables as a file; elsewhere the run makes them itself."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as file:
            connection.connection.backup(file)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kills", [4, pytest.param(10, marks=pytest.mark.slow)])
def test_deaths_leave_the_data_of_an_undisturbed_import(
    kills: int, tmp_path: Path
) -> None:
    with_tables(tmp_path / "kill.sqlite3")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "livinglab.config.settings.dev",
        "LIVINGLAB_DATA_DIR": str(tmp_path),
        "LIVINGLAB_SQLITE": str(tmp_path / "kill.sqlite3"),
        "PYTHONWARNINGS": "ignore",
    }
    for name in ("POSTGRES_DB", "REDIS_URL"):
        environment.pop(name, None)
    seed = os.environ.get("KILL_SEED", "7")
    done = subprocess.run(
        [sys.executable, "-c", START, seed, str(kills)],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["deaths"] >= kills // 2
    assert told["days"] == 365 * 2
    assert [fate[0] for fate in told["fates"]] == ["imported"] * 3
    assert told["same"]
