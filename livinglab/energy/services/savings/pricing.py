"""Won, CO2 and the public schemes beside a batch's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import BoolArray
from livinglab.energy.baseline.figures import WH, YEAR, Figures, trailing_year
from livinglab.energy.selectors.dated_rules import DatedRules
from livinglab.energy.selectors.savings_inputs import Home
from livinglab.energy.services.savings.counting import Counted, Raw
from livinglab.energy.tariff.incentives import (
    CashbackRule,
    PointsRule,
    carbon_points,
    cashback,
    in_force,
)
from livinglab.energy.tariff.pricing import MISSING, price_accounts, whole_kwh

Won = NDArray[np.int64]

UNPRICED = -(10**12)
FINE = 100_000
HALF_YEAR = 6


@dataclass(frozen=True)
class Money:
    """Won of each home and month (or twelve months); UNPRICED where nobody can say.

    `low` and `high` price both ends of the likely range through the tiers.
    """

    expected: Won
    actual: Won
    low: Won
    high: Won


@dataclass(frozen=True)
class Priced:
    """A batch in won and grams of CO2, months and twelve months."""

    month: Money
    year: Money
    co2_month: NDArray[np.int64]
    co2_year: NDArray[np.int64]


def price_batch(
    rules: DatedRules, homes: Sequence[Home], counted: Counted, wanted: BoolArray
) -> Priced:
    """Price everything with the table in force in each month: the constant tariff.

    `wanted` are the homes and months whose figures, or whose twelve months', are
    asked for; others are not priced.
    """
    month, year = counted.month, counted.year
    edges = _edges(month, year)
    kwh = np.stack([month.expected / WH, month.actual / WH, *edges], axis=-1)
    kwh[~(wanted & counted.has_figure)] = np.nan
    columns = np.flatnonzero(wanted.any(axis=0))
    won = np.full(kwh.shape, MISSING, dtype=np.int64)
    won[:, columns] = price_accounts(
        rules.book,
        [home.account for home in homes],
        [counted.months[int(column)] for column in columns],
        whole_kwh(kwh[:, columns]),
    )
    grams = _grams(rules, counted)
    return Priced(
        _months_money(won), _years_money(won, counted), grams, trailing_year(grams)
    )


def _edges(month: Figures, year: Figures) -> list[NDArray[np.float64]]:
    """The month's own range, then its share of each of the twelve years it is in."""
    expected = month.expected / WH
    half = month.half / WH
    edges = [expected - half, expected + half]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(year.expected > 0, year.half / year.expected, 0.0)
    for later in range(YEAR):
        moved = np.zeros_like(share)
        moved[:, : share.shape[1] - later] = share[:, later:]
        edges += [expected * (1.0 - moved), expected * (1.0 + moved)]
    return edges


def _months_money(won: Won) -> Money:
    known = won[..., 1] != MISSING
    expected, actual, low, high = (
        np.where(known, won[..., place], UNPRICED) for place in range(4)
    )
    return Money(expected, actual, low, high)


def _years_money(won: Won, counted: Counted) -> Money:
    """Sums of twelve months; unpriced when one of them is."""
    here = counted.has_figure
    unpriced = trailing_year((here & (won[..., 1] == MISSING)).astype(np.int64)) > 0
    months = np.where(here[..., None], won, 0)
    low, high = np.zeros(here.shape, np.int64), np.zeros(here.shape, np.int64)
    for later in range(YEAR):
        before = months[:, : here.shape[1] - later]
        low[:, later:] += before[..., 4 + 2 * later]
        high[:, later:] += before[..., 5 + 2 * later]
    parts = (
        trailing_year(months[..., 0]),
        trailing_year(months[..., 1]),
        low,
        high,
    )
    return Money(*(np.where(unpriced, UNPRICED, part) for part in parts))


def _grams(rules: DatedRules, counted: Counted) -> NDArray[np.int64]:
    """Grams of CO2 the saving spared, by the factor in force in each month."""
    factors = [in_force(rules.co2, month) for month in counted.months]
    whole = np.array([int(f.kg_per_kwh * FINE) if f else 0 for f in factors])
    grams: NDArray[np.int64] = counted.month.saved * whole + FINE // 2
    return grams // FINE


@dataclass(frozen=True)
class Schemes:
    """The public schemes of a batch; not weather-corrected."""

    rules: DatedRules
    raw: Raw
    months: Sequence[date]

    def of_month(self, home: int, column: int) -> dict[str, Any]:
        """What the cashback rule says of this month."""
        rule = self._cashback[column]
        used = self._full(home, column)
        if rule is None or used is None:
            return {}
        earlier = [self._full(home, column - years * YEAR) for years in (1, 2)]
        return {"cashback": _plain(cashback(rule, used, earlier))}

    def of_half_year(self, home: int, column: int) -> dict[str, Any]:
        """Carbon points of the half-year that ends with this month, if one does."""
        rule = self._points[column]
        if rule is None or self.months[column].month % HALF_YEAR:
            return {}
        half = range(column - HALF_YEAR + 1, column + 1)
        used = [self._full(home, place) for place in half]
        if any(kwh is None for kwh in used):
            return {}
        earlier = [
            [self._full(home, place - years * YEAR) for place in half]
            for years in (1, 2)
        ]
        return {"carbon_points": _plain(carbon_points(rule, used, earlier))}

    def _full(self, home: int, column: int) -> Decimal | None:
        wh = int(self.raw.full_wh[home, column]) if column >= 0 else -1
        return None if wh < 0 else Decimal(wh).scaleb(-3)

    @cached_property
    def has_co2(self) -> BoolArray:
        """Of which months a factor is known."""
        return np.array([in_force(self.rules.co2, m) is not None for m in self.months])

    @cached_property
    def _cashback(self) -> list[CashbackRule | None]:
        return [in_force(self.rules.cashback, month) for month in self.months]

    @cached_property
    def _points(self) -> list[PointsRule | None]:
        return [in_force(self.rules.points, month) for month in self.months]


def _plain(answer: Any) -> dict[str, Any]:
    """A scheme's answer as JSON: decimals with three places, as text."""
    return {
        name: str(round(value, 3)) if isinstance(value, Decimal) else value
        for name, value in vars(answer).items()
        if value is not None
    }
