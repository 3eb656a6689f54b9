"""The weather a day usually has: from earlier years, missing where nobody measured."""

from datetime import date

import numpy as np
import pytest

from livinglab.energy.outlook.usual_weather import LEAST_SD, usual_weather

FIRST = date(2023, 1, 1)


def seasons(days=1400):
    """A cosine year: coldest in January, the same every year."""
    angle = 2 * np.pi * np.arange(days) / 365.25
    return 12 - 14 * np.cos(angle)


def test_a_day_to_come_is_like_its_days_in_earlier_years():
    mean, sd = usual_weather(seasons(), FIRST, date(2026, 7, 10), 5)
    assert mean == pytest.approx(np.full(5, 26), abs=0.6)
    assert (sd >= LEAST_SD).all()


def test_missing_days_are_left_out_and_never_zero():
    temps = seasons()
    temps[::2] = np.nan
    mean, _sd = usual_weather(temps, FIRST, date(2026, 7, 10), 3)
    assert mean == pytest.approx(np.full(3, 26), abs=0.6)


def test_without_earlier_years_nothing_is_said():
    mean, _sd = usual_weather(seasons(60), date(2026, 5, 1), date(2026, 7, 10), 3)
    assert np.isnan(mean).all()


def test_an_empty_history_says_nothing():
    mean, _sd = usual_weather(np.empty(0), FIRST, FIRST, 2)
    assert np.isnan(mean).all()


def test_a_moody_season_is_less_sure():
    moody = seasons() + np.where(np.arange(1400) % 2, 6.0, -6.0)
    _mean, sd = usual_weather(moody, FIRST, date(2026, 7, 10), 1)
    assert sd[0] == pytest.approx(6, abs=0.5)
