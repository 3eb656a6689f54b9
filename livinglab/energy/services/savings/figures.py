"""What is written of a home's month or twelve months, as rows rather than objects."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.models import Saving
from livinglab.energy.selectors.savings_inputs import next_month
from livinglab.energy.services.savings.pricing import UNPRICED
from livinglab.energy.tariff.tables import TariffBook

MONTH, TWELVE = str(Saving.Span.MONTH), str(Saving.Span.YEAR)

_THOUSANDTH = Decimal("0.001")


class Figure(NamedTuple):
    """Every column of `Saving` but its number, in the order they are written."""

    premises_id: int
    span: str
    month: date
    days: int
    days_possible: int
    expected_kwh: Decimal | None
    actual_kwh: Decimal | None
    saved_kwh: Decimal | None
    saved_kwh_low: Decimal | None
    saved_kwh_high: Decimal | None
    weather_kwh: Decimal | None
    expected_won: int | None
    actual_won: int | None
    saved_won: int | None
    saved_won_low: int | None
    saved_won_high: int | None
    co2_kg: Decimal | None
    schemes: dict[str, Any]
    is_weather_corrected: bool
    state: str
    method: str
    tariff: str
    computed_at: datetime


def kwh(wh: int) -> Decimal:
    """Whole Wh as kWh (or whole grams as kg), exactly."""
    return Decimal(wh) * _THOUSANDTH


def kwh_column(wh: NDArray[np.int64]) -> list[Decimal | None]:
    """A column of whole Wh as kWh, or of grams as kg."""
    return [Decimal(value) * _THOUSANDTH for value in wh.tolist()]


def known_kwh_column(
    wh: NDArray[np.int64], known: NDArray[np.bool_]
) -> list[Decimal | None]:
    """The same, None where nobody knows."""
    pairs = zip(wh.tolist(), known.tolist(), strict=True)
    return [Decimal(value) * _THOUSANDTH if here else None for value, here in pairs]


def won_column(won: NDArray[np.int64], priced: NDArray[np.bool_]) -> list[int | None]:
    """A column of won, None where nobody can say."""
    values = won.tolist()
    if bool(priced.all()):
        return values  # type: ignore[no-any-return]
    pairs = zip(values, priced.tolist(), strict=True)
    return [value if here else None for value, here in pairs]


def is_priced(actual: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(actual != UNPRICED)


@lru_cache(maxsize=4096)
def table_of(book: TariffBook, kind: str, month: date) -> str:
    """Which table prices the month."""
    if not book.covers(kind, month):
        return ""
    return f"{kind} {book.rates(kind, month).origin.valid_from}"


@lru_cache(maxsize=1024)
def days_of(month: date) -> int:
    return (next_month(month) - month).days
