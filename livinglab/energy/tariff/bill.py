"""The Korean electricity bill, part by part, in Decimal: the oracle of all won.

Rounding as KEPCO states it on its bills and calculator: every part down to the won,
VAT half up, fund and total down to ten won. A period that crosses a season or a
rate change is split by days (`segments`); the fuel rate is that of the first day;
climate, fund and discounts follow their rates day by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from livinglab.energy.tariff.discounts import ZERO, discounts_of, floor, half_up
from livinglab.energy.tariff.tables import (
    Block,
    Levies,
    Origin,
    Rates,
    TariffBook,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Account:
    """How one home or facility is billed.

    kind: a contract kind of the tables (`residential_low`, `general_a1_low`, …).
    discounts: names of the discount tables (`large_family`, …).
    demand_kw: contract power or billing demand; only the general kinds ask for it.
    """

    kind: str
    discounts: frozenset[str] = frozenset()
    demand_kw: Decimal = ZERO
    lagging_pf: Decimal = Decimal(90)
    leading_pf: Decimal = Decimal(95)


@dataclass(frozen=True)
class Segment:
    """Days of the period that share season and rates, with the blocks reached."""

    start: date
    days: int
    season: str
    blocks: tuple[Block, ...]
    won_per_kw: Decimal


@dataclass(frozen=True)
class Step:
    """kWh of one segment charged at one rate."""

    start: date
    days: int
    season: str
    tier: int
    kwh: int
    won_per_kwh: Decimal

    @property
    def won(self) -> Decimal:
        return self.kwh * self.won_per_kwh


@dataclass(frozen=True)
class Bill:
    """Every part of one bill, in won. Discounts are positive amounts taken off."""

    account: Account
    start: date
    end: date
    kwh: int
    base: int
    energy: int
    climate: int
    fuel: int
    power_factor: int
    discounts: tuple[tuple[str, int], ...]
    charge: int
    vat: int
    fund: int
    total: int
    steps: tuple[Step, ...]
    origins: tuple[Origin, ...]

    @property
    def tier(self) -> int:
        """The highest step of the ladder this use reaches, from 1."""
        return max(step.tier for step in self.steps)

    def parts(self) -> dict[str, int]:
        """The named parts, discounts as negative amounts, in the order of the bill."""
        return {
            "base": self.base,
            "energy": self.energy,
            "climate": self.climate,
            "fuel": self.fuel,
            "power_factor": self.power_factor,
            **{f"discount_{name}": -won for name, won in self.discounts},
            "charge": self.charge,
            "vat": self.vat,
            "fund": self.fund,
            "total": self.total,
        }


def bill(book: TariffBook, account: Account, start: date, end: date, kwh: int) -> Bill:
    """The bill of the days [start, end) for whole kWh.

    Raises NoTable before the first table, UnknownDiscount, ValueError for a period
    without days or for negative kWh. One call is one bill: tiers are those of a
    month whatever the length of the period, as on KEPCO's bills.
    """
    if end <= start or kwh < 0:
        raise ValueError("a bill needs at least one day and no negative kWh")
    days = [start + ONE_DAY * i for i in range((end - start).days)]
    levies = [book.levies(day) for day in days]
    parts = segments(book, account.kind, start, end, kwh)
    base, factor = base_charge(book, account, parts, used=kwh > 0)
    steps = tuple(_steps(parts, kwh))
    energy = floor(sum((step.won for step in steps), ZERO))
    climate = floor(kwh * _sum(day.climate_won_per_kwh for day in levies) / len(days))
    fuel = floor(kwh * levies[0].fuel_won_per_kwh)
    taken = discounts_of(
        [(book.discounts(day), day) for day in days],
        account.kind,
        account.discounts,
        kwh,
        base + energy + climate + fuel + factor,
    )
    charge = base + energy + climate + fuel + factor - sum(won for _name, won in taken)
    charge = max(charge, 0)
    vat = half_up(charge * levies[0].vat_percent / 100)
    fund = _fund(charge, levies)
    total = (charge + vat + fund) // 10 * 10
    return Bill(
        account=account, start=start, end=end, kwh=kwh,
        base=base, energy=energy, climate=climate, fuel=fuel, power_factor=factor,
        discounts=taken, charge=charge, vat=vat, fund=fund, total=total,
        steps=steps, origins=_origins(book, account.kind, days),
    )  # fmt: skip


def month_bill(book: TariffBook, account: Account, month: date, kwh: int) -> Bill:
    """The bill of the calendar month that begins on this first day."""
    return bill(book, account, month, next_month(month), kwh)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def segments(
    book: TariffBook, kind: str, start: date, end: date, kwh: int
) -> list[Segment]:
    """Runs of days whose price for this kWh is the same.

    Two seasons that differ only above the kWh used are one segment: winter differs
    from other months only above 1,000 kWh, so most bills are not split there.
    """
    runs: list[Segment] = []
    for first, days, rates in _stretches(book, kind, start, end):
        season = rates.season(first.month)
        reached = tuple(b for b in season.blocks if b.low < kwh or b.low == 0)
        here = Segment(first, days, season.name, reached, rates.won_per_kw or ZERO)
        if runs and _price_of(runs[-1], kwh) == _price_of(here, kwh):
            runs[-1] = replace(runs[-1], days=runs[-1].days + days)
        else:
            runs.append(here)
    return runs


def _stretches(
    book: TariffBook, kind: str, start: date, end: date
) -> Iterator[tuple[date, int, Rates]]:
    """(first day, days, rates) of days in one season under one table."""
    days = (start + ONE_DAY * i for i in range((end - start).days))
    found = ((day, book.rates(kind, day)) for day in days)
    for _same, group in groupby(
        found, key=lambda pair: (id(pair[1]), id(pair[1].season(pair[0].month)))
    ):
        pairs = list(group)
        yield pairs[0][0], len(pairs), pairs[0][1]


def tier_bounds(book: TariffBook, kind: str, start: date, end: date) -> tuple[int, ...]:
    """kWh at which each next step begins; over a season's edge weighted by days."""
    ladders = [
        [block.high for block in book.rates(kind, day).season(day.month).blocks[:-1]]
        for day in (start + ONE_DAY * i for i in range((end - start).days))
    ]
    common = min(len(ladder) for ladder in ladders)
    return tuple(
        half_up(Decimal(sum(ladder[i] or 0 for ladder in ladders)) / len(ladders))
        for i in range(common)
    )


def _price_of(segment: Segment, kwh: int) -> object:
    steps = [
        (kwh if block.high is None else min(block.high, kwh), block.won_per_kwh)
        + (block.base_won,)
        for block in segment.blocks
    ]
    return steps, segment.won_per_kw


def _steps(parts: list[Segment], kwh: int) -> Iterator[Step]:
    """Share the kWh over segments and blocks; none is lost, gained or negative."""
    period = sum(part.days for part in parts)
    rest = kwh
    for part in parts:
        share = Decimal(kwh * part.days) / period
        left = rest if part is parts[-1] else min(half_up(share), rest)
        rest -= left
        for tier, block in enumerate(part.blocks, start=1):
            used = left
            if block is not part.blocks[-1]:
                width = Decimal(((block.high or 0) - block.low) * part.days) / period
                used = min(half_up(width), left)
            left -= used
            yield Step(
                part.start, part.days, part.season, tier, used, block.won_per_kwh
            )


def base_charge(
    book: TariffBook, account: Account, parts: list[Segment], *, used: bool
) -> tuple[int, int]:
    """Base charge in won, and what the power factor adds to it or takes off."""
    rates = book.rates(account.kind, parts[0].start)
    period = sum(part.days for part in parts)
    weighted = _sum(
        (part.blocks[-1].base_won + part.won_per_kw * account.demand_kw) * part.days
        for part in parts
    )
    if not used:
        weighted = weighted * rates.no_use_base_percent / 100
    points = ZERO
    if target := rates.power_factor:
        points = target.lagging - account.lagging_pf
        points += target.leading - account.leading_pf
        points *= target.percent_per_point
    return floor(weighted / period), floor(weighted * points / (100 * period))


def _fund(charge: int, levies: list[Levies]) -> int:
    percent = _sum(day.fund_percent for day in levies)
    return floor(charge * percent / (1000 * len(levies))) * 10


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, ZERO)


def _origins(book: TariffBook, kind: str, days: list[date]) -> tuple[Origin, ...]:
    used = {
        id(table): table.origin
        for day in days
        for table in (book.rates(kind, day), book.levies(day), book.discounts(day))
    }
    return tuple(used.values())
