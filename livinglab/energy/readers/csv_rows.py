"""Turns the rows of a CSV file into columns of numbers; refuses bad rows singly."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice, repeat

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.readers import csv_cells as cells
from livinglab.energy.readers.csv_layout import Column, Layout
from livinglab.energy.readers.limits import MAX_LISTED, MAX_READINGS
from livinglab.energy.readers.source import Source
from livinglab.energy.readers.understood import RefusedRow, Unreadable
from livinglab.energy.usage.blocks import Ints

NOTHING_SAID = -(2**31)
_TOTALS = ("합계", "총계", "소계", "합 계", "total", "sum", "평균", "average")
_CACHE = 200_000
_CHUNK = 2048


@dataclass(slots=True)
class Rows:
    """One line a value: local seconds since year 1, the value as it stands, its place.

    `second` and `end` are NOTHING_SAID where the file says no time of day or no end,
    `offset` where it says no zone. A missing value is NaN.
    """

    day: array[int] = field(default_factory=lambda: array("i"))
    second: array[int] = field(default_factory=lambda: array("i"))
    end: array[int] = field(default_factory=lambda: array("i"))
    offset: array[int] = field(default_factory=lambda: array("i"))
    value: array[float] = field(default_factory=lambda: array("d"))
    quality: array[int] = field(default_factory=lambda: array("h"))
    customer: array[int] = field(default_factory=lambda: array("i"))
    line: array[int] = field(default_factory=lambda: array("i"))
    customers: list[str] = field(default_factory=list)
    customer_numbers: dict[str, int] = field(default_factory=dict)
    refused: list[RefusedRow] = field(default_factory=list)
    refused_count: int = 0
    months_named: bool = False

    def __len__(self) -> int:
        return len(self.value)

    def refuse(self, line: int, code: str, text: str) -> None:
        self.refused_count += 1
        if len(self.refused) < MAX_LISTED:
            self.refused.append(RefusedRow(line, code, text[:80]))

    def ints(self, name: str) -> Ints:
        return np.array(getattr(self, name), dtype=np.int64)

    def floats(self) -> NDArray[np.float64]:
        return np.array(self.value, dtype=np.float64)


def read_rows(source: Source, layout: Layout, column: Column | None) -> Rows:
    """All values of one column (or of the hour columns of a wide file)."""
    rows = Rows()
    comma = _has_decimal_commas(source, layout)
    if layout.labels:
        take = _wide_taker(layout, rows, decimal_comma=comma)
    else:
        take = _taker(layout, column, rows, decimal_comma=comma)
    reader = csv.reader(source.lines(), delimiter=layout.delimiter)
    quick = None if layout.labels else _quick_taker(layout, column, rows)
    line, chunk = 0, list(islice(reader, layout.first_row))
    try:
        while True:
            line = reader.line_num
            coming = list(islice(reader, _CHUNK))
            if not coming:
                break
            chunk = coming
            one_line_each = reader.line_num - line == len(chunk)
            if not (quick and one_line_each and quick(chunk, line)):
                for place, row in enumerate(chunk, line + 1):
                    take(row, place)
            if len(rows) > MAX_READINGS:
                raise Unreadable("too_many", readings=MAX_READINGS)
    except csv.Error as problem:
        raise Unreadable("broken_csv", line=reader.line_num) from problem
    row = chunk[-1] if chunk else []
    _refuse_cut_off(source, layout, rows, row, line)
    return rows


def _refuse_cut_off(
    source: Source, layout: Layout, rows: Rows, last: Sequence[str], line: int
) -> None:
    """Raise when the file stops in the middle of its last row."""
    if not last or not cells.clean(last[0])[:1].isdigit() or ends_with_newline(source):
        return
    refused = bool(rows.refused) and rows.refused[-1].line == line
    if refused or 1 < len(last) < len(layout.columns) - 1:
        raise Unreadable("cut_off_row", line=line)


def ends_with_newline(source: Source) -> bool:
    """Whether the last line is a whole one."""
    tail = ""
    for piece in source.chunks():
        tail = piece[-1:] or tail
    return tail in {"\n", "\r"}


def _has_decimal_commas(source: Source, layout: Layout) -> bool:
    """`0,13` is a number in files separated by semicolons or tabs."""
    if layout.delimiter == ",":
        return False
    head = csv.reader(islice(source.lines(), 200), delimiter=layout.delimiter)
    return any(
        cells.ONLY_DECIMAL_COMMA.fullmatch(cells.clean(cell))
        for row in head
        for cell in row
    )


def _taker(
    layout: Layout, column: Column | None, rows: Rows, *, decimal_comma: bool
) -> Callable[[list[str], int], None]:
    """A function that takes one row of a long file; closures, as it runs per row."""
    if column is None:
        raise Unreadable("no_table")
    date, time = layout.one("date") or 0, layout.one("time")
    quality, end = layout.one("quality"), layout.one("end")
    customer = _customer_reader(layout, rows)
    moment, clock = _moment_reader(), _clock_reader()
    value_at, needed = column.place, max(column.place, date, time or 0)

    def take(row: list[str], line: int) -> None:
        if len(row) <= needed:
            _refuse_short(rows, row, line)
            return
        cell = row[value_at]
        try:
            when = moment(row[date])
        except cells.BadCell:
            _refuse_undated(rows, row, line)
            return
        try:
            second, until = when.second, when.end
            if time is not None:
                second, until = clock(row[time])
            elif end is not None and end < len(row):
                until = _until(when, row[end], moment)
            value = _value(cell, decimal_comma=decimal_comma)
        except cells.BadCell as problem:
            rows.refuse(line, "bad_cell", str(problem))
            return
        rows.months_named |= when.is_month
        rows.day.append(when.day)
        rows.second.append(NOTHING_SAID if second is None else second)
        rows.end.append(NOTHING_SAID if until is None else until)
        rows.offset.append(NOTHING_SAID if when.offset is None else when.offset)
        rows.value.append(value)
        rows.quality.append(cells.quality(_cell(row, quality)))
        rows.customer.append(customer(row))
        rows.line.append(line)

    return take


def _wide_taker(
    layout: Layout, rows: Rows, *, decimal_comma: bool
) -> Callable[[list[str], int], None]:
    """A function that takes one row of a wide file: many values, one day or home."""
    date, customer = layout.one("date"), _customer_reader(layout, rows)
    moment = _moment_reader()
    if layout.labels_are_moments:
        labels = [(place, cells.when(text)) for place, text in layout.labels]
    else:
        clocks = [(place, cells.clock(text)) for place, text in layout.labels]
        labels = [(place, cells.When(0, *clock)) for place, clock in clocks]

    def take(row: list[str], line: int) -> None:
        if len(row) <= labels[-1][0]:
            _refuse_short(rows, row, line)
            return
        try:
            day = 0 if layout.labels_are_moments else moment(row[date or 0]).day
        except cells.BadCell:
            _refuse_undated(rows, row, line)
            return
        who = customer(row)
        for place, label in labels:
            try:
                value = _value(row[place], decimal_comma=decimal_comma)
            except cells.BadCell as problem:
                rows.refuse(line, "bad_cell", str(problem))
                continue
            rows.day.append(day or label.day)
            rows.second.append(NOTHING_SAID if label.second is None else label.second)
            rows.end.append(NOTHING_SAID if label.end is None else label.end)
            rows.offset.append(NOTHING_SAID if label.offset is None else label.offset)
            rows.value.append(value)
            rows.quality.append(0)
            rows.customer.append(who)
            rows.line.append(line)

    return take


def _quick_taker(
    layout: Layout, column: Column | None, rows: Rows
) -> Callable[[list[list[str]], int], bool] | None:
    """Takes a whole chunk of plain rows at once, or says that it cannot.

    Most files are a moment and a plain number per row. Anything else in a chunk sends
    it to the careful way, cell by cell, with the same result.
    """
    roles = {one.role for one in layout.columns}
    if column is None or roles & {"time", "end", "quality"}:
        return None
    date, value_at = layout.one("date") or 0, column.place
    customer, has_customers = _customer_reader(layout, rows), "customer" in roles
    days: dict[str, int] = {}
    clocks: dict[str, tuple[int, int]] = {}

    def take(chunk: list[list[str]], line: int) -> bool:
        try:
            texts = [row[value_at] for row in chunk]
            if "".join(texts).strip("0123456789."):
                return False
            values = array("d", map(float, texts))
            heads = [row[date][:10] for row in chunk]
            tails = [row[date][10:] for row in chunk]
            _learn(days, clocks, set(heads), set(tails))
            homes = [customer(row) for row in chunk] if has_customers else None
        except (ValueError, IndexError):
            return False
        count = len(chunk)
        said = [clocks[tail] for tail in tails]
        rows.day.extend(map(days.__getitem__, heads))
        rows.second.extend([second for second, _ in said])
        rows.offset.extend([offset for _, offset in said])
        rows.end.extend(repeat(NOTHING_SAID, count))
        rows.value.extend(values)
        rows.quality.extend(repeat(0, count))
        rows.customer.extend(homes or repeat(0, count))
        rows.line.extend(range(line + 1, line + 1 + count))
        return True

    return take


def _learn(
    days: dict[str, int],
    clocks: dict[str, tuple[int, int]],
    heads: set[str],
    tails: set[str],
) -> None:
    """Read each day and each time of day once; files repeat them endlessly.

    A moment is split after its tenth letter. `BadCell` when that is not where the day
    ends, or when the rest is more than a time.
    """
    for head in heads - days.keys():
        day = cells.when(head)
        if len(head) != 10 or day.second is not None or day.is_month:
            raise cells.BadCell(head)
        days[head] = day.day
    if len(clocks) > _CACHE:
        clocks.clear()
    for tail in tails - clocks.keys():
        moment = cells.when("2000-01-01" + tail)
        if moment.end is not None or (tail and moment.second is None):
            raise cells.BadCell(tail)
        clocks[tail] = (
            NOTHING_SAID if moment.second is None else moment.second,
            NOTHING_SAID if moment.offset is None else moment.offset,
        )


def _cell(row: Sequence[str], place: int | None) -> str:
    """A cell a row may lack."""
    return row[place] if place is not None and place < len(row) else ""


def _value(cell: str, *, decimal_comma: bool) -> float:
    try:
        # The fast way for nearly every cell, kept from what else float() allows.
        if (
            cell.isascii()
            and cell[-1:].isdigit()
            and "_" not in cell
            and "e" not in cell
        ):
            return float(cell)
    except ValueError:
        pass
    value = cells.number(cell, decimal_comma=decimal_comma)
    return float("nan") if value is None else value


def _until(
    when: cells.When, cell: str, moment: Callable[[str], cells.When]
) -> int | None:
    if not cells.clean(cell) or when.second is None:
        return None
    end = moment(cell)
    if end.second is None:
        return None
    shift = (when.offset or 0) - (end.offset or 0)
    return (end.day - when.day) * cells.DAY_S + end.second + shift


def _refuse_short(rows: Rows, row: Sequence[str], line: int) -> None:
    if any(cells.clean(cell) for cell in row):
        rows.refuse(line, "too_few_cells", " ".join(row))


def _refuse_undated(rows: Rows, row: Sequence[str], line: int) -> None:
    text = " ".join(filter(None, map(cells.clean, row)))
    if text and not text.lower().startswith(_TOTALS):
        rows.refuse(line, "bad_date", text)


def _customer_reader(layout: Layout, rows: Rows) -> Callable[[list[str]], int]:
    """Numbers the homes of a file in the order they appear."""
    places = [column.place for column in layout.of("customer")]
    if not places:
        return lambda row: 0
    numbers = rows.customer_numbers
    only = places[0] if len(places) == 1 else None

    def customer(row: list[str]) -> int:
        if only is not None and row[only] in numbers:
            return numbers[row[only]]
        name = "-".join(cells.clean(row[place]) for place in places if place < len(row))
        found = numbers.get(name)
        if found is None:
            found = numbers[name] = len(numbers)
            rows.customers.append(name)
        return found

    return customer


def _moment_reader() -> Callable[[str], cells.When]:
    """`cells.when`, remembering days and times apart: files repeat them endlessly."""
    days: dict[str, int] = {}
    times: dict[str, cells.When] = {}
    seen: dict[str, cells.When] = {}

    def moment(cell: str) -> cells.When:
        found = seen.get(cell)
        if found is not None:
            return found
        day, time = days.get(cell[:10]), times.get(cell[10:])
        if day is not None and time is not None:
            return cells.When(day, time.second, None, time.offset)
        found = cells.when(cell)
        splits = cell[4:5] in "-./" and cell[10:11] in " T" and cell[13:14] == ":"
        if splits and found.end is None and found.second is not None:
            days[cell[:10]], times[cell[10:]] = found.day, found
        elif len(seen) < _CACHE:
            seen[cell] = found
        return found

    return moment


def _clock_reader() -> Callable[[str], tuple[int, int | None]]:
    seen: dict[str, tuple[int, int | None]] = {}

    def clock(cell: str) -> tuple[int, int | None]:
        found = seen.get(cell)
        if found is None:
            found = seen[cell] = cells.clock(cell)
            if len(seen) > _CACHE:
                seen.clear()
        return found

    return clock
