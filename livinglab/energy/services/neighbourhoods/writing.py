"""Areas' figures as rows: months first, then the twelve months that build on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import sqrt

from django.utils import timezone

from livinglab.energy.baseline.bands import neighbourhood_half_width
from livinglab.energy.models import AreaSaving, Premises, Saving
from livinglab.energy.selectors.area_inputs import COUNTED, Row, Sums
from livinglab.energy.selectors.areas import GOAL_CODES
from livinglab.energy.selectors.publication import RUNNING
from livinglab.energy.services.neighbourhoods.adding import (
    PARTICIPANT,
    AreaSum,
    Key,
    Month,
    Months,
    Place,
)
from livinglab.energy.services.neighbourhoods.methods import AREA_METHOD
from livinglab.goals.models import Goal
from livinglab.goals.registry import Period
from livinglab.goals.services import mark_due as mark_goal_due
from livinglab.places.models import City

KEY = ("level", "code", "kind", "span", "month")
FIGURES = [
    column.name
    for column in AreaSaving._meta.concrete_fields
    if not column.primary_key and column.name not in KEY
]
MONTH, YEAR = Saving.Span.MONTH.value, Saving.Span.YEAR.value
A_YEAR = 12


class Writer:
    """Writes one city's areas for some months; rows not written again are deleted."""

    def __init__(self, city: City, months: Sequence[date], at: datetime) -> None:
        self.city = city
        self.months = sorted(months)
        self.at = at
        self.this_month = timezone.localdate().replace(day=1)
        self.codes: set[str] = set()

    def write_months(self, found: Months) -> None:
        """One row an area, kind and month."""
        rows = [
            row
            for (month, kind), areas in found.items()
            for row in self._month_rows(month, kind, areas)
        ]
        self._store(MONTH, rows)

    def _month_rows(self, month: date, kind: str, found: Month) -> list[AreaSaving]:
        hidden = found.hidden(is_public=kind == Premises.Kind.FACILITY)
        is_running = month >= self.this_month
        rows = []
        for key, area in found.areas.items():
            row = self._blank(key, kind, MONTH, month)
            row.hidden_because = str(hidden.get(key, RUNNING if is_running else ""))
            row.is_published = not row.hidden_because
            row.excluded = dict(sorted(area.excluded.items()))
            _lay_sums(row, area.sums)
            _lay_comparison(row, found, area)
            rows.append(row)
        return rows

    def _blank(self, key: Key, kind: str, span: str, month: date) -> AreaSaving:
        level, code = key
        return AreaSaving(
            level=level,
            code=code,
            city=self.city,
            kind=kind,
            span=span,
            month=month,
            method=AREA_METHOD,
            computed_at=self.at,
        )

    def write_years(self, rows: Iterable[Row], places: Mapping[int, Place]) -> None:
        """Twelve months that end with each month: sums of months that may be shown.

        So twelve months tell nothing that the months do not. Their range comes from
        the homes' own twelve months, because a home's months share their errors.
        """
        ranges = _by_area(rows, places)
        stored = AreaSaving.objects.filter(
            city=self.city,
            span=MONTH,
            month__gt=_months_on(self.months[0], -A_YEAR),
            month__lte=self.months[-1],
        ).order_by("month")
        lines: dict[tuple[Key, str], list[AreaSaving]] = defaultdict(list)
        for row in stored:
            lines[(row.level, row.code), row.kind].append(row)
        years = [
            self._year(line, end, ranges.get((end.month, kind, key), Sums()))
            for (key, kind), line in lines.items()
            for end in line
            if end.month in self.months
        ]
        self._store(YEAR, years)

    def _year(
        self, line: Sequence[AreaSaving], end: AreaSaving, range_: Sums
    ) -> AreaSaving:
        """The months of one area up to `end`; hidden small groups add nothing."""
        first = _months_on(end.month, -A_YEAR)
        summed = [
            row
            for row in line
            if first < row.month <= end.month
            and row.homes
            and row.hidden_because in {"", RUNNING}
        ]
        year = self._blank((end.level, end.code), end.kind, YEAR, end.month)
        for name in ("homes", "excluded", "is_published", "hidden_because"):
            setattr(year, name, getattr(end, name))
        for name in ("comparison_homes", "largest_share"):
            setattr(year, name, getattr(end, name))
        year.months = len(summed)
        if summed:
            _add_months(year, summed, range_)
        return year

    def _store(self, span: str, rows: Sequence[AreaSaving]) -> None:
        AreaSaving.objects.bulk_create(
            rows,
            batch_size=200,
            update_conflicts=True,
            unique_fields=list(KEY),
            update_fields=FIGURES,
        )
        standing = AreaSaving.objects.filter(
            city=self.city, span=span, month__in=self.months
        )
        gone = standing.exclude(computed_at=self.at)
        self.codes |= {row.code for row in rows}
        self.codes |= set(gone.values_list("code", flat=True))
        gone.delete()

    def mark_goals(self) -> None:
        """The programme's goals that hang on this city's bills are counted again."""
        periods = {Period.month_of(month) for month in self.months}
        periods |= {Period.year_of(month) for month in self.months}
        codes = [code for named in GOAL_CODES.values() for code in named]
        goals = Goal.objects.filter(city=self.city, code__in=codes)
        for code in goals.values_list("code", flat=True):
            mark_goal_due(code, periods)


def _by_area(
    rows: Iterable[Row], places: Mapping[int, Place]
) -> dict[tuple[date, str, Key], Sums]:
    """Counted homes' own twelve months, added up to areas."""
    found: dict[tuple[date, str, Key], Sums] = defaultdict(Sums)
    for row in rows:
        if row.reason == COUNTED and row.part == PARTICIPANT:
            for key in places[row.place].keys:
                found[row.month, row.kind, key] += row.sums
    return found


def _lay_sums(row: AreaSaving, sums: Sums) -> None:
    row.homes = sums.homes
    row.largest_share = sums.group.largest_share
    if not sums.homes:
        return
    row.expected_kwh = _kwh(sums.expected_wh)
    row.actual_kwh = _kwh(sums.actual_wh)
    row.saved_kwh = _kwh(sums.saved_wh)
    half = neighbourhood_half_width(sums.square_kwh, sums.half_kwh)
    row.half_width_kwh = _kwh(round(1000 * half))
    row.expected_won = sums.expected_won
    row.saved_won = sums.saved_won
    row.half_width_won = round(neighbourhood_half_width(sums.square_won, sums.half_won))


def _lay_comparison(row: AreaSaving, found: Month, area: AreaSum) -> None:
    """How far the area is beyond homes that only measure, where there are enough."""
    group = found.comparison(area)
    if group is None:
        return
    whole = area.sums.expected_won
    row.comparison_homes = group.homes
    row.comparison_share = group.share
    row.difference_share = area.sums.saved_won / whole - group.share
    own = sqrt(area.sums.square_won) / whole
    row.difference_half_width = sqrt(own**2 + group.half**2)


def _add_months(year: AreaSaving, months: Sequence[AreaSaving], range_: Sums) -> None:
    for name in (
        "expected_kwh",
        "actual_kwh",
        "saved_kwh",
        "expected_won",
        "saved_won",
    ):
        setattr(year, name, sum(getattr(row, name) for row in months))
    if range_.homes:
        wh, won = float(year.expected_kwh or 0) * 1000, float(year.expected_won or 0)
        kwh = _grown(range_.expected_wh, wh)
        half = neighbourhood_half_width(range_.square_kwh * kwh, range_.half_kwh * kwh)
        year.half_width_kwh = _kwh(round(half * 1000))
        bill = _grown(range_.expected_won, won)
        year.half_width_won = round(
            neighbourhood_half_width(range_.square_won * bill, range_.half_won * bill)
        )
    else:
        # No home has twelve months of its own: as if a home's months erred alike.
        for name in ("half_width_kwh", "half_width_won"):
            setattr(year, name, sum(getattr(row, name) for row in months))
    _compare_months(year, months)


def _grown(behind: float, whole: float) -> float:
    """How much more is expected than the homes' own twelve months cover.

    Homes that left within the year have no twelve months of their own; their ranges
    are taken to be like the others'.
    """
    return whole / behind if behind > 0 else 0.0


def _compare_months(year: AreaSaving, months: Sequence[AreaSaving]) -> None:
    """The months' comparison, weighted by their bills; only if each month has one."""
    year.comparison_homes = 0
    whole = year.expected_won or 0
    if whole <= 0 or any(row.comparison_share is None for row in months):
        return
    year.comparison_homes = min(row.comparison_homes for row in months)
    share, half = 0.0, 0.0
    for row in months:
        weight = (row.expected_won or 0) / whole
        share += weight * (row.comparison_share or 0.0)
        # Months of a home share their errors, so their ranges are added, not squared.
        half += weight * (row.difference_half_width or 0.0)
    year.comparison_share = share
    year.difference_share = (year.saved_won or 0) / whole - share
    year.difference_half_width = half


def _kwh(wh: int) -> Decimal:
    return Decimal(wh).scaleb(-3)


def _months_on(month: date, count: int) -> date:
    whole = month.year * A_YEAR + month.month - 1 + count
    return date(whole // A_YEAR, whole % A_YEAR + 1, 1)
