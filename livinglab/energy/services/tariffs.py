"""Verbs of dated rules: add, correct and withdraw tariff tables without a release."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from livinglab.energy.errors import TariffTableRefused
from livinglab.energy.models import TariffTable
from livinglab.energy.selectors.tariffs import document_of
from livinglab.energy.services.savings import mark_tariff_due
from livinglab.energy.tariff.golden import Document, prove
from livinglab.energy.tariff.tables import TableError, TariffBook
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

Json = Mapping[str, Any]


@transaction.atomic
def add_tariff_table(
    *,
    kind: str,
    valid_from: date,
    rates: Json,
    vectors: Sequence[Json],
    source: str,
    checked_on: date,
    by: Person,
) -> TariffTable:
    """Put a new table in force from a day and mark exactly what it changes."""
    require(by, "energy.change_tariffs")
    if TariffTable.objects.filter(kind=kind, valid_from=valid_from).exists():
        raise TariffTableRefused(
            _(
                "A table of this kind is already valid from that day. "
                "Please correct it, or choose another day."
            )
        )
    document = Document(kind, valid_from, source, checked_on, rates, vectors)
    check_document(document)
    table = _write(TariffTable(kind=kind, valid_from=valid_from), document, by)
    mark_tariff_due(kind, valid_from)
    return table


@transaction.atomic
def correct_tariff_table(
    table: TariffTable,
    *,
    rates: Json,
    vectors: Sequence[Json],
    source: str,
    checked_on: date,
    by: Person,
) -> TariffTable:
    """Correct what a table says; its kind and first day stay as they are."""
    require(by, "energy.change_tariffs", table)
    document = Document(
        table.kind, table.valid_from, source, checked_on, rates, vectors
    )
    check_document(document, instead_of=table)
    changes_bills = table.rates != rates
    _write(table, document, by)
    if changes_bills:
        mark_tariff_due(table.kind, table.valid_from)
    return table


@transaction.atomic
def withdraw_tariff_table(table: TariffTable, *, by: Person) -> None:
    """Take a table back; the one before it is in force again from that day."""
    require(by, "energy.change_tariffs", table)
    earlier = TariffTable.objects.filter(
        kind=table.kind, valid_from__lt=table.valid_from
    )
    if not earlier.exists():
        raise TariffTableRefused(
            _("This is the oldest table of its kind; bills of its time need it.")
        )
    table.delete()
    mark_tariff_due(table.kind, table.valid_from)


def check_document(
    document: Document, *, instead_of: TariffTable | None = None
) -> None:
    """Refuse a table that cannot be read or whose golden vectors do not come out."""
    rows = TariffTable.objects.all()
    if instead_of is not None:
        rows = rows.exclude(pk=instead_of.pk)
    try:
        standing = [document_of(row).table() for row in rows]
        prove(TariffBook.of([*standing, document.table()]), document)
    except TableError as error:
        raise TariffTableRefused(_(error.template) % error.facts) from error


@transaction.atomic
def write_shipped_tables(documents: Iterable[Document]) -> int:
    """Bring the shipped tables into the database; what people added stays theirs."""
    known = {(row.kind, row.valid_from): row for row in TariffTable.objects.all()}
    written = 0
    for document in documents:
        table = document.table().origin
        row = known.get((table.kind, table.valid_from))
        if row is not None and (row.added_by_id or _same(row, document)):
            continue
        row = row or TariffTable(kind=table.kind, valid_from=table.valid_from)
        is_new, old = row.pk is None, row.rates
        _write(row, document, None)
        if is_new or old != document.rates:
            mark_tariff_due(table.kind, table.valid_from)
        written += 1
    return written


def _same(row: TariffTable, document: Document) -> bool:
    return (row.rates, row.vectors, row.source, row.checked_on) == (
        document.rates,
        document.vectors,
        document.source,
        document.table().origin.checked_on,
    )


def _write(row: TariffTable, document: Document, by: Person | None) -> TariffTable:
    row.rates, row.vectors = document.rates, document.vectors
    row.source, row.checked_on = document.source, document.table().origin.checked_on
    row.added_by = by
    row.save()
    return row
