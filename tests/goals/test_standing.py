"""What may be said of a number: tables over the pure rule."""

import pytest

from livinglab.goals.standing import Verdict, progress, verdict


@pytest.mark.parametrize(
    ("value", "low", "high", "baseline", "target", "expected"),
    [
        (-12.0, -15.0, -9.0, 0, -20, Verdict.ON_THE_WAY),
        (-21.0, -24.0, -20.0, 0, -20, Verdict.REACHED),
        (-1.0, -4.0, 2.0, 0, -20, Verdict.NO_CHANGE),
        (3.0, 1.0, 5.0, 0, -20, Verdict.AWAY),
        (-10.0, -22.0, 1.0, 0, -20, Verdict.TOO_EARLY),
        (-19.0, -24.0, -14.0, 0, -20, Verdict.ON_THE_WAY),
        (25.0, None, None, 21.9, 32.4, Verdict.ON_THE_WAY),
        (21.9, None, None, 21.9, 32.4, Verdict.NO_CHANGE),
        (33.0, None, None, 21.9, 32.4, Verdict.REACHED),
        (20.0, 19.0, 21.0, 21.9, 32.4, Verdict.AWAY),
    ],
)
def test_the_band_decides_what_is_said(
    value: float,
    low: float | None,
    high: float | None,
    baseline: float,
    target: float,
    expected: Verdict,
) -> None:
    assert verdict(progress(value, low, high, baseline, target), 3) == expected


def test_below_three_periods_it_is_too_early_whatever_the_band_says() -> None:
    assert verdict(progress(-21, -22, -20, 0, -20), 2) == Verdict.TOO_EARLY


def test_without_a_measurement_there_is_no_word() -> None:
    assert verdict(None, 0) == Verdict.NONE


def test_the_band_keeps_its_order_whichever_way_the_goal_points() -> None:
    band = progress(-12.0, -15.0, -9.0, 0, -20)
    assert (band.low, band.value, band.high) == (0.45, 0.6, 0.75)
