"""The 90 % band of a home holds its true saving in 85 to 95 % of homes."""

import numpy as np
import pytest

from tests.energy.coverage_study import study


def test_a_few_homes_are_estimated_near_their_truth() -> None:
    few = study(10, station=143, seed=4)
    error = np.abs(few.estimated - few.true) / few.expected
    assert np.median(error) < 0.05
    assert few.true[few.comparison].max() == 0


@pytest.mark.slow
def test_the_band_holds_the_truth_in_85_to_95_per_cent_of_homes() -> None:
    covered = np.concatenate(
        [
            study(60, station=station, seed=seed).covered
            for seed in (21, 22)
            for station in (112, 143)
        ]
    )
    assert covered.size >= 200
    assert 0.85 <= covered.mean() <= 0.95
