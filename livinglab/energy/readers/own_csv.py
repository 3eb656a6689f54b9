"""Reads back, exactly, the CSV this service gives out (pure)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from zoneinfo import ZoneInfo

from livinglab.energy.readers.limits import (
    MAX_READINGS,
    Limits,
    refuse_future,
    refuse_negative,
)
from livinglab.energy.readers.source import Source
from livinglab.energy.readers.summary import figures, main_stream
from livinglab.energy.readers.understood import (
    FileRead,
    Note,
    Stream,
    Understood,
    Unreadable,
)
from livinglab.energy.usage.blocks import best_of_each, intervals

HEADER = (
    "start", "end", "value", "unit", "quality", "kind", "commodity", "flow", "won",
)  # fmt: skip
INTERVAL, REGISTER, BILL = "interval", "register", "bill"
_Columns = tuple[list[int], list[int], list[int], list[int]]
# Thousandths of the unit a meter keeps: the file says kWh, the meter Wh.
_SCALE = {"kWh": 1_000_000}


def is_own_csv(source: Source) -> bool:
    """Whether the first line is the header of this service's own export."""
    first = next(islice(source.lines(), 1), "")
    return tuple(first.strip().split(",")) == HEADER


def read_own_csv(
    source: Source,
    *,
    answers: Mapping[str, str],
    zone: ZoneInfo,
    now: int,
    limits: Limits,
) -> FileRead:
    """The intervals of an export; readings and bills in it are counted, not taken."""
    columns: dict[tuple[str, str, str], _Columns] = {}
    others = {REGISTER: 0, BILL: 0}
    reader = csv.reader(source.lines())
    try:
        for row in islice(reader, 1, None):
            _take(row, columns, others)
            if reader.line_num > MAX_READINGS:
                raise Unreadable("too_many", readings=MAX_READINGS)
    except (csv.Error, ValueError, InvalidOperation, KeyError) as problem:
        raise Unreadable("broken_csv", line=reader.line_num) from problem
    streams = [Stream(*key, intervals(*parts)) for key, parts in columns.items()]
    if not streams:
        raise Unreadable("no_readings")
    for stream in streams:
        refuse_future(stream.intervals, now)
        refuse_negative(stream.intervals)
    return FileRead(_preview(source, streams, others, zone), tuple(streams))


def _preview(
    source: Source, streams: list[Stream], others: dict[str, int], zone: ZoneInfo
) -> Understood:
    main = main_stream(streams)
    count = sum(len(stream.intervals) for stream in streams)
    kept = sum(len(best_of_each(stream.intervals)) for stream in streams)
    notes = [
        Note("also_in_file", {"kind": kind, "count": number})
        for kind, number in others.items()
        if number
    ]
    return Understood(
        format="livinglab_csv",
        encoding=source.encoding,
        blocks=len(streams),
        readings=count,
        duplicates=count - kept,
        hour_rule="range",
        notes=tuple(notes),
        **figures(main, zone),
    )


def _take(
    row: list[str],
    columns: dict[tuple[str, str, str], _Columns],
    others: dict[str, int],
) -> None:
    start, end, value, unit, quality, kind, commodity, flow, _ = row
    if kind != INTERVAL:
        others[kind] += 1
        return
    own_unit = "Wh" if unit == "kWh" else unit
    begin = _seconds(start)
    starts, durations, values, qualities = columns.setdefault(
        (commodity, flow, own_unit), ([], [], [], [])
    )
    starts.append(begin)
    durations.append(_seconds(end) - begin)
    values.append(_thousandths(value, _SCALE.get(unit, 1000)))
    qualities.append(int(quality))


def _seconds(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return int(moment.timestamp())


def _thousandths(text: str, scale: int) -> int:
    exact = Decimal(text) * scale
    if exact != exact.to_integral_value():
        raise ValueError(text)
    return int(exact)
