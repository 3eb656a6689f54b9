"""What a reader understood of a file: one shape for every format.

The readers speak in codes and facts; the words for people are found on the other side
(`livinglab.energy.words`), in the language of whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from livinglab.energy.usage.blocks import Intervals

Fact = str | int | float | None


class Unreadable(Exception):
    """The file is refused as a whole: a code for the sentence, and its facts."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about the file."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question, with what it would mean."""

    value: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What only the person can know; nothing is stored before the answer."""

    code: str
    options: tuple[Option, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out, with its place, the reason and what stood there."""

    line: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing is known from start to end (UTC seconds)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """What intervals of one local month sum to, in thousandths of the unit."""

    month: str
    value: int
    readings: int
    days: int


@dataclass(frozen=True, slots=True)
class BillSeen:
    """A bill the file carries: information, never a reading."""

    start: int
    duration: int
    amount: Decimal | None
    currency: int | None
    quantity: Decimal | None
    unit: str

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "start": _iso(moment(self.start)),
            "end": _iso(moment(self.start + self.duration)),
            "amount": _decimal(self.amount),
            "currency": self.currency,
            "quantity": _decimal(self.quantity),
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Stream:
    """The intervals of one commodity in one direction."""

    commodity: str
    flow: str
    unit: str
    intervals: Intervals
    raw_sum: int | None = None

    @property
    def is_electricity_use(self) -> bool:
        return self.commodity == "electricity" and self.flow == "import"

    @property
    def quantity(self) -> Decimal:
        """The sum of all intervals in the unit."""
        return Decimal(int(self.intervals.value.sum())) / 1000


@dataclass(frozen=True, slots=True)
class Understood:
    """The preview of a file, ready to be shown or sent."""

    format: str
    encoding: str
    commodity: str = "electricity"
    flow: str = "import"
    unit: str = ""
    resolution_s: int | None = None
    blocks: int = 0
    readings: int = 0
    quantity: Decimal | None = None
    raw_sum: int | None = None
    first: datetime | None = None
    last: datetime | None = None
    last_end: datetime | None = None
    hour_rule: str = ""
    gaps: tuple[Gap, ...] = ()
    gap_seconds: int = 0
    duplicates: int = 0
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0
    estimated: int = 0
    months: tuple[MonthTotal, ...] = ()
    sample: tuple[tuple[int, int, int, int], ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    bills: tuple[BillSeen, ...] = ()

    @property
    def kwh(self) -> Decimal | None:
        """The sum in kWh; None for other commodities and before the unit is known."""
        if self.quantity is None or self.unit != "Wh":
            return None
        return self.quantity / 1000

    @property
    def is_answered(self) -> bool:
        return not self.questions

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON and for storing beside an upload."""
        return {
            **{name: getattr(self, name) for name in _AS_THEY_ARE},
            **{name: _iso(getattr(self, name)) for name in _MOMENTS},
            **{name: list(map(asdict, getattr(self, name))) for name in _ROWS},
            "kwh": _decimal(self.kwh),
            "quantity": _decimal(self.quantity),
            "gaps": [
                {"start": _iso(moment(gap.start)), "end": _iso(moment(gap.end))}
                for gap in self.gaps
            ],
            "sample": [list(row) for row in self.sample],
            "bills": [bill.as_json() for bill in self.bills],
        }


_AS_THEY_ARE = (
    "format", "encoding", "commodity", "flow", "unit", "resolution_s", "blocks",
    "readings", "raw_sum", "hour_rule", "gap_seconds", "duplicates", "estimated",
    "refused_count",
)  # fmt: skip
_MOMENTS = ("first", "last", "last_end")
_ROWS = ("refused", "months", "questions", "notes")


@dataclass(frozen=True, slots=True)
class FileRead:
    """The preview and, when no question is open, the intervals themselves."""

    understood: Understood
    streams: tuple[Stream, ...] = ()


def moment(seconds: int) -> datetime:
    """UTC seconds as a time of the world."""
    return datetime.fromtimestamp(seconds, tz=UTC)


def _iso(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")
