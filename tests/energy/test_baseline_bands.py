"""How sure a saving is."""

from __future__ import annotations

import numpy as np
import pytest

from livinglab.energy.baseline.bands import (
    SHARED_ERROR,
    effective_observations,
    fsu_half_width,
    likely_half_width,
    neighbourhood_half_width,
    ols_half_width,
)
from livinglab.energy.baseline.climate import climate_of, hundredths
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.fits import Fit, fits_of
from livinglab.energy.baseline.grid import GRID_05C
from livinglab.energy.baseline.savings import day_sums, expected_use
from livinglab.energy.baseline.student import t_quantile, upper_tail
from tests.energy.homes import korean_year

# Student's t, upper 5 % points, from the printed tables (Fisher and Yates).
PRINTED = {
    1: 6.3138,
    2: 2.9200,
    3: 2.3534,
    5: 2.0150,
    8: 1.8595,
    30: 1.6973,
    120: 1.6577,
}


def a_fit(**changes: object) -> Fit:
    facts: dict[str, object] = {
        "kind": "cdd_hdd",
        "r2_adj": 0.8,
        "mu": 8.0,
        "beta_h": 0.2,
        "beta_c": 0.5,
        "hb": 15.0,
        "cb": 23.0,
        "n": 365,
        "mean": 10.0,
        "variance": 9.0,
        "rmse": 2.0,
        "rho": 0.3,
    }
    return Fit(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("df", "value"), PRINTED.items())
def test_the_t_quantile_is_that_of_the_printed_tables(df: int, value: float) -> None:
    assert t_quantile(0.95, df) == pytest.approx(value, abs=5e-5)


@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 9, 50, 362, 363, 364, 5000])
@pytest.mark.parametrize("p", [0.75, 0.9, 0.95, 0.975, 0.995])
def test_the_t_quantile_cuts_off_its_own_tail(df: int, p: float) -> None:
    assert upper_tail(t_quantile(p, df), df) == pytest.approx(1 - p, rel=1e-10)


def test_the_t_quantile_of_one_degree_of_freedom_is_a_tangent() -> None:
    assert t_quantile(0.95, 1) == pytest.approx(np.tan(np.pi * 0.45), rel=1e-12)


def test_a_negative_autocorrelation_never_narrows_the_range_for_people() -> None:
    calm, swinging = fits_of([a_fit(rho=0.0)]), fits_of([a_fit(rho=-0.79)])
    assert fsu_half_width(swinging, [365])[0] < fsu_half_width(calm, [365])[0]
    assert likely_half_width(swinging, [365])[0] == likely_half_width(calm, [365])[0]


def test_the_likely_range_of_a_like_year_is_the_ashrae_form_widened() -> None:
    fits = fits_of([a_fit()])
    plain = fsu_half_width(fits, [365])[0]
    assert likely_half_width(fits, [365])[0] == pytest.approx(1.15 * plain)


def test_a_month_does_not_borrow_the_total_of_a_year() -> None:
    fits = fits_of([a_fit()])
    month, year = likely_half_width(fits, np.array([[30.0, 365.0]]))[0]
    assert 0.2 < month / year < 0.35


def test_dependent_days_count_for_less() -> None:
    assert effective_observations(np.array([100.0]), np.array([0.5]))[
        0
    ] == pytest.approx(100 / 3)


def test_the_least_squares_band_grows_away_from_the_baseline_mean() -> None:
    fits = fits_of([a_fit()])
    near, far = (ols_half_width(fits, [365], [mean])[0] for mean in (10.0, 30.0))
    assert far > near


def test_a_neighbourhood_of_one_home_has_that_homes_range():
    assert neighbourhood_half_width(squares=25.0, total=5.0) == pytest.approx(5.0)


def test_more_homes_narrow_a_neighbourhoods_range_but_not_past_what_they_share():
    shares = [neighbourhood_half_width(n, n) / n for n in (1, 10, 100, 10_000)]

    assert shares == sorted(shares, reverse=True)
    assert shares[-1] == pytest.approx(SHARED_ERROR**0.5, rel=0.01)


def covered(spans: int, rho: float, homes: int = 400) -> float:
    """Share of homes and spans whose likely range holds the true saving of 10 %."""
    chance = np.random.default_rng(17)
    warm = korean_year(730, 5)
    heat, cool = np.maximum(15 - warm, 0), np.maximum(warm - 23, 0)
    clean = 8000 + 100 * heat + 550 * cool
    noise = np.zeros((homes, 730))
    shocks = chance.normal(0, 3000 * np.sqrt(1 - rho * rho), (homes, 730))
    noise[:, 0] = shocks[:, 0]
    for day in range(1, 730):
        noise[:, day] = rho * noise[:, day - 1] + shocks[:, day]
    use = np.rint(np.where(np.arange(730) < 365, clean, 0.9 * clean) + noise)
    there = np.ones(use.shape, dtype=bool)
    fits = fit_daily(use[:, :365], there[:, :365], climate_of(warm[:365], GRID_05C))
    starts = np.arange(0, 365, 365 // spans + 1)
    reporting = slice(365, 730)
    sums = day_sums(
        fits,
        use[:, reporting],
        there[:, reporting],
        hundredths(warm[reporting]),
        starts,
    )
    true = np.add.reduceat(0.1 * clean[reporting], starts)
    saved = expected_use(fits, sums) - sums.use
    return float((np.abs(saved - true) <= likely_half_width(fits, sums.days)).mean())


@pytest.mark.parametrize(("spans", "rho"), [(1, 0.0), (1, 0.4), (12, 0.0), (12, 0.4)])
def test_the_likely_range_holds_the_truth_about_nine_times_in_ten(
    spans: int, rho: float
) -> None:
    assert 0.83 <= covered(spans, rho) <= 0.97
