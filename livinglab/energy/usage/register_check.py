"""What a new register value means beside those before and after it (pure).

Values are kWh as on the meter; times are UTC seconds. A value smaller than the one
before is a rollover, a new meter, or a slip of the pen; a very large step is most often
the last digit read as a whole one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

DAY_S = 86_400
MOST_KWH_A_DAY = 100
UNUSUAL_FACTOR = 3
_ENOUGH_PAIRS = 3
OK, SMALLER, ROLLOVER, SLIP = "ok", "smaller", "rollover_or_change", "decimal_slip"


@dataclass(frozen=True, slots=True)
class Value:
    """One reading: when, what the register showed, and what changed since the last."""

    at: int
    kwh: Decimal
    rolled_over: bool = False
    old_final: Decimal | None = None
    new_first: Decimal | None = None


def used_between(before: Value, after: Value, digits: int) -> Decimal:
    """kWh that went through between two readings; negative when it cannot be."""
    if after.old_final is not None:
        new_first = after.kwh if after.new_first is None else after.new_first
        return (after.old_final - before.kwh) + (after.kwh - new_first)
    if after.rolled_over:
        return after.kwh + Decimal(10) ** digits - before.kwh
    return after.kwh - before.kwh


def judge(
    before: Value | None, new: Value, after: Value | None, digits: int, usual: float
) -> str:
    """OK, or the question to ask; `usual` is the home's kWh a day, 0 when unknown."""
    for first, second in ((before, new), (new, after)):
        if first is None or second is None:
            continue
        used = used_between(first, second, digits)
        if used < 0:
            return _what_fell(first, second, digits, usual)
        if _too_much(used, second.at - first.at, usual):
            return SLIP
    return OK


def _what_fell(before: Value, after: Value, digits: int, usual: float) -> str:
    """A rollover is possible when the old value was close enough to the last number."""
    days = max(after.at - before.at, DAY_S) / DAY_S
    most = Decimal(days * max(UNUSUAL_FACTOR * usual, MOST_KWH_A_DAY))
    rolled = after.kwh + Decimal(10) ** digits - before.kwh
    return ROLLOVER if rolled <= most else SMALLER


def _too_much(used: Decimal, seconds: int, usual: float) -> bool:
    a_day = float(used) / (max(seconds, DAY_S) / DAY_S)
    return a_day > MOST_KWH_A_DAY or (usual > 0 and a_day > UNUSUAL_FACTOR * usual)


def usual_kwh_a_day(values: Sequence[Value], digits: int) -> float:
    """The median use a day between readings a day and more apart; 0 from too few."""
    rates = []
    for before, after in zip(values, values[1:], strict=False):
        seconds = after.at - before.at
        used = used_between(before, after, digits)
        if seconds >= DAY_S and used >= 0:
            rates.append(float(used) * DAY_S / seconds)
    return median(rates) if len(rates) >= _ENOUGH_PAIRS else 0.0
