"""kill -9 while files are read: after a restart the rows of an undisturbed run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.apart import apart
from tests.energy.kill_import import deaths


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kills", [4, pytest.param(10, marks=pytest.mark.slow)])
def test_deaths_leave_the_data_of_an_undisturbed_import(
    kills: int, tmp_path: Path
) -> None:
    seed = int(os.environ.get("KILL_SEED", "7"))
    told = apart(deaths, seed, kills, folder=tmp_path)
    assert told["deaths"] >= kills // 2
    assert told["days"] == 365 * 2
    assert [fate[0] for fate in told["fates"]] == ["imported"] * 3
    assert told["same"]
