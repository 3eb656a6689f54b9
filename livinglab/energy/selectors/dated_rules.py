"""Everything dated that turns kWh into won, CO2 and points, as one thing to hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livinglab.energy.models import IncentiveRule
from livinglab.energy.selectors.tariffs import co2_factors, tariff_book
from livinglab.energy.tariff.incentives import (
    CARBON_POINTS,
    CASHBACK,
    CashbackRule,
    Co2,
    PointsRule,
)
from livinglab.energy.tariff.tables import TariffBook

ELECTRICITY = "electricity"


@dataclass(frozen=True)
class DatedRules:
    """The tariff book, CO2 factors and the two schemes' rules."""

    book: TariffBook
    co2: Sequence[Co2]
    cashback: Sequence[CashbackRule]
    points: Sequence[PointsRule]


def dated_rules() -> DatedRules:
    """The rules as they stand in the database now."""
    schemes = list(IncentiveRule.objects.order_by("valid_from"))
    return DatedRules(
        book=tariff_book(),
        co2=co2_factors(),
        cashback=[
            CashbackRule.read(row.valid_from, row.rules)
            for row in schemes
            if row.scheme == CASHBACK
        ],
        points=[
            PointsRule.read(row.valid_from, row.rules)
            for row in schemes
            if row.scheme == CARBON_POINTS and ELECTRICITY in row.rules
        ],
    )
