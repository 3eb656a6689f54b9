"""Five workers, a clock jump over a holiday: everything is told once."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.issues.once import FIXED, LATE

ROOT = Path(__file__).resolve().parents[2]


def test_five_workers_and_a_jump_over_a_holiday_tell_once(tmp_path):
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.notifications.hunt_settings",
        "LIVINGLAB_DATA_DIR": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
    }
    for name in ("POSTGRES_DB", "REDIS_URL", "LIVINGLAB_SQLITE"):
        env.pop(name, None)
    start = "import django; django.setup(); from tests.issues import once; once.main()"
    done = subprocess.run(
        [sys.executable, "-c", start],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)

    assert found["exit_codes"] == [0] * 5
    assert (found["late"], found["late_told"]) == (LATE, LATE)
    assert found["told_on"] == ["2026-09-28"]  # neither before nor on the holiday
    assert found["unasked"] == 0
    for who in ("reporter", "neighbour"):
        assert found["told"][f"{who} issues.closed"] == FIXED
        assert found["told"][f"{who} issues.still_fixed"] == FIXED
        assert found["told"][f"{who} issues.outcome"] == 1
    assert found["told"]["neighbour issues.places"] == 1
