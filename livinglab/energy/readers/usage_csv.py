"""Reads the many kinds of usage CSV, tolerantly but never guessing silently (pure).

What the file does not say (which home, which column, which unit, what an hour label
means) becomes a question; the same file read again with the answers gives intervals.
Times mark the beginning of an interval unless a label says 24:00, which is written
only where labels mark the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np

from livinglab.energy.readers.csv_layout import (
    Column,
    Layout,
    find_layout,
    names_reading_days,
    previous_register,
)
from livinglab.energy.readers.csv_rows import Rows, read_rows
from livinglab.energy.readers.csv_series import Series, series_of
from livinglab.energy.readers.limits import (
    Limits,
    believable,
    refuse_future,
    refuse_negative,
)
from livinglab.energy.readers.source import Source
from livinglab.energy.readers.summary import figures
from livinglab.energy.readers.understood import (
    FileRead,
    Note,
    Option,
    Question,
    Stream,
    Understood,
    Unreadable,
)
from livinglab.energy.usage.blocks import Intervals

# Unit -> mWh per unit, for energy; per unit and hour, for mean power.
_ENERGY = {"kWh": 1e6, "Wh": 1e3, "MWh": 1e9}
_POWER = {"kW": 1e6, "W": 1e3}
# The UCI household file sums the mean kW of every minute: 60 make a kWh.
_KW_MINUTES = "kW_minutes"
UNITS = (*_ENERGY, *_POWER, _KW_MINUTES)
_MOST_OPTIONS = 40


def read_usage_csv(
    source: Source,
    *,
    answers: Mapping[str, str],
    zone: ZoneInfo,
    now: int,
    limits: Limits,
) -> FileRead:
    """Everything a CSV file says, or the questions it leaves; Unreadable if refused."""
    layout = find_layout(source.lines())
    column, questions = _column(layout, answers)
    rows = read_rows(source, layout, column)
    if not len(rows):
        raise _nothing_read(rows)
    customer, asked = _customer(rows, answers)
    questions += asked
    is_register = _is_register(column, answers)
    series = series_of(
        rows,
        customer=customer,
        is_register=is_register,
        ends_months=names_reading_days(layout),
        answers=answers,
        zone=zone,
    )
    questions += series.questions
    unit, asked = _unit(column, series, limits, answers)
    questions += asked
    intervals = _in_mwh(series, unit)
    refuse_negative(intervals)
    refuse_future(intervals, now)
    if unit:
        unusual = believable(intervals, limits, answers)
        questions += [unusual] if unusual else []
    stream = Stream("electricity", "import", "Wh", intervals)
    found = _preview(source, layout, rows, series, stream, zone, unit)
    if questions:
        found = replace(found, questions=tuple(questions))
        return FileRead(found if unit else _without_unit(found))
    return FileRead(found, (stream,))


def _without_unit(found: Understood) -> Understood:
    """Sums say nothing before the unit is known; the first rows are shown bare."""
    return replace(found, unit="", quantity=None, months=())


def _nothing_read(rows: Rows) -> Unreadable:
    if not rows.refused:
        return Unreadable("no_readings")
    first = rows.refused[0]
    return Unreadable("no_readable_rows", line=first.line, text=first.text)


def _preview(
    source: Source,
    layout: Layout,
    rows: Rows,
    series: Series,
    stream: Stream,
    zone: ZoneInfo,
    unit: str,
) -> Understood:
    kind = "csv_wide" if layout.labels else "csv"
    notes = list(series.notes)
    if unit in _POWER or unit == _KW_MINUTES:
        notes.append(Note("mean_power", {"unit": unit}))
    return Understood(
        format="csv_register" if series.hour_rule == "register" else kind,
        encoding=source.encoding,
        blocks=1,
        readings=series.readings,
        duplicates=series.duplicates,
        refused=tuple(rows.refused),
        refused_count=rows.refused_count,
        hour_rule=series.hour_rule,
        notes=tuple(notes),
        **{**figures(stream, zone), "resolution_s": series.resolution_s},
    )


# What only the person can say ---------------------------------------------------------


def _column(
    layout: Layout, answers: Mapping[str, str]
) -> tuple[Column | None, list[Question]]:
    """The column of use: named, the only candidate, or asked for."""
    if layout.labels:
        named = layout.of("energy")
        return (named[0] if named else None), []
    candidates = _candidates(layout)
    answer = answers.get("column")
    chosen = [one for one in candidates if one.text == answer] or [
        one for one in layout.columns if one.text == answer
    ]
    if chosen:
        return _as_values(chosen[0]), []
    if any("기온" in one.text for one in layout.columns):
        raise Unreadable("weather_file")
    if not candidates:
        raise Unreadable("no_value_column")
    if len(candidates) == 1:
        return candidates[0], []
    options = tuple(Option(one.text, {"unit": one.unit}) for one in candidates)
    return candidates[0], [Question("column", options[:_MOST_OPTIONS])]


def _candidates(layout: Layout) -> list[Column]:
    energy = list(layout.of("energy"))
    if energy:
        # A unit in the header says more than a word that could mean many things.
        return [one for one in energy if one.unit] or energy
    register = [one for one in layout.of("register") if not previous_register(one)]
    return register or [_as_values(one) for one in layout.of("unknown")]


def _as_values(column: Column) -> Column:
    return column if column.role == "register" else replace(column, role="energy")


def _is_register(column: Column | None, answers: Mapping[str, str]) -> bool:
    answer = answers.get("values", "")
    if answer:
        return answer == "register"
    return column is not None and column.role == "register"


def _customer(rows: Rows, answers: Mapping[str, str]) -> tuple[int, list[Question]]:
    """Whose rows: the only home of the file, or the one the person names."""
    if len(rows.customers) < 2:
        return 0, []
    answer = answers.get("customer")
    if answer in rows.customers:
        return rows.customers.index(answer), []
    counts = np.bincount(rows.ints("customer")).tolist()
    options = [
        Option(name, {"readings": count})
        for name, count in zip(rows.customers, counts, strict=True)
    ]
    facts = {"homes": len(options)}
    return 0, [Question("customer", tuple(options[:_MOST_OPTIONS]), facts)]


def _unit(
    column: Column | None, series: Series, limits: Limits, answers: Mapping[str, str]
) -> tuple[str, list[Question]]:
    """The unit: answered, said in the header, known by the column's name, or asked."""
    answer = answers.get("unit", "")
    if answer in UNITS:
        return answer, []
    if column is not None and column.unit:
        return column.unit, []
    if column is not None and column.text.lower() == "global_active_power":
        return _unit_of_uci(series), []
    believed = [unit for unit in UNITS if _fits(series, unit, limits)]
    options = tuple(
        Option(unit, {"kwh_a_day": round(_kwh_a_day(series, unit), 2)})
        for unit in believed
    )
    if not options:
        raise Unreadable("no_unit_fits")
    return "", [Question("unit", options)]


def _unit_of_uci(series: Series) -> str:
    """Mean kW of a minute in the original, their sums in files by hour or by day."""
    return "kW" if series.resolution_s <= 60 else _KW_MINUTES


def _fits(series: Series, unit: str, limits: Limits) -> bool:
    """Would the numbers be a believable building in this unit?"""
    intervals = _in_mwh(series, unit)
    kw = float((intervals.value / 1e6 / (intervals.duration / 3600)).max())
    return (
        kw <= limits.max_kw and 0.05 <= _kwh_a_day(series, unit) <= limits.max_kw * 12
    )


def _kwh_a_day(series: Series, unit: str) -> float:
    intervals = _in_mwh(series, unit)
    days = float(intervals.duration.sum()) / 86_400
    return float(intervals.value.sum()) / 1e6 / days


def _in_mwh(series: Series, unit: str) -> Intervals:
    """Whole mWh; an unknown unit is shown as if it were kWh and never stored."""
    if unit in _POWER:
        mwh = series.value * _POWER[unit] * series.duration / 3600
    elif unit == _KW_MINUTES:
        mwh = series.value * 1e6 / 60
    else:
        mwh = series.value * _ENERGY[unit or "kWh"]
    if not np.isfinite(mwh).all() or float(np.abs(mwh).max()) > 2.0**62:
        raise Unreadable("implausible_scale", power=0)
    value = np.rint(mwh).astype(np.int64)
    return Intervals(series.start, series.duration, value, series.quality).sorted()
