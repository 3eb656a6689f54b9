"""A recompute killed at any moment and started again ends with the same figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def survive(folder: Path, moments: int, seed: int) -> dict[str, int]:
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.energy.kill_runner",
            folder,
            str(moments),
            str(seed),
        ],
        cwd=ROOT,
        env={
            name: value for name, value in os.environ.items() if "POSTGRES" not in name
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found: dict[str, int] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_a_killed_recompute_goes_on_to_the_same_figures(tmp_path: Path) -> None:
    found = survive(tmp_path, moments=2, seed=1)
    assert found["same"]
    assert found["figures"] > 100


@pytest.mark.slow
def test_ten_kills_at_any_moment_change_no_digit(tmp_path: Path) -> None:
    found = survive(tmp_path, moments=10, seed=2)
    assert found["same"]
    assert found["midway"] >= 2
