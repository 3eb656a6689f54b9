"""kill -9 in the middle of an erasure or a download: all or nothing, then done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.energy.test_kill_import import with_tables

ROOT = Path(__file__).resolve().parents[2]
START = """
import json, sys, django
django.setup()
from tests.people import kill_leaving
print(json.dumps(getattr(kill_leaving, sys.argv[1])(*map(int, sys.argv[2:]))))
"""


def hunted(tmp_path: Path, *what: str) -> dict[str, Any]:
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
    done = subprocess.run(
        [sys.executable, "-c", START, *what],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moments", [4, pytest.param(10, marks=pytest.mark.slow)])
def test_a_death_leaves_everything_or_nothing_and_then_it_is_done(
    moments: int, tmp_path: Path
) -> None:
    told = hunted(tmp_path, "deaths", str(moments))
    assert told["killed"] >= moments - 1
    assert told["torn"] == []
    assert told["gone"]
    assert (told["proofs"], told["letters"], told["leavings"]) == (1, 1, 0)
    assert told["files"] >= 3


@pytest.mark.django_db(transaction=True)
def test_a_download_that_died_four_times_is_made_once(tmp_path: Path) -> None:
    told = hunted(tmp_path, "download_deaths")
    assert told["killed"] == 4
    assert told["state"] == "ready"
    assert told["size"] > 1000
