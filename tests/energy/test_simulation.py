"""Simulated homes: the truth is exact, the physics plausible, the draws repeatable."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from livinglab.energy.simulation import (
    NO_CHANGE,
    Change,
    Household,
    Outdoors,
    Simulated,
    draw_change,
    draw_gaps,
    draw_household,
    in_quarters,
    public_facility,
    simulate,
)
from livinglab.energy.simulation.appliances import KOREAN_HOURS
from livinglab.energy.simulation.korean_days import free_days, is_holiday

FIRST = date(2024, 11, 1)
DAYS = 370
JOINED = 200
SEED = 11


def sky(days: int = DAYS, warmer: float = 0.0) -> Outdoors:
    """A plain Korean year: -3 °C in January, 26 °C in August."""
    day_of_year = np.array(
        [(FIRST + timedelta(i)).timetuple().tm_yday for i in range(days)], dtype=float
    )
    tmean = 11.5 - 14.5 * np.cos(2 * np.pi * (day_of_year - 25) / 365) + warmer
    return Outdoors.of_days(tmean, tmean - 4, tmean + 5, day_of_year)


def households(count: int = 12) -> list[Household]:
    return [draw_household(SEED, index) for index in range(count)]


def run(
    homes: list[Household], changes: list[Change], outdoors: Outdoors | None = None
) -> Simulated:
    return simulate(
        homes,
        outdoors or sky(),
        first=FIRST,
        changes=changes,
        change_days=[JOINED] * len(homes),
        seed=SEED,
    )


@pytest.fixture(scope="module")
def dozen() -> Simulated:
    homes = households()
    return run(homes, [draw_change(SEED, home.index) for home in homes])


def monthly_kwh(simulated: Simulated, home: int, month: int) -> float:
    days = np.array([(FIRST + timedelta(i)).month for i in range(DAYS)])
    use = simulated.otherwise_wh[home].reshape(DAYS, 24).sum(axis=1)
    return float(use[days == month].mean() * 30.4 / 1000)


def test_the_true_saving_is_exactly_what_was_not_used(dozen: Simulated) -> None:
    saved = dozen.otherwise_wh.sum(axis=1) - dozen.used_wh.sum(axis=1)
    assert (dozen.true_saving_wh.sum(axis=1) == saved).all()
    assert dozen.used_wh.dtype == np.int64


def test_nothing_is_saved_before_the_change_begins(dozen: Simulated) -> None:
    assert (dozen.true_saving_wh[:, :JOINED] == 0).all()
    assert (dozen.true_saving_wh[:, JOINED:] != 0).any()


def test_a_home_that_changes_nothing_saves_exactly_nothing() -> None:
    simulated = run(households(3), [NO_CHANGE] * 3)
    assert (simulated.used_wh == simulated.otherwise_wh).all()


def test_a_home_is_the_same_alone_as_among_neighbours(dozen: Simulated) -> None:
    alone = run([draw_household(SEED, 4)], [draw_change(SEED, 4)])
    assert (alone.used_wh[0] == dozen.used_wh[4]).all()


def test_another_seed_gives_another_home() -> None:
    assert draw_household(SEED, 1) == draw_household(SEED, 1)
    assert draw_household(SEED, 1) != draw_household(SEED + 1, 1)


def test_a_korean_home_uses_between_100_and_900_kwh_a_month(dozen: Simulated) -> None:
    monthly = dozen.otherwise_wh.sum(axis=1) / DAYS * 30.4 / 1000
    assert monthly.min() > 80
    assert monthly.max() < 900
    assert 220 < monthly.mean() < 420


def test_cooling_makes_august_dearer_than_october(dozen: Simulated) -> None:
    august = np.mean([monthly_kwh(dozen, home, 8) for home in range(12)])
    october = np.mean([monthly_kwh(dozen, home, 10) for home in range(12)])
    assert august > october * 1.1


def test_electric_heating_shows_in_january_and_gas_heating_little() -> None:
    gas = replace(draw_household(SEED, 2), heating="gas", blanket_w=0.0)
    electric = replace(gas, heating="electric", heat_cop=1.0, electric_zone=0.4)
    simulated = run([gas, electric], [NO_CHANGE] * 2)
    assert monthly_kwh(simulated, 1, 1) > monthly_kwh(simulated, 0, 1) * 1.5
    assert monthly_kwh(simulated, 0, 1) < monthly_kwh(simulated, 0, 5) * 1.5


def test_a_hotter_summer_costs_and_a_home_without_cooling_does_not_notice() -> None:
    cooled = replace(draw_household(SEED, 3), cool_w=2500.0)
    uncooled = replace(cooled, cool_w=0.0, fridge_w=0.0)
    pair = [cooled, uncooled]
    normal = run(pair, [NO_CHANGE] * 2)
    hotter = run(pair, [NO_CHANGE] * 2, sky(warmer=2.5))
    assert monthly_kwh(hotter, 0, 8) > monthly_kwh(normal, 0, 8) * 1.1
    assert monthly_kwh(hotter, 1, 8) == pytest.approx(
        monthly_kwh(normal, 1, 8), rel=0.01
    )


def test_a_warmer_set_point_saves_in_summer_only() -> None:
    home = replace(draw_household(SEED, 3), cool_w=2500.0, heating="gas")
    saved = run([home], [Change(cooling_c=1.5)]).true_saving_wh[0]
    summer = slice(JOINED + 20, JOINED + 120)  # June to mid-September
    assert saved[summer].sum() > 0
    assert abs(saved[JOINED + 175 :].sum()) < 0.02 * saved[summer].sum()


def test_rooms_remember_yesterdays_heat() -> None:
    """A cold day after mild ones costs less than the same day after cold ones."""
    home = replace(
        draw_household(SEED, 3),
        heating="electric",
        heat_cop=1.0,
        loss_w_k=80.0,
        store_wh_k=5000.0,
    )

    def last_day(before: float) -> int:
        tmean = np.array([before] * 29 + [0.0])
        outdoors = Outdoors.of_days(tmean, tmean - 3, tmean + 3, np.full(30, 20.0))
        one = simulate(
            [home],
            outdoors,
            first=FIRST,
            changes=[NO_CHANGE],
            change_days=[0],
            seed=SEED,
        )
        return int(one.used_wh[0, -24:].sum())

    assert last_day(20.0) < last_day(0.0) * 0.95


def test_the_hours_outside_have_the_days_mean() -> None:
    outdoors = sky()
    means = outdoors.temperature.reshape(-1, 24).mean(axis=1)
    assert np.allclose(means, outdoors.daily_mean[::24])
    afternoon, dawn = outdoors.temperature[15::24], outdoors.temperature[5::24]
    assert (afternoon > dawn).all()


def test_the_korean_day_is_whole_and_highest_in_the_evening() -> None:
    assert pytest.approx(1, abs=1e-3) == KOREAN_HOURS.sum()
    assert KOREAN_HOURS.argmax() in range(20, 23)


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2026, 2, 16), True),
        (date(2026, 2, 18), True),
        (date(2026, 2, 19), False),
        (date(2026, 9, 25), True),
        (date(2026, 12, 25), True),
        (date(2026, 11, 23), False),
    ],
)
def test_lunar_and_fixed_holidays_are_known(day: date, free: bool) -> None:
    assert is_holiday(day) is free


def test_weekends_are_free() -> None:
    assert free_days(date(2026, 11, 20), 4).tolist() == [False, True, True, False]


def test_a_facility_is_busy_on_weekdays_and_rests_at_weekends() -> None:
    centre = public_facility(SEED, 900, area_m2=1400)
    simulated = run([centre], [NO_CHANGE])
    use = simulated.used_wh[0].reshape(DAYS, 24).sum(axis=1)
    free = free_days(FIRST, DAYS)
    assert use[~free].mean() > 1.5 * use[free].mean()
    assert 5_000 < use.sum() / DAYS * 30.4 / 1000 < 25_000


def test_gaps_are_hours_and_days_but_never_much() -> None:
    there = draw_gaps(SEED, 1, 2 * 8760)
    assert (draw_gaps(SEED, 1, 2 * 8760) == there).all()
    share = np.mean([draw_gaps(SEED, index, 2 * 8760).mean() for index in range(30)])
    assert 0.97 < share < 0.999


def test_quarters_of_an_hour_sum_to_the_hour() -> None:
    hours = np.array([0, 1, 350, 4999])
    quarters = in_quarters(hours, SEED, 1)
    assert (quarters.reshape(-1, 4).sum(axis=1) == hours).all()
    assert (quarters >= 0).all()


def test_participants_differ_most_save_some_use_more() -> None:
    changes = [draw_change(SEED, index) for index in range(300)]
    efforts = np.array([change.standby for change in changes])
    assert 0.05 < np.mean(efforts == 0) < 0.16
    assert 0.02 < np.mean(efforts < 0) < 0.12
    assert np.mean(efforts > 0) > 0.7
