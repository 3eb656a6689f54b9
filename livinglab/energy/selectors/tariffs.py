"""The tariff book in force, how a home is billed, and the dated rules beside it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings

from livinglab.energy.models import (
    Co2Factor,
    Premises,
    PremisesDiscount,
    TariffTable,
    TipRule,
)
from livinglab.energy.outlook.tips import TipRule as TipFormula
from livinglab.energy.tariff.bill import Account
from livinglab.energy.tariff.golden import Document, load_book, read_documents
from livinglab.energy.tariff.incentives import Co2
from livinglab.energy.tariff.tables import WELFARE, TariffBook
from livinglab.kernel.stamps import stamps

LIFE_SUPPORT = "life_support"


def tariff_book(state: tuple[Any, ...] = ()) -> TariffBook:
    """Every table of the database as one book; the shipped tables before seeding.

    One short query tells whether anything changed since the book was built, so the
    same book, and the plans compiled from it, serve until a table is added. `state`
    is the answer of that query, where somebody asked it already.
    """
    count, newest = state or _state()
    return _book(count, newest) if count else shipped_book()


def _state() -> tuple[Any, ...]:
    return stamps("SELECT COUNT(*), MAX(updated_at) FROM energy_tarifftable")[0]


@lru_cache(maxsize=1)
def shipped_book() -> TariffBook:
    """The book of `seeds/tariffs`, every golden vector proved."""
    return load_book(read_documents(settings.SEEDS_DIR / "tariffs"))


@lru_cache(maxsize=2)
def _book(count: int, newest: Any) -> TariffBook:
    rows = TariffTable.objects.all()
    return TariffBook.of(document_of(row).table() for row in rows)


def document_of(row: TariffTable) -> Document:
    """A stored table as the document it was made from."""
    return Document(
        row.kind, row.valid_from, row.source, row.checked_on, row.rates, row.vectors
    )


def accounts_of(
    premises: Sequence[Premises], book: TariffBook | None = None
) -> list[Account]:
    """How each of these is billed, discounts included, in two queries for them all."""
    book = book or tariff_book()
    chosen = dict(
        PremisesDiscount.objects.filter(premises__in=premises).values_list(
            "premises_id", "names"
        )
    )
    return [_account(each, chosen.get(each.pk, ()), book) for each in premises]


def account_of(premises: Premises) -> Account:
    """How one home or facility is billed."""
    return accounts_of([premises])[0]


def _account(premises: Premises, names: Iterable[str], book: TariffBook) -> Account:
    kind = premises.tariff_kind
    known = frozenset(names) & frozenset(book.discount_names(kind))
    return Account(kind, known, premises.contract_kw or Decimal(0))


def needs_warmth(book: TariffBook, account: Account, day: date) -> bool:
    """Homes that no tip may tell to heat or cool less: welfare, life support."""
    if not account.discounts or not book.covers(account.kind, day):
        return False
    rows = book.discounts(day).rows
    protected = {row.name for row in rows if row.group == WELFARE} | {LIFE_SUPPORT}
    return bool(account.discounts & protected)


def last_checked(kind: str, day: date) -> date | None:
    """When a person last compared the tables of a day with their source."""
    book = tariff_book()
    if not book.covers(kind, day):
        return None
    tables = (book.rates(kind, day), book.levies(day), book.discounts(day))
    return min(table.origin.checked_on for table in tables)


def co2_factors() -> list[Co2]:
    """Every factor, for `incentives.co2_kg`."""
    return [
        Co2(day, kg)
        for day, kg in Co2Factor.objects.values_list("valid_from", "kg_per_kwh")
    ]


def tips_in_force(day: date) -> list[tuple[TipRule, TipFormula]]:
    """The newest shown rule of each tip on a day, with its formula."""
    newest: dict[str, TipRule] = {}
    for row in TipRule.objects.filter(valid_from__lte=day).order_by("valid_from"):
        newest[row.code] = row
    return [
        (row, TipFormula.read(row.code, row.rule))
        for row in newest.values()
        if row.is_shown
    ]
