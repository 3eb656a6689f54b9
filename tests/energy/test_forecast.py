"""The running bill's forecast: honest bands, the crossing day, split periods."""

from datetime import date

import numpy as np
import pytest

from livinglab.energy.outlook.forecast import Weather, bill_period, forecast
from livinglab.energy.outlook.home_model import HomeModel
from tests.energy.tariffs import LOW, bill_of, shipped_book

NO_DAYS = np.full(28, np.nan)
SUMMER = HomeModel(mu=8.0, beta_c=0.9, cb=23.0)


def days(values, length):
    """The period's days: known values first, the rest not measured yet."""
    return np.array([*values, *[np.nan] * (length - len(values))])


def september(use, **more):
    more.setdefault("before", NO_DAYS)
    return forecast(
        shipped_book(), LOW, date(2025, 9, 1), date(2025, 10, 1), use, **more
    )


def test_a_steady_home_is_forecast_at_its_own_pace():
    found = september(days([12.0] * 10, 30))
    assert found.kwh == pytest.approx(360)
    assert found.kwh_so_far == pytest.approx(120)
    assert found.won == bill_of("2025-09", 360).total
    assert found.kwh_low < 360 < found.kwh_high
    assert found.won_low < found.won < found.won_high


def test_a_finished_month_has_no_band_left():
    found = september(np.full(30, 10.0))
    assert found.kwh_low == found.kwh == found.kwh_high == pytest.approx(300)
    assert found.won == bill_of("2025-09", 300).total


def test_the_day_the_next_step_begins_has_a_band():
    found = september(days([12.0] * 10, 30))
    second, third = found.crossings[:2]
    assert (second.tier, second.bound_kwh) == (2, 200)
    assert second.on == date(2025, 9, 17)  # 17 × 12 = 204
    assert second.earliest <= second.on <= second.latest
    assert third.on is None
    assert (found.tier, found.tier_now) == (2, 1)


def test_a_bound_that_may_be_reached_shows_its_earliest_day_only():
    use = [8.0, 18.0, 9.0, 17.0, 13.0] * 2
    found = september(days(use, 30))
    third = found.crossings[1]
    assert found.kwh == pytest.approx(390)
    assert third.on is None
    assert third.earliest is not None


def test_a_bound_passed_already_has_the_day_it_happened():
    found = september(days([30.0] * 10, 30))
    second = found.crossings[0]
    assert second.earliest == second.on == second.latest == date(2025, 9, 7)
    assert found.tier_now == 2


def test_a_split_period_shows_bounds_weighted_by_days():
    found = forecast(
        shipped_book(),
        LOW,
        date(2025, 8, 15),
        date(2025, 9, 15),
        days([10.0] * 8, 31),
        before=NO_DAYS,
    )
    assert found.bounds[:2] == (255, 427)


def test_missing_days_are_filled_for_the_bill_and_not_called_measured():
    use = days([10.0, np.nan, np.nan, 10.0, 10.0, 10.0, 10.0, 10.0], 30)
    found = september(use)
    assert found.kwh == pytest.approx(300)
    assert (found.kwh_so_far, found.days_known) == (pytest.approx(60), 6)


def test_too_few_days_give_no_forecast():
    assert september(days([10.0] * 4, 30)) is None
    assert september(days([10.0] * 2, 30), before=np.full(28, 9.0)) is not None


def test_with_its_model_a_home_is_forecast_by_the_weather_to_come():
    temps = np.concatenate([np.full(28, 20.0), np.full(10, 20.0), np.full(21, 29.0)])
    weather = Weather(temps, np.zeros_like(temps))
    found = forecast(
        shipped_book(),
        LOW,
        date(2025, 7, 1),
        date(2025, 8, 1),
        days([8.0] * 10, 31),
        before=np.full(28, 8.0),
        model=SUMMER,
        weather=weather,
    )
    assert found.follows_weather
    assert found.kwh == pytest.approx(31 * 8 + 21 * 0.9 * 6)


def test_how_the_home_does_now_moves_the_model():
    temps = np.full(58, 20.0)
    found = september(
        days([6.0] * 10, 30),
        before=np.full(28, 6.0),
        model=SUMMER,
        weather=Weather(temps, np.zeros_like(temps)),
    )
    assert 180 < found.kwh < 200  # the model alone says 240


def test_unsure_weather_widens_the_band():
    temps = np.full(58, 27.0)
    use = days([11.6] * 10, 30)
    sure, unsure = (
        september(
            use,
            before=np.full(28, 11.6),
            model=SUMMER,
            weather=Weather(temps, np.full(58, sd)),
        )
        for sd in (0.0, 2.5)
    )
    assert unsure.kwh_high - unsure.kwh > 1.2 * (sure.kwh_high - sure.kwh)


def test_without_temperatures_the_model_steps_back():
    temps = np.full(58, np.nan)
    found = september(
        days([10.0] * 10, 30),
        before=np.full(28, 10.0),
        model=SUMMER,
        weather=Weather(temps, np.zeros(58)),
    )
    assert not found.follows_weather


@pytest.mark.parametrize("known", [3, 10, 20])
@pytest.mark.parametrize("rho", [0.0, 0.4])
def test_the_band_holds_the_true_month_in_about_nine_of_ten(known, rho):
    random = np.random.default_rng(known)
    held, homes = 0, 150
    for _ in range(homes):
        noise = np.zeros(58)
        for i in range(1, 58):
            noise[i] = rho * noise[i - 1] + random.normal(0, 2.0)
        use = np.maximum(random.uniform(6, 14) + noise, 0.0)
        found = september(days(use[28 : 28 + known], 30), before=use[:28])
        held += found.kwh_low <= use[28:].sum() <= found.kwh_high
    assert 0.83 <= held / homes <= 0.97


@pytest.mark.parametrize(
    ("reading_day", "day", "period"),
    [
        (None, date(2026, 11, 22), (date(2026, 11, 1), date(2026, 12, 1))),
        (15, date(2026, 11, 22), (date(2026, 11, 15), date(2026, 12, 15))),
        (15, date(2026, 11, 14), (date(2026, 10, 15), date(2026, 11, 15))),
        (31, date(2026, 2, 28), (date(2026, 2, 28), date(2026, 3, 31))),
        (31, date(2026, 2, 10), (date(2026, 1, 31), date(2026, 2, 28))),
        (1, date(2026, 1, 1), (date(2026, 1, 1), date(2026, 2, 1))),
    ],
)
def test_the_billing_period_follows_the_reading_day(reading_day, day, period):
    assert bill_period(reading_day, day) == period
