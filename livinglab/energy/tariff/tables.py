"""Dated tariff tables as plain data, and the book that finds the one in force.

Three sorts of table, each valid from a usage day until the next of its kind:
`residential_*` and `general_*` (base charge, seasons, blocks), `levies` (climate,
fuel, fund, VAT; common to all) and `discounts`. A document that makes no sense is
refused with a sentence by `tariff_reader`; `tariff_golden` proves that a table also
computes right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

LEVIES = "levies"
DISCOUNTS = "discounts"
FAMILY, WELFARE = "family", "welfare"
RATE_KINDS = (
    "residential_low",
    "residential_high",
    "general_a1_low",
    "general_a1_high_a_1",
    "general_a1_high_a_2",
    "general_a1_high_b_1",
    "general_a1_high_b_2",
)
KINDS = (*RATE_KINDS, LEVIES, DISCOUNTS)


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; the faces translate it (no Django here)."""
    return text


class TableError(ValueError):
    """A table cannot be used. `template` is the sentence, `facts` fill its places."""

    def __init__(self, template: str, **facts: object) -> None:
        super().__init__(template % facts)
        self.template = template
        self.facts = facts


class NoTable(LookupError):
    """No table of this kind was in force on that day."""

    def __init__(self, kind: str, day: date) -> None:
        super().__init__(f"no tariff table {kind} in force on {day}")
        self.kind = kind
        self.day = day


@dataclass(frozen=True)
class Origin:
    """Where a table comes from and when a person last looked at that source."""

    kind: str
    valid_from: date
    source: str
    checked_on: date


@dataclass(frozen=True)
class Block:
    """One step of the ladder: kWh above `low` up to `high` (None: no end)."""

    low: int
    high: int | None
    won_per_kwh: Decimal
    base_won: int


@dataclass(frozen=True)
class Season:
    name: str
    months: frozenset[int]
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class PowerFactor:
    """Points below the two targets raise the base charge, points above lower it."""

    lagging: Decimal
    leading: Decimal
    percent_per_point: Decimal


@dataclass(frozen=True)
class Rates:
    """Base charge and energy rates of one contract kind."""

    origin: Origin
    seasons: tuple[Season, ...]
    won_per_kw: Decimal | None = None
    no_use_base_percent: Decimal = Decimal(100)
    power_factor: PowerFactor | None = None

    def season(self, month: int) -> Season:
        return next(each for each in self.seasons if month in each.months)


@dataclass(frozen=True)
class Levies:
    """What every kind pays on top, in won per kWh or percent of the charge."""

    origin: Origin
    climate_won_per_kwh: Decimal
    fuel_won_per_kwh: Decimal
    fund_percent: Decimal
    vat_percent: Decimal


@dataclass(frozen=True)
class Discount:
    """One discount a home can have: either flat won or a percentage with a cap."""

    name: str
    group: str
    adds: bool
    kinds: frozenset[str]
    won: int | None = None
    summer_won: int | None = None
    percent: Decimal | None = None
    cap_won: int | None = None


@dataclass(frozen=True)
class SmallUse:
    """So many won off for homes at or under so many kWh, by kind."""

    up_to_kwh: int
    won: Mapping[str, int]
    leaves_won: int = 0


@dataclass(frozen=True)
class Freeze:
    """A rise that discounted homes do not pay on their first kWh."""

    up_to_kwh: int
    won_per_kwh: Decimal
    kinds: frozenset[str]


@dataclass(frozen=True)
class Discounts:
    origin: Origin
    summer_months: frozenset[int]
    rows: tuple[Discount, ...]
    essential: SmallUse | None = None
    small_use: SmallUse | None = None
    freeze: Freeze | None = None

    def row(self, name: str) -> Discount | None:
        return next((each for each in self.rows if each.name == name), None)


Table = Rates | Levies | Discounts


@dataclass(frozen=True)
class TariffBook:
    """All tables, each kind by rising day. Compared by identity: build it once."""

    tables: Mapping[str, Sequence[Table]]
    _days: Mapping[str, Sequence[date]] = field(init=False, repr=False)
    _found: dict[tuple[str, date], Table] = field(
        init=False, repr=False, default_factory=dict
    )

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __post_init__(self) -> None:
        days = {
            kind: [table.origin.valid_from for table in tables]
            for kind, tables in self.tables.items()
        }
        object.__setattr__(self, "_days", days)

    @classmethod
    def of(cls, tables: Iterable[Table]) -> TariffBook:
        """A book of these tables; the same kind twice from one day is refused."""
        by_kind: dict[str, list[Table]] = {}
        for table in sorted(tables, key=lambda each: each.origin.valid_from):
            row = by_kind.setdefault(table.origin.kind, [])
            if row and row[-1].origin.valid_from == table.origin.valid_from:
                raise TableError(
                    gettext_noop(
                        "There are two tables %(kind)s valid from %(day)s. "
                        "Please withdraw one of them."
                    ),
                    kind=table.origin.kind,
                    day=table.origin.valid_from,
                )
            row.append(table)
        return cls(by_kind)

    def with_table(self, table: Table) -> TariffBook:
        """A new book with one table more."""
        return TariffBook.of([*self.all(), table])

    def all(self) -> list[Table]:
        return [table for tables in self.tables.values() for table in tables]

    def kinds(self) -> list[str]:
        """The contract kinds that can be priced."""
        return [kind for kind in RATE_KINDS if kind in self.tables]

    def discount_names(self, kind: str) -> list[str]:
        """Every discount this kind has or had, in the order of the tables."""
        names = {
            row.name: None
            for table in self.tables.get(DISCOUNTS, ())
            if isinstance(table, Discounts)
            for row in table.rows
            if kind in row.kinds
        }
        return list(names)

    def rates(self, kind: str, day: date) -> Rates:
        table = self._at(kind, day)
        assert isinstance(table, Rates)
        return table

    def levies(self, day: date) -> Levies:
        table = self._at(LEVIES, day)
        assert isinstance(table, Levies)
        return table

    def discounts(self, day: date) -> Discounts:
        table = self._at(DISCOUNTS, day)
        assert isinstance(table, Discounts)
        return table

    def covers(self, kind: str, day: date) -> bool:
        """Whether a bill of this kind that starts on this day can be priced."""
        return all(
            days and days[0] <= day
            for days in (self._days.get(k) for k in (kind, LEVIES, DISCOUNTS))
        )

    def _at(self, kind: str, day: date) -> Table:
        """The table in force; asked for the same days again and again."""
        found = self._found.get((kind, day))
        if found is None:
            place = bisect_right(self._days.get(kind, ()), day)
            if not place:
                raise NoTable(kind, day)
            found = self._found[kind, day] = self.tables[kind][place - 1]
        return found
