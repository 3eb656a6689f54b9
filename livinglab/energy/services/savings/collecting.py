"""Months with use but without a baseline: what was used, and what is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from livinglab.energy.baseline.figures import WH, YEAR
from livinglab.energy.baseline.sufficiency import (
    SAME_MONTH,
    WINDOW_DAYS,
    same_month_mean,
)
from livinglab.energy.models import Saving
from livinglab.energy.selectors.dated_rules import DatedRules
from livinglab.energy.selectors.savings_inputs import next_month
from livinglab.energy.services.savings.counting import Raw
from livinglab.energy.services.savings.figures import (
    MONTH,
    Figure,
    days_of,
    kwh,
    table_of,
)
from livinglab.energy.services.savings.fitting import Batch, Row
from livinglab.energy.services.savings.methods import METHODS
from livinglab.energy.services.savings.pricing import Schemes
from livinglab.energy.tariff.pricing import MISSING, price, whole_kwh


@dataclass(frozen=True)
class Collecting:
    """Figures of homes that have no model yet."""

    batch: Batch
    rows: list[Row]
    raw: Raw
    rules: DatedRules
    schemes: Schemes
    at: datetime

    def figure(self, home: int, column: int) -> Iterator[Figure]:
        """The month's row; nothing before the home joined or without any use."""
        row = self._chapter_row(home, column)
        days = int(self.raw.days[home, column])
        if row is None or not days:
            return
        start = self.batch.inputs.number(self.batch.inputs.months[column])
        if row.is_fitted and start >= row.plan.reports:
            return
        plain = self._without_comparison(row, home, column, days)
        if row.method == SAME_MONTH:
            plain = self._with_earlier_years(plain, row, home, column)
        yield plain

    def _without_comparison(
        self, row: Row, home: int, column: int, days: int
    ) -> Figure:
        facts = self.batch.inputs.homes[home]
        month = self.batch.inputs.months[column]
        return Figure(
            premises_id=facts.premises.pk,
            span=MONTH,
            month=month,
            days=days,
            days_possible=days_of(month),
            expected_kwh=None,
            actual_kwh=kwh(int(self.raw.wh[home, column])),
            saved_kwh=None,
            saved_kwh_low=None,
            saved_kwh_high=None,
            weather_kwh=None,
            expected_won=None,
            actual_won=None,
            saved_won=None,
            saved_won_low=None,
            saved_won_high=None,
            co2_kg=None,
            schemes=self.schemes.of_month(home, column),
            is_weather_corrected=False,
            state=Saving.State.COLLECTING,
            method=METHODS[row.method],
            tariff=table_of(self.rules.book, facts.account.kind, month),
            computed_at=self.at,
        )

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

    def _with_earlier_years(
        self, plain: Figure, row: Row, home: int, column: int
    ) -> Figure:
        """The public schemes' rule: no weather, no range, no place in area totals."""
        raw, account = self.raw, self.batch.inputs.homes[home].account
        earlier = [
            float(raw.full_wh[home, place])
            for place in (column - YEAR, column - 2 * YEAR)
            if place >= 0 and self._is_comparable(row, place)
        ]
        mean = same_month_mean(earlier)
        if mean is None or raw.full_wh[home, column] < 0:
            return plain
        expected = round(mean * plain.days / days_of(plain.month))
        actual = int(raw.wh[home, column])
        held = plain._replace(
            expected_kwh=kwh(expected), saved_kwh=kwh(expected - actual)
        )
        both = whole_kwh(np.array([expected / WH, actual / WH]))
        won = price(self.rules.book, account, [plain.month], both[None])[0].tolist()
        if MISSING in won:
            return held
        return held._replace(
            expected_won=won[0], actual_won=won[1], saved_won=won[0] - won[1]
        )

    def _is_comparable(self, row: Row, column: int) -> bool:
        """Nothing before a declared new start is held against what came after it."""
        chapter, inputs = row.plan.chapter, self.batch.inputs
        if chapter.earliest == chapter.begins - WINDOW_DAYS:
            return True
        return inputs.number(inputs.months[column]) >= chapter.earliest
