"""kill -9 in the middle of an erasure or a download: all or nothing, then done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apart import apart
from tests.people.kill_leaving import deaths, download_deaths


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moments", [4, pytest.param(10, marks=pytest.mark.slow)])
def test_a_death_leaves_everything_or_nothing_and_then_it_is_done(
    moments: int, tmp_path: Path
) -> None:
    told = apart(deaths, moments, folder=tmp_path)
    assert told["killed"] >= moments - 1
    assert told["torn"] == []
    assert told["gone"]
    assert (told["proofs"], told["letters"], told["leavings"]) == (1, 1, 0)
    assert told["files"] >= 3


@pytest.mark.django_db(transaction=True)
def test_a_download_that_died_four_times_is_made_once(tmp_path: Path) -> None:
    told = apart(download_deaths, folder=tmp_path)
    assert told["killed"] == 4
    assert told["state"] == "ready"
    assert told["size"] > 1000
