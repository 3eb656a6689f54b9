"""Rows of a CSV become intervals: hour rule, grid, registers, duplicates (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.readers.csv_rows import NOTHING_SAID, Rows
from livinglab.energy.readers.understood import Note, Option, Question, Unreadable
from livinglab.energy.usage.blocks import LONGEST_DAILY_S, Bools, Ints
from livinglab.energy.usage.local_days import LocalDays, local_days, midnight

DAY_S = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
STEPS = (60, 300, 600, 900, 1800, 3600, DAY_S)
_MONTHLY_S = 25 * DAY_S
_ANOTHER_STEP = 0.1  # this share of another step means two kinds of rows


@dataclass(slots=True)
class Series:
    """Intervals still in the file's own numbers, and what was found on the way."""

    start: Ints
    duration: Ints
    value: NDArray[np.float64]
    quality: Ints
    resolution_s: int
    hour_rule: str
    readings: int
    duplicates: int = 0
    notes: list[Note] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """Columns of one home, a row a value, missing values gone."""

    clock: Ints  # local seconds since 1970, as labelled
    until: Ints  # the same of the end, NOTHING_SAID where unsaid
    offset: Ints
    value: NDArray[np.float64]
    quality: Ints
    line: Ints
    timed: bool

    def take(self, chosen: Bools | Ints) -> _Table:
        return _Table(
            self.clock[chosen],
            self.until[chosen],
            self.offset[chosen],
            self.value[chosen],
            self.quality[chosen],
            self.line[chosen],
            self.timed,
        )

    def __len__(self) -> int:
        return int(self.clock.size)


def series_of(
    rows: Rows,
    *,
    customer: int,
    is_register: bool,
    ends_months: bool,
    answers: Mapping[str, str],
    zone: ZoneInfo,
) -> Series:
    """The intervals of one home in a file; questions stay in the result.

    `ends_months`: a row a month is the use up to its day, not from it.
    """
    table, missing = _table(rows, customer)
    if not len(table):
        raise Unreadable("no_readings")
    notes = [Note("missing_values", {"count": missing})] if missing else []
    if is_register:
        found = _registers(table, zone)
    elif bool((table.until != NOTHING_SAID).all()):
        found = _ranges(table, zone)
    elif rows.months_named or _is_monthly(table):
        found = _months(table, zone, named=rows.months_named, ends=ends_months)
    elif not table.timed:
        found = _days(table, zone)
    else:
        found = _labels(table, rows, answers, zone)
    found.notes = notes + found.notes
    return found


def _table(rows: Rows, customer: int) -> tuple[_Table, int]:
    mine = rows.ints("customer") == customer
    value = rows.floats()
    present = mine & ~np.isnan(value)
    second, end = rows.ints("second")[present], rows.ints("end")[present]
    day = (rows.ints("day")[present] - _EPOCH_DAY) * DAY_S
    timed = bool((second != NOTHING_SAID).any())
    clock = day + np.where(second == NOTHING_SAID, 0, second)
    until = np.where(end == NOTHING_SAID, NOTHING_SAID, day + end)
    table = _Table(
        clock,
        until,
        rows.ints("offset")[present],
        value[present],
        rows.ints("quality")[present],
        rows.ints("line")[present],
        timed,
    )
    return table, int(mine.sum()) - len(table)


# Labels at a steady step --------------------------------------------------------------


def _labels(
    table: _Table, rows: Rows, answers: Mapping[str, str], zone: ZoneInfo
) -> Series:
    """One time a row: find the step, then what the time means, then the grid."""
    start = _utc(table, zone)
    step = _step(start)
    if step == DAY_S:
        return _days(table, zone)
    rule, question = _hour_rule(table, rows, step, answers)
    if rule == "ending":
        start = start - step
    kept = _on_grid(table, rows, start, step)
    table, start = table.take(kept), start[kept]
    one, duplicates, notes = _one_of_each(start, table.value)
    series = Series(
        start[one],
        np.full(one.size, step, np.int64),
        table.value[one],
        table.quality[one],
        step,
        rule,
        len(table),
        duplicates,
        notes,
    )
    if question is not None:
        series.questions.append(question)
    return series


def _step(start: Ints) -> int:
    """The most frequent distance between rows; two kinds of rows are refused."""
    gaps: Ints = np.diff(np.unique(start)).astype(np.int64)
    if not gaps.size:
        raise Unreadable("one_row")
    sizes, counts = np.unique(gaps, return_counts=True)
    allowed = np.isin(sizes, STEPS)
    if not allowed.any() or int(sizes[counts.argmax()]) not in STEPS:
        raise Unreadable("no_step", minutes=round(int(sizes[counts.argmax()]) / 60, 1))
    best = int(sizes[counts.argmax()])
    finer = allowed & (sizes != best) & (counts > _ANOTHER_STEP * gaps.size)
    steady = [size for size in sizes[finer].tolist() if _runs_steadily(gaps, size)]
    if steady:
        raise Unreadable("mixed_steps", one=best // 60, other=steady[0] // 60)
    return best


def _runs_steadily(gaps: Ints, size: int) -> bool:
    """A second step in a stretch of a day and more, not holes here and there."""
    same = np.diff(np.concatenate(([0], (gaps == size).astype(np.int64), [0])))
    longest = (np.flatnonzero(same == -1) - np.flatnonzero(same == 1)).max(initial=0)
    return int(longest) * size >= DAY_S and int(longest) >= 8


def _hour_rule(
    table: _Table, rows: Rows, step: int, answers: Mapping[str, str]
) -> tuple[str, Question | None]:
    """Whether a time is the beginning or the end of its interval."""
    answer = answers.get("hours", "")
    if answer in {"beginning", "ending"}:
        return answer, None
    # A row without a value still tells how the file writes its hours.
    label = rows.ints("second")
    label = label[label != NOTHING_SAID]
    if bool((label == DAY_S).any()):
        return "ending", None
    if bool((table.offset != NOTHING_SAID).all()) or bool((label < step).any()):
        return "beginning", None
    options = (Option("beginning"), Option("ending"))
    facts = {"first": int(label.min()) // 60, "last": int(label.max()) // 60}
    return "beginning", Question("hours", options, facts)


def _on_grid(table: _Table, rows: Rows, start: Ints, step: int) -> Bools:
    """Rows at the common phase of the grid; the others are refused and listed."""
    phase = start % step
    phases, counts = np.unique(phase, return_counts=True)
    off: Bools = phase != phases[counts.argmax()]
    for place in np.flatnonzero(off).tolist():
        label = datetime.fromtimestamp(int(table.clock[place]), tz=UTC)
        rows.refuse(int(table.line[place]), "off_grid", f"{label:%Y-%m-%d %H:%M:%S}")
    return ~off


def _one_of_each(
    start: Ints, value: NDArray[np.float64]
) -> tuple[Ints, int, list[Note]]:
    """Indices, sorted by start; of equal starts the later row, conflicts reported."""
    order = np.lexsort((np.arange(start.size), start))
    ordered = start[order]
    last = np.append(np.diff(ordered) != 0, True)[: ordered.size]
    duplicates = int(start.size - last.sum())
    again = np.diff(ordered) == 0
    conflicts = int((again & (np.diff(value[order]) != 0)).sum())
    notes = [Note("conflicts", {"count": conflicts})] if conflicts else []
    return order[last], duplicates, notes


# Other shapes -------------------------------------------------------------------------


def _days(table: _Table, zone: ZoneInfo) -> Series:
    """One row a day: each lasts from local midnight to the next."""
    day = table.clock // DAY_S
    one, duplicates, notes = _one_of_each(day, table.value)
    days = _calendar(day[one], zone)
    place = day[one] - (days.first.toordinal() - _EPOCH_DAY)
    start = days.midnights[place]
    return Series(
        start,
        days.midnights[place + 1] - start,
        table.value[one],
        table.quality[one],
        DAY_S,
        "day",
        len(table),
        duplicates,
        notes,
    )


def _ranges(table: _Table, zone: ZoneInfo) -> Series:
    """Rows that name their begin and end."""
    start = _utc(table, zone)
    one, duplicates, notes = _one_of_each(start, table.value)
    lasted = (table.until - table.clock)[one]
    lengths, counts = np.unique(lasted, return_counts=True)
    return Series(
        start[one],
        lasted,
        table.value[one],
        table.quality[one],
        int(lengths[counts.argmax()]),
        "range",
        len(table),
        duplicates,
        notes,
    )


def _is_monthly(table: _Table) -> bool:
    gaps = np.diff(np.unique(table.clock))
    return gaps.size > 0 and int(np.median(gaps)) >= _MONTHLY_S


def _months(table: _Table, zone: ZoneInfo, *, named: bool, ends: bool) -> Series:
    """One row a month or bill: to the next row, from the last, or the named month."""
    start = _utc(table, zone)
    one, duplicates, notes = _one_of_each(start, table.value)
    start = start[one]
    if named:
        months = [_next_month(clock, zone) for clock in table.clock[one].tolist()]
        until = np.array(months, np.int64)
    else:
        until, one = start[1:], one[1:] if ends else one[:-1]
        start = start[:-1]
        code = "first_row_has_no_start" if ends else "last_row_has_no_end"
        notes.append(Note(code))
    if not start.size:
        raise Unreadable("one_row")
    notes.append(Note("bills_not_days"))
    return Series(
        start,
        until - start,
        table.value[one],
        table.quality[one],
        int(np.median(until - start)),
        "month",
        len(table),
        duplicates,
        notes,
    )


def _next_month(clock: int, zone: ZoneInfo) -> int:
    day = datetime.fromtimestamp(clock, tz=UTC).date()
    return midnight((day.replace(day=1) + timedelta(days=32)).replace(day=1), zone)


def _registers(table: _Table, zone: ZoneInfo) -> Series:
    """A register's readings as the use between them; a fall leaves a gap."""
    start = _utc(table, zone)
    one, duplicates, notes = _one_of_each(start, table.value)
    start, value = start[one], table.value[one]
    if start.size < 2:
        raise Unreadable("one_row")
    used, lasted = np.diff(value), np.diff(start)
    rising = used >= 0
    if not rising.all():
        notes.append(Note("register_fell", {"count": int((~rising).sum())}))
    lengths, counts = np.unique(lasted, return_counts=True)
    if int(lengths[counts.argmax()]) > LONGEST_DAILY_S:
        notes.append(Note("bills_not_days"))
    return Series(
        start[:-1][rising],
        lasted[rising],
        used[rising],
        table.quality[one][1:][rising],
        int(lengths[counts.argmax()]),
        "register",
        len(table),
        duplicates,
        notes,
    )


# Local clocks to UTC ------------------------------------------------------------------


def _calendar(day: Ints, zone: ZoneInfo) -> LocalDays:
    first = date.fromordinal(int(day.min()) + _EPOCH_DAY)
    last = date.fromordinal(int(day.max()) + _EPOCH_DAY)
    if (last - first).days > 40 * 366:
        raise Unreadable("years_apart", first=first.isoformat(), last=last.isoformat())
    return local_days(first, last, zone)


def _utc(table: _Table, zone: ZoneInfo) -> Ints:
    """UTC seconds of labels: by their own offset, else by the clocks of the zone."""
    said = table.offset != NOTHING_SAID
    if bool(said.all()):
        return table.clock - table.offset
    day = table.clock // DAY_S
    days = _calendar(day, zone)
    place = day - (days.first.toordinal() - _EPOCH_DAY)
    utc = days.midnights[place] + table.clock % DAY_S
    changing = np.diff(days.midnights)[place] != DAY_S
    if changing.any():
        utc[changing] = _by_the_clock(table.clock[changing], zone)
    return np.where(said, table.clock - table.offset, utc)


def _by_the_clock(clock: Ints, zone: ZoneInfo) -> Ints:
    """On days with 23 or 25 hours: the second time a label comes is the later hour."""
    seen: set[int] = set()
    found = []
    for label in clock.tolist():
        local = datetime.fromtimestamp(label, tz=UTC).replace(tzinfo=zone)
        found.append(int(local.replace(fold=int(label in seen)).timestamp()))
        seen.add(label)
    return np.array(found, dtype=np.int64)
