"""What a home's discounts take off a bill, in the order KEPCO applies them.

First the freeze of a rise, then the reduction for homes of 200 kWh or less, then
flat welfare amounts, then percentages of what is left. A welfare discount that does
not add to a family discount competes with it and the larger counts. Amounts, caps
and percentages are weighted by days where they change inside the period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from livinglab.energy.tariff.tables import (
    FAMILY,
    WELFARE,
    Discount,
    Discounts,
    SmallUse,
)

ZERO = Decimal(0)
FREEZE, SMALL_USE, ESSENTIAL = "freeze", "small_use", "essential"
Days = Sequence[tuple[Discounts, date]]
Taken = tuple[tuple[str, int], ...]


class UnknownDiscount(LookupError):
    """This contract kind has no such discount on any day of the bill."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"{kind} has no discount {name}")
        self.kind = kind
        self.name = name


def floor(won: Decimal) -> int:
    return int(won.to_integral_value(ROUND_FLOOR))


def half_up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))


def discounts_of(
    days: Days, kind: str, names: frozenset[str], kwh: int, before: int
) -> Taken:
    """(name, won) of everything taken off `before`; empty amounts are left out."""
    before = max(before, 0)
    if not names:
        won = _small_use(days, lambda table: table.essential, kind, kwh, before)
        return ((ESSENTIAL, won),) if won else ()
    freeze = min(_freeze(days, kind, kwh), before)
    small = _small_use(days, lambda table: table.small_use, kind, kwh, before - freeze)
    left = before - freeze - small
    chosen = max(
        (_take(days, choice, left) for choice in choices(days, kind, names)),
        key=lambda taken: sum(won for _name, won in taken),
    )
    taken = ((FREEZE, freeze), (SMALL_USE, small), *chosen)
    return tuple((name, won) for name, won in taken if won)


def choices(days: Days, kind: str, names: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Every allowed combination: none, one, or an adding welfare plus a family one."""
    rows = [_row(days, kind, name) for name in sorted(names)]
    family = [row.name for row in rows if row.group == FAMILY]
    welfare = [row for row in rows if row.group == WELFARE]
    yield ()
    yield from ((row.name,) for row in rows)
    for row in welfare:
        if row.adds:
            yield from ((row.name, name) for name in family)


def _row(days: Days, kind: str, name: str) -> Discount:
    for table, _day in days:
        row = table.row(name)
        if row and kind in row.kinds:
            return row
    raise UnknownDiscount(kind, name)


def _take(days: Days, names: tuple[str, ...], left: int) -> Taken:
    taken = []
    for name in names:
        won = min(_amount(days, name, left), left)
        taken.append((name, won))
        left -= won
    return tuple(taken)


def _amount(days: Days, name: str, left: int) -> int:
    """Flat won of the day, or the percentage of what is left up to its cap."""
    flat, percent, cap = totals(days, name)
    share = floor(left * percent / (100 * len(days)))
    if cap is not None:
        share = min(share, cap // len(days))
    return flat // len(days) + share


def totals(days: Days, name: str) -> tuple[int, Decimal, int | None]:
    """Sums over the days: flat won, percent, cap in won (None: there is no cap)."""
    flat, percent, cap, capped = 0, ZERO, 0, True
    for table, day in days:
        row = table.row(name)
        if row is None:
            continue
        if row.percent is None:
            summer = day.month in table.summer_months
            flat += (row.summer_won if summer else row.won) or 0
        else:
            percent += row.percent
            cap += row.cap_won or 0
            capped = capped and row.cap_won is not None
    return flat, percent, cap if percent and capped else None


def _freeze(days: Days, kind: str, kwh: int) -> int:
    won = ZERO
    for table, _day in days:
        if table.freeze and kind in table.freeze.kinds:
            won += min(kwh, table.freeze.up_to_kwh) * table.freeze.won_per_kwh
    return floor(won / len(days))


def _small_use(
    days: Days,
    rule: Callable[[Discounts], SmallUse | None],
    kind: str,
    kwh: int,
    before: int,
) -> int:
    """The reduction for small use; it leaves the lowest charge untouched."""
    won, leaves = 0, 0
    for table, _day in days:
        small = rule(table)
        if small and kwh <= small.up_to_kwh and kind in small.won:
            won += small.won[kind]
            leaves = max(leaves, small.leaves_won)
    return min(won // len(days), max(before - leaves, 0))
