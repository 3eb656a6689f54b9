"""A batch's figures as rows of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from livinglab.energy.baseline.climate import BoolArray
from livinglab.energy.baseline.figures import WH, YEAR, state_of
from livinglab.energy.baseline.sufficiency import (
    SAME_MONTH,
    WINDOW_DAYS,
    same_month_mean,
)
from livinglab.energy.models import Saving
from livinglab.energy.selectors.dated_rules import DatedRules
from livinglab.energy.selectors.savings_inputs import Home, next_month
from livinglab.energy.services.savings.counting import Counted
from livinglab.energy.services.savings.fitting import Batch, Row
from livinglab.energy.services.savings.methods import METHODS
from livinglab.energy.services.savings.pricing import (
    UNPRICED,
    Money,
    Priced,
    has_co2,
    month_schemes,
    year_schemes,
)
from livinglab.energy.tariff.pricing import MISSING, price, whole_kwh
from livinglab.energy.tariff.tables import TariffBook

MONTH, TWELVE = Saving.Span.MONTH, Saving.Span.YEAR


@dataclass(frozen=True)
class Results:
    """Everything a batch came to, ready to be written."""

    batch: Batch
    rows: list[Row]
    counted: Counted
    priced: Priced
    rules: DatedRules
    at: datetime

    def savings(self, months: BoolArray, years: BoolArray) -> Iterator[Saving]:
        """Rows for the wanted months and twelve-months, homes in rows."""
        for home, column in zip(*np.nonzero(months), strict=True):
            if self.counted.has_figure[home, column]:
                yield self._month(int(home), int(column))
            else:
                yield from self._collecting(int(home), int(column))
        for home, column in zip(
            *np.nonzero(years & self.counted.has_figure), strict=True
        ):
            yield self._year(int(home), int(column))

    def _month(self, home: int, column: int) -> Saving:
        counted = self.counted
        saving = self._figure(home, column, MONTH)
        saving.days_possible = self._possible(home, column)
        saving.schemes = month_schemes(
            self.rules, counted.raw, counted.months, home, column
        )
        return saving

    def _year(self, home: int, column: int) -> Saving:
        counted = self.counted
        saving = self._figure(home, column, TWELVE)
        saving.days_possible = sum(
            self._possible(home, place)
            for place in range(max(column - YEAR + 1, 0), column + 1)
            if counted.has_figure[home, place]
        )
        saving.schemes = year_schemes(
            self.rules, counted.raw, counted.months, home, column
        )
        return saving

    def _possible(self, home: int, column: int) -> int:
        """Days of the month that lie after the baseline and within the chapter."""
        inputs, plan = self.batch.inputs, self._row(home, column).plan
        first = inputs.number(inputs.months[column])
        end = inputs.number(next_month(inputs.months[column]))
        return max(min(end, plan.chapter.ends) - max(first, plan.reports), 0)

    def _row(self, home: int, column: int) -> Row:
        return self.rows[int(self.counted.row_of[home, column])]

    def _figure(self, home: int, column: int, span: str) -> Saving:
        """A weather-corrected figure with its likely range."""
        is_month = span == MONTH
        figures = self.counted.month if is_month else self.counted.year
        saved, half = int(figures.saved[home, column]), int(figures.half[home, column])
        saving = self._blank(home, column, span, self._row(home, column).method)
        saving.days = int(figures.days[home, column])
        saving.expected_kwh = _kwh(figures.expected[home, column])
        saving.actual_kwh = _kwh(figures.actual[home, column])
        saving.saved_kwh = _kwh(saved)
        saving.saved_kwh_low = _kwh(saved - half)
        saving.saved_kwh_high = _kwh(saved + half)
        saving.state = state_of(saved, half)
        if figures.has_weather[home, column]:
            saving.weather_kwh = _kwh(figures.weather[home, column])
        if has_co2(self.rules, self.counted.months[column]):
            grams = self.priced.co2_month if is_month else self.priced.co2_year
            saving.co2_kg = _kwh(grams[home, column])
        _lay_won(
            saving, self.priced.month if is_month else self.priced.year, home, column
        )
        return saving

    def _collecting(self, home: int, column: int) -> Iterator[Saving]:
        """A month with use but without a baseline: what was used, and what is known."""
        row = self._chapter_row(home, column)
        days = int(self.counted.raw.days[home, column])
        if row is None or not days:
            return
        start = self.batch.inputs.number(self.counted.months[column])
        if row.is_fitted and start >= row.plan.reports:
            return
        saving = self._blank(home, column, MONTH, row.method)
        saving.days = days
        saving.days_possible = _days_of(self.counted.months[column])
        saving.actual_kwh = _kwh(self.counted.raw.wh[home, column])
        saving.state = Saving.State.COLLECTING
        saving.is_weather_corrected = False
        saving.schemes = month_schemes(
            self.rules, self.counted.raw, self.counted.months, home, column
        )
        if row.method == SAME_MONTH:
            self._compare_with_earlier(saving, row, home, column)
        yield saving

    def _chapter_row(self, home: int, column: int) -> Row | None:
        """The chapter a month belongs to; None before the home joined."""
        inputs = self.batch.inputs
        end = inputs.number(next_month(inputs.months[column]))
        mine = [r for r in self._rows_of[home] if r.plan.chapter.begins < end]
        return mine[-1] if mine else None

    @cached_property
    def _rows_of(self) -> dict[int, list[Row]]:
        """Each home's chapters, oldest first."""
        rows: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows:
            rows[row.home].append(row)
        return rows

    def _compare_with_earlier(
        self, saving: Saving, row: Row, home: int, column: int
    ) -> None:
        """The public schemes' rule: no weather, no range, no place in area totals."""
        raw, account = self.counted.raw, self.batch.inputs.homes[home].account
        earlier = [
            float(raw.full_wh[home, place])
            for place in (column - YEAR, column - 2 * YEAR)
            if place >= 0 and self._is_comparable(row, place)
        ]
        mean = same_month_mean(earlier)
        if mean is None or raw.full_wh[home, column] < 0:
            return
        expected = round(mean * saving.days / _days_of(saving.month))
        actual = int(raw.wh[home, column])
        saving.expected_kwh, saving.saved_kwh = _kwh(expected), _kwh(expected - actual)
        kwh = whole_kwh(np.array([expected / WH, actual / WH]))
        won = price(self.rules.book, account, [saving.month], kwh[None])[0]
        if MISSING not in won:
            saving.expected_won, saving.actual_won = int(won[0]), int(won[1])
            saving.saved_won = saving.expected_won - saving.actual_won

    def _is_comparable(self, row: Row, column: int) -> bool:
        """Nothing before a declared new start is held against what came after it."""
        chapter, inputs = row.plan.chapter, self.batch.inputs
        if chapter.earliest == chapter.begins - WINDOW_DAYS:
            return True
        return inputs.number(inputs.months[column]) >= chapter.earliest

    def _blank(self, home: int, column: int, span: str, method: str) -> Saving:
        facts: Home = self.batch.inputs.homes[home]
        month = self.counted.months[column]
        return Saving(
            premises_id=facts.premises.pk,
            span=span,
            month=month,
            method=METHODS[method],
            tariff=_table(self.rules.book, facts.account.kind, month),
            computed_at=self.at,
        )


@lru_cache(maxsize=4096)
def _table(book: TariffBook, kind: str, month: date) -> str:
    """Which table prices the month."""
    if not book.covers(kind, month):
        return ""
    return f"{kind} {book.rates(kind, month).origin.valid_from}"


@lru_cache(maxsize=1024)
def _days_of(month: date) -> int:
    return (next_month(month) - month).days


def _kwh(wh: Any) -> Decimal:
    """Whole Wh as kWh (or whole grams as kg), exactly."""
    return Decimal(int(wh)).scaleb(-3)


def _lay_won(saving: Saving, money: Money, home: int, column: int) -> None:
    actual = int(money.actual[home, column])
    if actual == UNPRICED:
        return
    saving.actual_won = actual
    saving.expected_won = int(money.expected[home, column])
    saving.saved_won = saving.expected_won - actual
    saving.saved_won_low = int(money.low[home, column]) - actual
    saving.saved_won_high = int(money.high[home, column]) - actual
