"""Baselines of many homes at once: right, and the same digits as one by one."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from livinglab.energy.baseline.billing import degree_days_of, fit_billing, periods_of
from livinglab.energy.baseline.climate import climate_of, hundredths
from livinglab.energy.baseline.daily import HOMES_AT_ONCE, fit_daily
from livinglab.energy.baseline.fits import Fits, fits_of
from livinglab.energy.baseline.grid import GRID_05C, GRID_1F
from livinglab.energy.baseline.savings import DaySums, day_sums, expected_use
from tests.energy import brute_force
from tests.energy.homes import street

EXACT = [field.name for field in fields(Fits) if field.name != "billing"]


def same_digits(one: Fits, many: Fits, place: int) -> bool:
    return all(
        np.array_equal(
            getattr(one, name)[:1],
            getattr(many, name)[place : place + 1],
            equal_nan=True,
        )
        for name in EXACT
    )


def test_the_grids_hold_as_many_candidates_as_the_published_method() -> None:
    assert GRID_1F.candidates == 2014
    assert GRID_05C.candidates == 1 + 51 + 45 + sum(
        cool >= heat for heat in range(0, 51) for cool in range(20, 65)
    )


@pytest.mark.parametrize("home", range(8))
def test_a_daily_fit_is_the_best_of_all_candidates_tried_one_by_one(home: int) -> None:
    homes = street(8, seed=3)
    fits = fit_daily(homes.use, homes.present, climate_of(homes.temperatures, GRID_05C))
    days = homes.present[home]
    warm, use = homes.temperatures[days], homes.use[home, days] / 1000
    slow = brute_force.fit(
        {p / 100: np.maximum(p / 100 - warm, 0) for p in GRID_05C.heating},
        {p / 100: np.maximum(warm - p / 100, 0) for p in GRID_05C.cooling},
        use,
        np.ones(use.size),
        least_degree_days=11.1,
        least_days=10,
    )
    fast = fits.one(home)
    assert (fast.kind, fast.hb, fast.cb) == (slow.kind, slow.hb, slow.cb)
    assert fast.mu / 1000 == pytest.approx(slow.mu, rel=1e-9)
    assert (fast.beta_h or 0) / 1000 == pytest.approx(slow.beta_h or 0, rel=1e-9)
    assert (fast.beta_c or 0) / 1000 == pytest.approx(slow.beta_c or 0, rel=1e-9)
    assert fast.r2_adj == pytest.approx(slow.r2_adj, rel=1e-9, abs=1e-12)
    assert fast.rmse / 1000 == pytest.approx(slow.rmse, rel=1e-9)
    assert fast.rho == pytest.approx(slow.rho, abs=1e-6)
    assert fast.variance / 1e6 == pytest.approx(slow.variance, rel=1e-9)
    assert fast.n == use.size


def test_one_home_gets_the_same_digits_alone_as_among_a_thousand() -> None:
    homes = street(HOMES_AT_ONCE + 300, seed=5)
    climate = climate_of(homes.temperatures, GRID_05C)
    together = fit_daily(homes.use, homes.present, climate)
    assert set(np.unique(together.kind)) == {0, 1, 2, 3}
    for home in [*range(0, 40), HOMES_AT_ONCE - 1, HOMES_AT_ONCE, len(together) - 1]:
        alone = fit_daily(homes.use[[home]], homes.present[[home]], climate)
        assert same_digits(alone, together, home)


def test_digits_do_not_depend_on_the_order_of_the_homes() -> None:
    homes = street(60, seed=9)
    climate = climate_of(homes.temperatures, GRID_1F)
    forwards = fit_daily(homes.use, homes.present, climate)
    backwards = fit_daily(homes.use[::-1], homes.present[::-1], climate)
    for name in EXACT:
        first, last = getattr(forwards, name), getattr(backwards, name)
        assert np.array_equal(first, last[::-1], equal_nan=True)


def test_days_without_temperature_count_for_nobody() -> None:
    homes = street(5, seed=11)
    gone = homes.temperatures.copy()
    gone[100:120] = np.nan
    fits = fit_daily(homes.use, homes.present, climate_of(gone, GRID_05C))
    present = homes.present.copy()
    present[:, 100:120] = False
    masked = fit_daily(homes.use, present, climate_of(homes.temperatures, GRID_05C))
    for name in EXACT:
        assert np.array_equal(
            getattr(fits, name), getattr(masked, name), equal_nan=True
        )


def test_a_home_that_always_uses_the_same_gets_its_mean() -> None:
    homes = street(1)
    flat = np.full_like(homes.use, 7000)
    fits = fit_daily(flat, homes.present, climate_of(homes.temperatures, GRID_05C))
    one = fits.one(0)
    assert (one.kind, one.mu, one.r2_adj, one.rmse, one.rho) == (
        "intercept_only",
        7000.0,
        0.0,
        0.0,
        0.0,
    )


def test_a_home_without_any_day_gets_nothing_and_harms_nobody() -> None:
    homes = street(2, seed=4)
    climate = climate_of(homes.temperatures, GRID_05C)
    present = homes.present.copy()
    present[0] = False
    fits = fit_daily(homes.use, present, climate)
    assert fits.one(0).n == 0
    assert fits.one(0).kind == "intercept_only"
    assert same_digits(fit_daily(homes.use[[1]], present[[1]], climate), fits, 1)


def test_rows_of_unlike_length_are_refused() -> None:
    homes = street(2)
    with pytest.raises(ValueError, match="same days"):
        fit_daily(
            homes.use[:, 1:],
            homes.present[:, 1:],
            climate_of(homes.temperatures, GRID_05C),
        )


def test_temperatures_with_two_decimals_become_whole_numbers() -> None:
    assert hundredths([41.91, -0.07, np.nan]).tolist()[:2] == [4191.0, -7.0]
    assert hundredths([41.906667])[0] == pytest.approx(4190.6667)


def bills_of(
    homes: int, seed: int
) -> tuple[np.ndarray, list[list[tuple[int, int, float]]]]:
    chance = np.random.default_rng(seed)
    made = street(homes, 400, seed=seed, missing=0.0)
    rows = []
    for home in range(homes):
        lengths = chance.integers(26, 35, 9 + home % 4)
        ends = np.cumsum(lengths)
        starts = np.concatenate([[0], ends[:-1]])
        rows.append(
            [
                (int(s), int(e), float(made.use[home, s:e].sum()))
                for s, e in zip(starts, ends, strict=True)
            ]
        )
    return made.temperatures, rows


def test_a_billing_fit_is_the_best_of_all_candidates_tried_one_by_one() -> None:
    warm, bills = bills_of(6, 21)
    fits = fit_billing(periods_of(bills, degree_days_of(warm, GRID_05C)), GRID_05C)
    for home, rows in enumerate(bills):

        def means(point: float, sign: int, rows: list = rows) -> np.ndarray:
            daily = np.maximum(sign * (point / 100 - warm), 0)
            return np.array([daily[s:e].mean() for s, e, _ in rows])

        days = np.array([float(e - s) for s, e, _ in rows])
        slow = brute_force.fit(
            {p / 100: means(p, 1) for p in GRID_05C.heating},
            {p / 100: means(p, -1) for p in GRID_05C.cooling},
            np.array([use for _, _, use in rows]) / days,
            days,
            least_degree_days=11.1,
        )
        fast = fits.one(home)
        assert (fast.kind, fast.hb, fast.cb) == (slow.kind, slow.hb, slow.cb)
        assert fast.mu == pytest.approx(slow.mu, rel=1e-7)
        assert fast.r2_adj == pytest.approx(slow.r2_adj, rel=1e-9, abs=1e-12)
        assert fast.rmse == pytest.approx(slow.rmse, rel=1e-6)
        assert fast.rho == pytest.approx(slow.rho, abs=1e-5)


def test_a_billing_home_gets_the_same_digits_alone() -> None:
    warm, bills = bills_of(40, 22)
    weather = degree_days_of(warm, GRID_05C)
    together = fit_billing(periods_of(bills, weather), GRID_05C)
    for home in range(40):
        alone = fit_billing(periods_of([bills[home]], weather), GRID_05C)
        assert same_digits(alone, together, home)


def test_expected_use_is_the_sum_of_the_days_predictions() -> None:
    homes = street(30, 400, seed=13)
    climate = climate_of(homes.temperatures[:365], GRID_05C)
    fits = fit_daily(homes.use[:, :365], homes.present[:, :365], climate)
    warm = hundredths(homes.temperatures)
    starts = np.array([0, 31, 200, 371])
    sums = day_sums(fits, homes.use, homes.present, warm, starts)
    expected = expected_use(fits, sums)
    for home in range(30):
        one = fits.one(home)
        heat = (one.beta_h or 0) * np.maximum((one.hb or -99) - homes.temperatures, 0)
        cool = (one.beta_c or 0) * np.maximum(homes.temperatures - (one.cb or 99), 0)
        daily = np.where(homes.present[home], one.mu + heat + cool, 0)
        assert expected[home] == pytest.approx(np.add.reduceat(daily, starts), rel=1e-9)
        alone = day_sums(
            fits_of([one]), homes.use[[home]], homes.present[[home]], warm, starts
        )
        assert np.array_equal(expected_use(fits_of([one]), alone)[0], expected[home])


def test_months_add_up_to_the_year_exactly() -> None:
    sums = DaySums(
        *(np.arange(24, dtype=float).reshape(2, 12) * factor for factor in range(1, 7))
    )
    year = sums.over(slice(0, 12))
    assert year.use[:, 0].tolist() == sums.use.sum(axis=1).tolist()
