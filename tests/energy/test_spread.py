"""How irregular a home is by season, and what its ranges make of it."""

from __future__ import annotations

import numpy as np
import pytest

from livinglab.energy.baseline.bands import likely_half_width, memory_of_neighbours
from livinglab.energy.baseline.climate import climate_of, hundredths
from livinglab.energy.baseline.daily import fit_daily
from livinglab.energy.baseline.figures import Figures, month_figures, year_figures
from livinglab.energy.baseline.fits import Fits
from livinglab.energy.baseline.grid import GRID_05C
from livinglab.energy.baseline.savings import day_sums
from livinglab.energy.baseline.spread import (
    Spread,
    spreads_from,
    spreads_of,
    widening_of,
)
from tests.energy.homes import korean_year, street

LENGTHS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
STARTS = np.concatenate([[0], np.cumsum(LENGTHS)[:-1]])
OF_YEAR = np.arange(1, 13)
OF_DAYS = np.repeat(OF_YEAR, LENGTHS)
MARCH, JULY = 2, 6
WHOLE = tuple(LENGTHS.tolist())


class Moody:
    """Homes whose use on hot days follows a mood, and the year after; nothing saved.

    `mood`: how much more a hot day wavers than others; `weeks`: sd of what stays for a
    whole week.
    """

    def __init__(self, homes: int, *, mood: float, weeks: float = 0.0) -> None:
        chance = np.random.default_rng(11)
        self.warm = korean_year(730, 5)
        self.clean = 7000 + 600 * np.maximum(self.warm - 22, 0)
        wavering = 600 * np.where(self.warm > 22, 1 + mood, 1)
        slow = np.repeat(chance.normal(0, weeks, (homes, 105)), 7, axis=1)[:, :730]
        use = self.clean + chance.normal(0, 1, (homes, 730)) * wavering + slow
        self.use = np.rint(np.maximum(use, 1)).astype(np.int64)
        self.there = np.ones(self.use.shape, dtype=bool)

    def fitted(self) -> tuple[Fits, list[Spread]]:
        use, there, warm = (
            part[..., :365] for part in (self.use, self.there, self.warm)
        )
        fits = fit_daily(use, there, climate_of(warm, GRID_05C))
        return fits, spreads_of(fits, use, there, hundredths(warm), OF_DAYS)

    def figures(self, fits: Fits, spreads: list[Spread | None]) -> Figures:
        later = slice(365, 730)
        warm = hundredths(self.warm[later])
        sums = day_sums(fits, self.use[:, later], self.there[:, later], warm, STARTS)
        return month_figures(fits, spreads_from(spreads, fits), sums, sums, OF_YEAR)


def covered(figures: Figures, month: int) -> float:
    """Share of homes whose range holds the truth: nothing was saved.

    Figures are made of kWh; Wh stand in their place here, so a thousandth is meant.
    """
    saved = figures.expected[:, month] / 1000 - figures.actual[:, month]
    return float((np.abs(saved) <= figures.half[:, month] / 1000).mean())


def test_a_home_with_moody_summers_gets_wider_summers_and_narrower_winters() -> None:
    moody = Moody(5, mood=4)
    fits, spreads = moody.fitted()
    for spread in spreads:
        _heating, mild, cooling = spread.errors
        assert cooling > 2 * mild
    own = moody.figures(fits, list(spreads))
    plain = moody.figures(fits, [None] * 5)
    assert (own.half[:, JULY] > 1.2 * plain.half[:, JULY]).all()
    assert (own.half[:, MARCH] < plain.half[:, MARCH]).all()


def test_the_range_of_a_moody_july_holds_the_truth_nine_times_in_ten() -> None:
    moody = Moody(400, mood=4)
    fits, spreads = moody.fitted()
    own, plain = moody.figures(fits, list(spreads)), moody.figures(fits, [None] * 400)
    assert covered(plain, JULY) < 0.8
    assert covered(own, JULY) >= 0.87
    assert covered(plain, MARCH) > 0.99
    assert 0.86 <= covered(own, MARCH) <= 0.99


def test_a_regular_home_keeps_the_ranges_of_the_usual_form() -> None:
    calm = Moody(40, mood=0)
    fits, spreads = calm.fitted()
    own, plain = calm.figures(fits, list(spreads)), calm.figures(fits, [None] * 40)
    assert np.median(own.half / plain.half) == pytest.approx(1.0, abs=0.12)


def test_without_a_spread_of_its_own_a_home_keeps_its_fits_error() -> None:
    calm = Moody(3, mood=1)
    fits, _spreads = calm.fitted()
    plain = calm.figures(fits, [None] * 3)
    days = np.tile(LENGTHS.astype(float), (3, 1))
    assert np.allclose(plain.half / 1000, likely_half_width(fits, days), rtol=1e-6)
    assert not plain.ignorance.any()


def test_a_home_has_the_same_spread_alone_as_among_many() -> None:
    homes = street(64, seed=9)
    climate = climate_of(homes.temperatures, GRID_05C)
    warm = hundredths(homes.temperatures)
    fits = fit_daily(homes.use, homes.present, climate)
    many = spreads_of(fits, homes.use, homes.present, warm, OF_DAYS)
    for row in range(0, 64, 7):
        use, there = homes.use[[row]], homes.present[[row]]
        alone = spreads_of(fit_daily(use, there, climate), use, there, warm, OF_DAYS)
        assert alone == [many[row]]


def test_the_memory_is_at_least_that_of_neighbouring_days() -> None:
    fits, spreads = Moody(50, mood=0, weeks=600).fitted()
    memory = np.array([spread.memory for spread in spreads])
    assert (memory >= memory_of_neighbours(fits)).all()
    assert memory.mean() > 1.3 * memory_of_neighbours(fits).mean()


def test_a_kind_of_day_that_hardly_came_takes_the_homes_usual_error() -> None:
    mild_year = Moody(1, mood=0)
    mild_year.warm = np.full(730, 15.0)
    fits, (spread,) = mild_year.fitted()
    assert spread.errors[0] == spread.errors[2] == pytest.approx(fits.rmse[0], rel=1e-5)


def test_a_season_that_is_known_widens_nothing_and_a_gap_does() -> None:
    assert (widening_of(LENGTHS) == 1).all()
    few = LENGTHS.copy()
    few[[5, 6]] = 2
    wider = widening_of(few)
    assert wider[JULY] > wider[4] > wider[MARCH] == 1
    assert wider[JULY] < 1.7


def test_what_is_not_known_of_a_season_does_not_average_out() -> None:
    """Noise of twelve months grows by its root, ignorance month by month."""
    calm = Moody(1, mood=0)
    fits, (spread,) = calm.fitted()
    gap = Spread(spread.errors, spread.memory, tuple(day // 3 for day in WHOLE))
    whole = Spread(spread.errors, spread.memory, WHOLE)
    halves = []
    for one in (whole, gap):
        months = calm.figures(fits, [one])
        year = year_figures(fits, spreads_from([one], fits), months)
        halves.append((months.half[0, MARCH], year.half[0, -1]))
    assert halves[1][0] / halves[0][0] == pytest.approx((75 / 30) ** 0.5, rel=0.05)
    assert halves[1][1] / halves[0][1] > 2
