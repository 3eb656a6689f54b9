"""Two at once: one wins, the others get its answer; on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.people.race import RUNNERS, race

ROOT = Path(__file__).resolve().parents[2]
ONE_EFFECT = {
    "statuses": [201],
    "ids": 1,
    "answered": RUNNERS,
    "first": 1,
    "effects": 1,
}


def test_five_at_once_on_sqlite_are_one_effect(tmp_path):
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.notifications.hunt_settings",
        "LIVINGLAB_DATA_DIR": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
    }
    for name in ("POSTGRES_DB", "REDIS_URL", "LIVINGLAB_SQLITE"):
        env.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.people.race"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ONE_EFFECT


@pytest.mark.django_db(transaction=True)
def test_five_at_once_on_postgresql_are_one_effect(stranger):
    if connection.vendor != "postgresql":
        pytest.skip("one SQLite in memory has no five connections")
    assert race(stranger) == ONE_EFFECT
