"""A recompute killed at any moment and started again ends with the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apart import apart
from tests.energy.kill_runner import survive


@pytest.mark.django_db(transaction=True)
def test_a_killed_recompute_goes_on_to_the_same_figures(tmp_path: Path) -> None:
    found = apart(survive, 2, 1, folder=tmp_path)
    assert found["same"]
    assert found["figures"] > 100


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_kills_at_any_moment_change_no_digit(tmp_path: Path) -> None:
    found = apart(survive, 10, 2, folder=tmp_path)
    assert found["same"]
    assert found["midway"] >= 2
