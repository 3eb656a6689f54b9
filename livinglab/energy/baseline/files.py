"""Reads the analysts' baseline files: days, bills with degree days, reporting years."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from livinglab.energy.baseline.billing import Periods
from livinglab.energy.baseline.climate import FloatArray
from livinglab.energy.baseline.grid import GRID_05C, GRID_1F, HUNDREDTHS, Grid

Rows = Sequence[dict[str, str]]

MARKS = {"counterfactual_usage", "usage_per_day", "temp_mean_f", "temp_mean_c"}
EMPTY = {"", "nan", "null", "none", "na"}
DEGREES = re.compile(r"(hdd|cdd)_(-?[0-9]+(?:\.[0-9]+)?)")


def gettext_noop(text: str) -> str:
    """Mark a sentence for the catalogue; the faces translate it (no Django here)."""
    return text


class NotABaselineFile(ValueError):
    """`template` is the sentence, `facts` fill its places."""

    def __init__(self, template: str, **facts: object) -> None:
        super().__init__(template % facts)
        self.template = template
        self.facts = facts


@dataclass(frozen=True)
class Days:
    """Use and mean temperature of consecutive rows, NaN where missing."""

    use: FloatArray
    temperatures: FloatArray
    unit: str


@dataclass(frozen=True)
class Bills:
    """Periods with their degree days at the grid's balance points."""

    periods: Periods
    grid: Grid


@dataclass(frozen=True)
class Reporting:
    """Observed totals of reporting periods with what a model expected of them."""

    observed: FloatArray
    expected: FloatArray
    starts: Sequence[datetime]


def read_rows(path: Path) -> Rows:
    """The rows of a CSV file with a header, names without spaces and lower-cased."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        names = [name.strip().lower() for name in reader.fieldnames or []]
        reader.fieldnames = names
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in reader]


def is_baseline_file(path: Path) -> bool:
    """Whether the first line is the header of one of the layouts read here."""
    with path.open("rb") as file:
        first = file.readline(100_000).decode("utf-8", "replace").lower()
    names = {name.strip(' "\ufeff\r\n') for name in first.split(",")}
    return bool(names & MARKS)


def read_file(path: Path) -> Days | Bills | Reporting:
    """Tell the layouts apart by their header."""
    try:
        rows = read_rows(path)
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotABaselineFile(
            gettext_noop("%(file)s is not a CSV file in UTF-8."), file=path.name
        ) from error
    try:
        if rows:
            return _sample(rows)
    except (ValueError, KeyError) as error:
        raise NotABaselineFile(
            gettext_noop("A value in %(file)s cannot be read: %(what)s."),
            file=path.name,
            what=error,
        ) from error
    raise NotABaselineFile(gettext_noop("%(file)s has no rows."), file=path.name)


def _sample(rows: Rows) -> Days | Bills | Reporting:
    if "counterfactual_usage" in rows[0]:
        return _reporting(rows)
    if "usage_per_day" in rows[0]:
        return _bills(rows)
    return _days(rows)


def _number(text: str) -> float:
    return float("nan") if text.lower() in EMPTY else float(text)


def _column(rows: Rows, name: str) -> FloatArray:
    return np.array([_number(row[name]) for row in rows], dtype=np.float64)


def _moments(rows: Rows, name: str) -> list[datetime]:
    return [datetime.fromisoformat(row[name]) for row in rows]


def _days(rows: Rows) -> Days:
    unit = "F" if "temp_mean_f" in rows[0] else "C"
    warm = _column(rows, f"temp_mean_{unit.lower()}")
    return Days(_column(rows, "usage"), warm, unit)


def _bills(rows: Rows) -> Bills:
    known = [row for row in rows if row["usage_per_day"].lower() not in EMPTY]
    sides: dict[str, dict[float, str]] = {"hdd": {}, "cdd": {}}
    for name in rows[0]:
        if found := DEGREES.fullmatch(name):
            sides[found[1]][float(found[2]) * HUNDREDTHS] = name
    points = {side: tuple(sorted(names)) for side, names in sides.items()}
    periods = Periods(
        days=_column(known, "n_days")[:, None],
        use_per_day=_column(known, "usage_per_day")[:, None],
        heating=_degrees(known, [sides["hdd"][point] for point in points["hdd"]]),
        cooling=_degrees(known, [sides["cdd"][point] for point in points["cdd"]]),
    )
    grid = replace(GRID_1F, heating=points["hdd"], cooling=points["cdd"])
    if max((*points["hdd"], *points["cdd"])) < GRID_05C.cooling[-1] + HUNDREDTHS:
        grid = replace(grid, name=GRID_05C.name, unit="C", least_degree_days=1110.0)
    return Bills(periods, grid)


def _degrees(rows: Rows, names: Sequence[str]) -> FloatArray:
    """(periods, balance points, one home) in hundredths of a degree."""
    return (
        np.stack([_column(rows, name) for name in names], axis=1)[..., None]
        * HUNDREDTHS
    )


def _reporting(rows: Rows) -> Reporting:
    return Reporting(
        _column(rows, "reporting_observed"),
        _column(rows, "counterfactual_usage"),
        _moments(rows, "start_utc"),
    )
