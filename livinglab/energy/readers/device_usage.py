"""Intervals as devices send them: checked one by one, told apart by index (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from livinglab.energy.readers.limits import DAY_S, Limits
from livinglab.energy.usage.blocks import LONGEST_DAILY_S, Intervals, intervals

MOST_INTERVALS = 10_000
MWH = {"Wh": 1_000, "kWh": 1_000_000, "mWh": 1}
_EARLIEST = 946_684_800  # 2000-01-01: before it no meter of this service counted


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one interval; index -1 is the whole message."""

    index: int
    field: str
    code: str


class _Bad(ValueError):
    def __init__(self, field: str, code: str) -> None:
        super().__init__(code)
        self.field = field
        self.code = code


def read_device_rows(
    rows: Sequence[object], *, unit: str, now: int, limits: Limits
) -> tuple[Intervals, list[RowError]]:
    """Columns of `{start, duration_s, value, quality}` objects, and every error."""
    if unit not in MWH:
        return intervals([], [], []), [RowError(-1, "unit", "unknown_unit")]
    if not rows or len(rows) > MOST_INTERVALS:
        code = "too_many" if rows else "empty"
        return intervals([], [], []), [RowError(-1, "intervals", code)]
    good: list[tuple[int, int, int, int]] = []
    errors: list[RowError] = []
    for index, row in enumerate(rows):
        try:
            good.append(_interval(row, MWH[unit], now, limits))
        except _Bad as bad:
            errors.append(RowError(index, bad.field, bad.code))
    starts, durations, values, qualities = (
        zip(*good, strict=True) if good else ([],) * 4
    )
    return intervals(starts, durations, values, qualities), errors


def _interval(
    row: object, scale: int, now: int, limits: Limits
) -> tuple[int, int, int, int]:
    if not isinstance(row, dict):
        raise _Bad("", "not_an_object")
    start = _start(row.get("start"))
    duration = _whole(row.get("duration_s"), "duration_s")
    quality = _whole(row.get("quality", 0), "quality")
    value = _value(row.get("value"), scale)
    if not 1 <= duration <= LONGEST_DAILY_S:
        raise _Bad("duration_s", "out_of_range")
    if not 0 <= quality <= 19:
        raise _Bad("quality", "out_of_range")
    if start < _EARLIEST:
        raise _Bad("start", "too_early")
    if start + duration > now + DAY_S:
        raise _Bad("start", "future")
    if value > limits.max_kw * 1e6 * duration / 3600:
        raise _Bad("value", "implausible")
    return start, duration, value, quality


def _start(said: object) -> int:
    if isinstance(said, int) and not isinstance(said, bool):
        return said
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError as problem:
        raise _Bad("start", "not_a_time") from problem
    if moment.tzinfo is None:
        raise _Bad("start", "no_zone")
    if moment.microsecond:
        raise _Bad("start", "not_a_whole_second")
    return int(moment.timestamp())


def _whole(said: object, field: str) -> int:
    if isinstance(said, bool) or not isinstance(said, int):
        raise _Bad(field, "not_a_whole_number")
    return said


def _value(said: object, scale: int) -> int:
    if isinstance(said, bool) or not isinstance(said, int | float | str | Decimal):
        raise _Bad("value", "not_a_number")
    try:
        exact = Decimal(str(said)) * scale
    except InvalidOperation as problem:
        raise _Bad("value", "not_a_number") from problem
    if not exact.is_finite():
        raise _Bad("value", "not_a_number")
    if exact < 0:
        raise _Bad("value", "negative")
    if exact > 2**53:
        raise _Bad("value", "implausible")
    return int(exact.to_integral_value())
