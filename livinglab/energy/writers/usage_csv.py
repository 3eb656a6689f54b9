"""Writes a home's energy data as CSV a spreadsheet opens and this service reads (pure).

Columns: start, end, value, unit, quality, kind, commodity, flow, won. `kind` is
`interval`, `register` (a value read off the meter, no end) or `bill`. Times carry their
zone; values are exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from livinglab.energy.readers.own_csv import BILL, HEADER, INTERVAL, REGISTER
from livinglab.energy.usage.blocks import Intervals
from livinglab.energy.writers.green_button import BillOut, MeterOut

BOM = "\ufeff"
_ROWS_AT_ONCE = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """A cell that a spreadsheet shows and does not run; quoted where needed."""
    if text.startswith(_FORMULA):
        text = "'" + text
    if any(sign in text for sign in ',"\n\r'):
        text = '"' + text.replace('"', '""') + '"'
    return text


def usage_csv(meters: Sequence[MeterOut], bills: Sequence[BillOut]) -> Iterator[str]:
    """The text of the file, a thousand rows at a time."""
    yield BOM + ",".join(HEADER) + "\r\n"
    for meter in meters:
        yield from _intervals(meter)
        yield from _registers(meter)
    yield "".join(map(_bill, bills))


def _intervals(meter: MeterOut) -> Iterator[str]:
    kwh = meter.unit == "Wh"
    unit, digits = ("kWh", 6) if kwh else (meter.unit, 3)
    tail = f"{INTERVAL},{safe_cell(meter.commodity)},{safe_cell(meter.flow)},\r\n"
    for begin in range(0, len(meter.intervals), _ROWS_AT_ONCE):
        part = meter.intervals.take(slice(begin, begin + _ROWS_AT_ONCE))
        yield "".join(_interval_rows(part, meter.zone, digits, unit, tail))


def _interval_rows(
    part: Intervals, zone: ZoneInfo, digits: int, unit: str, tail: str
) -> Iterator[str]:
    for start, duration, value, quality in part.rows():
        begin, end = _moment(start, zone), _moment(start + duration, zone)
        amount = decimal_text(value, digits)
        yield f"{begin},{end},{amount},{safe_cell(unit)},{quality},{tail}"


def _registers(meter: MeterOut) -> Iterator[str]:
    for moment, kwh in meter.registers:
        yield (
            f"{_moment(moment, meter.zone)},,{kwh},kWh,7,{REGISTER},"
            f"{safe_cell(meter.commodity)},{safe_cell(meter.flow)},\r\n"
        )


def _bill(bill: BillOut) -> str:
    won = "" if bill.won is None else str(bill.won)
    quality = 8 if bill.is_estimate else 0
    return (
        f"{bill.start},{bill.end},{bill.kwh},kWh,{quality},{BILL},electricity,import,"
        f"{won}\r\n"
    )


def _moment(seconds: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(zone).isoformat()


def decimal_text(value: int, digits: int) -> str:
    """A whole number of 10^-digits as a plain decimal without needless zeros."""
    return format(Decimal(value).scaleb(-digits).normalize(), "f")
