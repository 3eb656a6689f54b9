"""What the project pins names no host and no machine."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", ["requirements/base.txt", "requirements/dev.txt"])
def test_python_locks_name_no_host(name):
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert "--find-links" not in lock
    assert "--hash=sha256:" in lock


def test_the_npm_lock_names_no_host():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    assert len(packages) > 10
    assert not [name for name, entry in packages.items() if "resolved" in entry]
