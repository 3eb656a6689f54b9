"""kill -9 of the whole process at random moments changes no figure."""

import pytest

from tests.energy.kill_embedded import compare


@pytest.mark.slow
def test_ten_deaths_leave_the_figures_of_an_undisturbed_run() -> None:
    assert compare(20261123, tell=False) == []
