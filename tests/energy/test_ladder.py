"""The tariff's steps as a plot: what is used, where it goes, which step is next."""

from datetime import date

import numpy as np
import pytest

from livinglab.energy.outlook.forecast import forecast
from livinglab.energy.outlook.ladder import ladder, next_crossing
from tests.energy.tariffs import LOW, shipped_book


def found(kwh_a_day, days=10):
    use = np.array([kwh_a_day] * days + [np.nan] * (30 - days))
    start, end = date(2025, 9, 1), date(2025, 10, 1)
    return forecast(shipped_book(), LOW, start, end, use, before=np.full(28, np.nan))


def test_the_steps_fill_the_width_and_rise():
    steps = ladder(found(12.0)).steps
    assert steps[0].span.x == 0
    assert steps[-1].span.end == pytest.approx(100, abs=0.1)
    heights = [step.height for step in steps]
    assert heights == sorted(heights)


def test_only_what_is_used_is_filled():
    plot = ladder(found(12.0))
    assert plot.steps[0].used is not None
    assert plot.steps[0].used.end == pytest.approx(plot.now)
    assert plot.steps[1].used is None
    assert plot.now < plot.goes_to
    assert plot.likely.x <= plot.goes_to <= plot.likely.end


def test_the_next_step_is_the_one_ahead():
    crossing = next_crossing(found(12.0))
    assert crossing is not None
    assert crossing.tier == 2
    assert crossing.on == date(2025, 9, 17)


def test_after_the_last_step_none_is_ahead():
    assert next_crossing(found(80.0)) is None or next_crossing(found(80.0)).tier > 3
