"""Golden vectors: published bills that a tariff table must give before it is used."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from livinglab.energy.tariff.bill import Account, bill
from livinglab.energy.tariff.discounts import UnknownDiscount
from livinglab.energy.tariff.reader import read_table
from livinglab.energy.tariff.tables import (
    RATE_KINDS,
    NoTable,
    Table,
    TableError,
    TariffBook,
    gettext_noop,
)


@dataclass(frozen=True)
class Vector:
    """One bill with the parts it must have; `within` won for bills split by days."""

    account: Account
    start: date
    end: date
    kwh: int
    parts: Mapping[str, int]
    within: int = 0


@dataclass(frozen=True)
class Document:
    """One dated table as it stands in a seed file or a database row."""

    kind: str
    valid_from: date | str
    source: str
    checked_on: date | str
    rates: Mapping[str, Any]
    vectors: Sequence[Mapping[str, Any]]

    def table(self) -> Table:
        return read_table(
            self.kind,
            self.valid_from,
            self.rates,
            source=self.source,
            checked_on=self.checked_on,
        )


def read_documents(folder: Path) -> list[Document]:
    """Every table of a seed folder, file by file in order of name."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        documents += [Document(content["kind"], **entry) for entry in content["tables"]]
    return documents


def load_book(documents: Iterable[Document]) -> TariffBook:
    """A book of all documents, refused when any golden vector does not come out."""
    documents = list(documents)
    book = TariffBook.of(document.table() for document in documents)
    for document in documents:
        prove(book, document)
    return book


def prove(book: TariffBook, document: Document) -> None:
    """Refuse a table without a vector of its own days, or with one that fails."""
    if not isinstance(document.vectors, list) or not document.vectors:
        raise TableError(
            gettext_noop(
                "A table needs at least one golden vector: a bill it must give, with "
                "its days, its kWh and its total."
            )
        )
    valid_from = document.table().origin.valid_from
    for entry in document.vectors:
        vector = read_vector(document.kind, entry)
        if vector.end <= valid_from:
            raise TableError(
                gettext_noop(
                    "The golden vector of %(start)s ends before the table begins."
                ),
                start=vector.start,
            )
        check(book, vector)


def check(book: TariffBook, vector: Vector) -> None:
    """Refuse when the bill of this vector comes out differently."""
    try:
        found = bill(book, vector.account, vector.start, vector.end, vector.kwh).parts()
    except NoTable as error:
        raise TableError(
            gettext_noop(
                "The golden vector of %(start)s needs a table %(kind)s that is not "
                "there."
            ),
            start=vector.start,
            kind=error.kind,
        ) from None
    except UnknownDiscount as error:
        raise TableError(
            gettext_noop("There is no discount “%(name)s” for %(kind)s."),
            name=error.name,
            kind=error.kind,
        ) from None
    for part, wanted in vector.parts.items():
        if abs(found.get(part, 0) - wanted) > vector.within:
            raise TableError(
                gettext_noop(
                    "The golden vector of %(start)s, %(kwh)s kWh does not come out: "
                    "“%(part)s” is %(found)s won, the vector says %(wanted)s."
                ),
                start=vector.start,
                kwh=vector.kwh,
                part=part,
                found=found.get(part, 0),
                wanted=wanted,
            )


def read_vector(kind: str, entry: Mapping[str, Any]) -> Vector:
    """A vector from its JSON object; levies and discounts name the kind they bill."""
    try:
        vector = _vector(kind, entry)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation):
        vector = None
    if vector is None or vector.end <= vector.start or vector.kwh < 0:
        raise TableError(
            gettext_noop(
                "This golden vector cannot be read: %(entry)s. It needs from, to, kwh "
                "and total or parts."
            ),
            entry=json.dumps(entry, ensure_ascii=False, default=str),
        )
    return vector


def _vector(kind: str, entry: Mapping[str, Any]) -> Vector:
    known = {"kind", "from", "to", "kwh", "total", "parts", "within", "source"}
    known |= {"discounts", "demand_kw", "lagging_pf", "leading_pf"}
    kind = str(entry.get("kind", kind))
    parts = dict(entry.get("parts", {}))
    if "total" in entry:
        parts["total"] = entry["total"]
    if set(entry) - known or kind not in RATE_KINDS or not parts:
        raise ValueError(entry)
    return Vector(
        Account(
            kind,
            frozenset(entry.get("discounts", [])),
            Decimal(str(entry.get("demand_kw", 0))),
            Decimal(str(entry.get("lagging_pf", 90))),
            Decimal(str(entry.get("leading_pf", 95))),
        ),
        date.fromisoformat(entry["from"]),
        date.fromisoformat(entry["to"]),
        int(entry["kwh"]),
        {name: int(won) for name, won in parts.items()},
        int(entry.get("within", 0)),
    )
