"""Bills of many home-months at once, equal to the won with `tariff.bill`.

Integers all the way (rates in tenths of a won, or finer when a table needs it), so
a batch of a million gives the same digits as one home. A bill's formula changes only
where the kWh crosses a bound of the ladder, so each period becomes a few pieces with
fixed segments, and within a piece everything is plain array arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.tariff.bill import (
    Account,
    Segment,
    base_charge,
    next_month,
    segments,
)
from livinglab.energy.tariff.discounts import Days, choices, totals
from livinglab.energy.tariff.tables import TariffBook

__all__ = [
    "MISSING",
    "Account",
    "price",
    "price_accounts",
    "price_period",
    "whole_kwh",
]

# In: kWh not known. Out: cannot be priced (kWh missing, or no table in force yet).
MISSING = -1
Won = NDArray[np.int64]
KWh = NDArray[np.integer[Any]]
Months = Sequence[date] | NDArray[np.datetime64]


def whole_kwh(kwh: NDArray[np.floating[Any]]) -> Won:
    """Whole kWh as billed: half up, below zero becomes zero, NaN becomes MISSING."""
    known = np.isfinite(kwh)
    rounded = np.floor(np.where(known, np.maximum(kwh, 0.0), 0.0) + 0.5)
    return np.where(known, rounded, MISSING).astype(np.int64)


def price(book: TariffBook, account: Account, months: Months, kwh: KWh) -> Won:
    """Won of each calendar month's bill for one account.

    months: first days of the months (dates or datetime64[M]), shape (M,).
    kwh: whole kWh (see `whole_kwh`), shape (M,) or (M, …): the first axis is the
        month, further axes are free (expected, actual, both ends of the band …).
    Returns int64 won, 청구금액 incl. VAT and fund, in the shape of `kwh`; MISSING
    where the kWh is MISSING or no table was in force in that month. Every value of
    one row is priced with the table in force in that month: the constant tariff.
    """
    won = np.full(np.shape(kwh), MISSING, dtype=np.int64)
    for i, start in enumerate(_days(months)):
        won[i] = price_period(book, account, start, next_month(start), kwh[i])
    return won


def price_accounts(
    book: TariffBook, accounts: Sequence[Account], months: Months, kwh: KWh
) -> Won:
    """The same for many homes: kwh has shape (homes, months, …), so has the result.

    `accounts[i]` belongs to `kwh[i]`; homes with equal accounts are priced in one go.
    """
    won = np.full(np.shape(kwh), MISSING, dtype=np.int64)
    homes: dict[Account, list[int]] = {}
    for i, account in enumerate(accounts):
        homes.setdefault(account, []).append(i)
    for account, rows in homes.items():
        by_month = price(book, account, months, np.swapaxes(kwh[rows], 0, 1))
        won[rows] = np.swapaxes(by_month, 0, 1)
    return won


def price_period(
    book: TariffBook, account: Account, start: date, end: date, kwh: KWh
) -> Won:
    """Won of one bill period [start, end) for many kWh values of any shape."""
    use = np.asarray(kwh, dtype=np.int64)
    if not book.covers(account.kind, start):
        return np.full(use.shape, MISSING, dtype=np.int64)
    plan = _plan(book, account, start, end)
    flat = use.ravel()
    piece = np.searchsorted(plan.bounds, flat, side="left")
    won = np.full(flat.shape, MISSING, dtype=np.int64)
    for number in np.unique(piece[flat >= 0]):
        here = (piece == number) & (flat >= 0)
        won[here] = _total(plan, plan.pieces[int(number)], flat[here])
    return won.reshape(use.shape)


def _days(months: Months) -> list[date]:
    """First days as dates, from dates or datetime64 of any unit."""
    if isinstance(months, np.ndarray):
        months = months.astype("datetime64[D]").tolist()
    return [day.replace(day=1) for day in months]


# Percentages are kept to this many parts of one.
_FINE = 10_000


@dataclass(frozen=True)
class _Piece:
    """One stretch of kWh with fixed segments, all integers.

    segments: (days, ((width in kWh, rate in units of the scale), …)).
    base, idle: base charge with power factor, in won, with and without use.
    """

    segments: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    base: int
    idle: int


@dataclass(frozen=True)
class _SmallUse:
    up_to: int
    leaves: int
    won: int


@dataclass(frozen=True)
class _Discount:
    """Flat won, and a share of what is left with its cap (sums over the days)."""

    won: int
    percent: int
    cap: int | None


@dataclass(frozen=True)
class _Plan:
    """A period's bill as integers; `bounds[i]` is the last kWh of `pieces[i]`.

    scale: units of a won in every rate. Climate, fund, freeze and discounts are sums
    over the days, divided once at the end exactly as the oracle does it.
    """

    days: int
    scale: int
    bounds: Won
    pieces: tuple[_Piece, ...]
    climate: int
    fuel: int
    fund: int
    vat: int
    small: tuple[_SmallUse, ...]
    freeze: tuple[tuple[int, int], ...]
    options: tuple[tuple[_Discount, ...], ...]


def _total(plan: _Plan, piece: _Piece, kwh: Won) -> Won:
    """청구금액 for kWh values that all share the segments of one piece."""
    before = np.where(kwh == 0, piece.idle, piece.base)
    before += _energy(plan, piece, kwh) // plan.scale
    before += kwh * plan.climate // (plan.scale * plan.days)
    before += kwh * plan.fuel // plan.scale
    charge = np.maximum(before - _taken(plan, kwh, np.maximum(before, 0)), 0)
    vat = (2 * charge * plan.vat + 100 * _FINE) // (200 * _FINE)
    fund = charge * plan.fund // (1000 * _FINE * plan.days) * 10
    total: Won = (charge + vat + fund) // 10 * 10
    return total


def _energy(plan: _Plan, piece: _Piece, kwh: Won) -> Won:
    """Energy charge in units of the scale, shared out over segments and blocks."""
    n, last = plan.days, len(piece.segments) - 1
    rest, energy = kwh, np.zeros_like(kwh)
    for i, (days, blocks) in enumerate(piece.segments):
        share = (2 * kwh * days + n) // (2 * n)
        left = rest if i == last else np.minimum(share, rest)
        rest = rest - left
        for width, rate in blocks[:-1]:
            used = np.minimum((2 * width * days + n) // (2 * n), left)
            left = left - used
            energy += used * rate
        energy += left * blocks[-1][1]
    return energy


def _taken(plan: _Plan, kwh: Won, before: Won) -> Won:
    """Everything the discounts take off; the best allowed combination counts."""
    freeze, small, leaves = np.zeros((3, *kwh.shape), dtype=np.int64)
    for up_to, rate in plan.freeze:
        freeze += np.minimum(kwh, up_to) * rate
    for rule in plan.small:
        applies = kwh <= rule.up_to
        small += applies * rule.won
        leaves = np.maximum(leaves, applies * rule.leaves)
    left = before - np.minimum(freeze // (plan.scale * plan.days), before)
    left -= np.minimum(small // plan.days, np.maximum(left - leaves, 0))
    lowest = left
    for option in plan.options:
        lowest = np.minimum(lowest, _after(plan, option, left))
    result: Won = before - lowest
    return result


def _after(plan: _Plan, option: tuple[_Discount, ...], left: Won) -> Won:
    """What is left after one combination of discounts, one after the other."""
    for discount in option:
        share = left * discount.percent // (100 * _FINE * plan.days)
        if discount.cap is not None:
            share = np.minimum(share, discount.cap // plan.days)
        left = left - np.minimum(discount.won // plan.days + share, left)
    return left


@lru_cache(maxsize=4096)
def _plan(book: TariffBook, account: Account, start: date, end: date) -> _Plan:
    """Compile one account's bill of [start, end); kept, since months repeat."""
    kind = account.kind
    days = [start + timedelta(days=i) for i in range((end - start).days)]
    levies = [book.levies(day) for day in days]
    tables = [(book.discounts(day), day) for day in days]
    freeze = _freeze(tables, account)
    bounds = _bounds(book, kind, days)
    ladders = [segments(book, kind, start, end, kwh) for kwh in bounds]
    rates = [b.won_per_kwh for parts in ladders for part in parts for b in part.blocks]
    rates += [day.climate_won_per_kwh for day in levies]
    scale = _scale([*rates, levies[0].fuel_won_per_kwh, *(won for _kwh, won in freeze)])
    return _Plan(
        days=len(days),
        scale=scale,
        bounds=np.array(bounds[:-1], dtype=np.int64),
        pieces=tuple(_piece(book, account, parts, scale) for parts in ladders),
        climate=sum(_exact(day.climate_won_per_kwh, scale) for day in levies),
        fuel=_exact(levies[0].fuel_won_per_kwh, scale),
        fund=sum(_exact(day.fund_percent, _FINE) for day in levies),
        vat=_exact(levies[0].vat_percent, _FINE),
        small=_small(tables, account),
        freeze=tuple((up_to, _exact(rate, scale)) for up_to, rate in freeze),
        options=tuple(
            tuple(_discount(tables, name) for name in names)
            for names in choices(tables, kind, account.discounts)
        ),
    )


def _bounds(book: TariffBook, kind: str, days: list[date]) -> list[int]:
    """Every kWh at which some day's ladder steps, and one kWh above the last."""
    highs = {
        block.high
        for day in days
        for block in book.rates(kind, day).season(day.month).blocks
        if block.high is not None
    }
    return [*sorted(highs), max(highs, default=0) + 1]


def _piece(
    book: TariffBook, account: Account, parts: list[Segment], scale: int
) -> _Piece:
    return _Piece(
        tuple(
            (
                part.days,
                tuple(
                    ((b.high or 0) - b.low, _exact(b.won_per_kwh, scale))
                    for b in part.blocks
                ),
            )
            for part in parts
        ),
        base=sum(base_charge(book, account, parts, used=True)),
        idle=sum(base_charge(book, account, parts, used=False)),
    )


def _freeze(tables: Days, account: Account) -> list[tuple[int, Decimal]]:
    return [
        (table.freeze.up_to_kwh, table.freeze.won_per_kwh)
        for table, _day in tables
        if account.discounts and table.freeze and account.kind in table.freeze.kinds
    ]


def _small(tables: Days, account: Account) -> tuple[_SmallUse, ...]:
    """The reduction for small use: one for homes with, one for homes without."""
    won: dict[tuple[int, int], int] = {}
    for table, _day in tables:
        rule = table.small_use if account.discounts else table.essential
        if rule and account.kind in rule.won:
            key = rule.up_to_kwh, rule.leaves_won
            won[key] = won.get(key, 0) + rule.won[account.kind]
    return tuple(_SmallUse(*key, each) for key, each in won.items())


def _discount(tables: Days, name: str) -> _Discount:
    flat, percent, cap = totals(tables, name)
    return _Discount(flat, _exact(percent, _FINE), cap)


def _scale(rates: list[Decimal]) -> int:
    """Units of a won in which every rate is whole: tenths, or finer if need be."""
    exponents = [rate.normalize().as_tuple().exponent for rate in rates]
    finest = min((each for each in exponents if isinstance(each, int)), default=0)
    return int(10 ** max(1, -finest))


def _exact(number: Decimal, scale: int) -> int:
    scaled = number * scale
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{number} has more digits than 1/{scale}")
    return int(scaled)
