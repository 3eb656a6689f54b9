"""A batch's figures as rows of the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.baseline.climate import BoolArray, IntArray
from livinglab.energy.baseline.figures import states_of, trailing_year
from livinglab.energy.selectors.dated_rules import DatedRules
from livinglab.energy.selectors.savings_inputs import next_month
from livinglab.energy.services.savings.collecting import Collecting
from livinglab.energy.services.savings.counting import Counted
from livinglab.energy.services.savings.figures import (
    MONTH,
    TWELVE,
    Figure,
    is_priced,
    known_kwh_column,
    kwh_column,
    table_of,
    won_column,
)
from livinglab.energy.services.savings.fitting import Batch, Row
from livinglab.energy.services.savings.methods import METHODS
from livinglab.energy.services.savings.pricing import Money, Priced, Schemes

Places = tuple[IntArray, ...]
"""The rows and the columns of some homes' months."""


@dataclass(frozen=True)
class Results:
    """Everything a batch came to, ready to be written."""

    batch: Batch
    rows: list[Row]
    counted: Counted
    priced: Priced
    rules: DatedRules
    at: datetime

    def figures(self, months: BoolArray, years: BoolArray) -> Iterator[Figure]:
        """Rows for the wanted months and twelve-months, homes in rows."""
        known = self.counted.has_figure
        yield from self._block(MONTH, np.nonzero(months & known))
        yield from self._block(TWELVE, np.nonzero(years & known))
        collecting = Collecting(
            self.batch, self.rows, self.counted.raw, self.rules, self._schemes, self.at
        )
        for home, column in np.argwhere(months & ~known).tolist():
            yield from collecting.figure(home, column)

    def _block(self, span: str, at: Places) -> Iterator[Figure]:
        """Weather-corrected figures with their likely range, a column at a time."""
        figures = self.counted.month if span == MONTH else self.counted.year
        possible = self._possible if span == MONTH else trailing_year(self._possible)
        saved, half = figures.saved[at], figures.half[at]
        count = saved.size
        columns: list[Sequence[object]] = [
            *self._whose(span, at),
            figures.days[at].tolist(),
            possible[at].tolist(),
            kwh_column(figures.expected[at]),
            kwh_column(figures.actual[at]),
            kwh_column(saved),
            kwh_column(saved - half),
            kwh_column(saved + half),
            known_kwh_column(figures.weather[at], figures.has_weather[at]),
            *self._won(span, at),
            self._co2(span, at),
            self._schemes_of(span, at),
            [True] * count,
            states_of(saved, half),
            *self._how(at),
            [self.at] * count,
        ]
        return map(Figure._make, zip(*columns, strict=True))

    def _whose(self, span: str, at: Places) -> tuple[Sequence[object], ...]:
        homes = [home.premises.pk for home in self.batch.inputs.homes]
        months = self.counted.months
        return (
            [homes[row] for row in at[0].tolist()],
            [span] * at[0].size,
            [months[column] for column in at[1].tolist()],
        )

    def _how(self, at: Places) -> tuple[Sequence[object], ...]:
        """The method and the tariff table behind each figure."""
        methods = [METHODS[row.method] for row in self.rows]
        kinds = [home.account.kind for home in self.batch.inputs.homes]
        book, months = self.rules.book, self.counted.months
        return (
            [methods[row] for row in self.counted.row_of[at].tolist()],
            [
                table_of(book, kinds[home], months[column])
                for home, column in zip(*(part.tolist() for part in at), strict=True)
            ],
        )

    def _won(self, span: str, at: Places) -> tuple[Sequence[object], ...]:
        money: Money = self.priced.month if span == MONTH else self.priced.year
        expected, actual = money.expected[at], money.actual[at]
        priced = is_priced(actual)
        every = (
            expected,
            actual,
            expected - actual,
            money.low[at] - actual,
            money.high[at] - actual,
        )
        return tuple(won_column(won, priced) for won in every)

    def _co2(self, span: str, at: Places) -> Sequence[object]:
        grams = self.priced.co2_month if span == MONTH else self.priced.co2_year
        return known_kwh_column(grams[at], self._schemes.has_co2[at[1]])

    def _schemes_of(self, span: str, at: Places) -> Sequence[object]:
        of = self._schemes.of_month if span == MONTH else self._schemes.of_half_year
        places = zip(*(part.tolist() for part in at), strict=True)
        return [of(home, column) for home, column in places]

    @cached_property
    def _schemes(self) -> Schemes:
        return Schemes(self.rules, self.counted.raw, self.counted.months)

    @cached_property
    def _possible(self) -> NDArray[np.int64]:
        """Days of each month that lie after the baseline and within the chapter."""
        inputs, row_of = self.batch.inputs, self.counted.row_of
        first = np.array([inputs.number(month) for month in inputs.months])
        end = np.array([inputs.number(next_month(month)) for month in inputs.months])
        # The last one is for months without a row.
        reports = np.array([*(row.plan.reports for row in self.rows), 0])
        ends = np.array([*(row.plan.chapter.ends for row in self.rows), 0])
        days = np.minimum(end, ends[row_of]) - np.maximum(first, reports[row_of])
        return np.where(self.counted.has_figure, np.maximum(days, 0), 0)
