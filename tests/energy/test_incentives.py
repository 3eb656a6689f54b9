"""The public schemes give what their published rules say."""

import json
from datetime import date
from decimal import Decimal

import pytest

from livinglab.energy.tariff.incentives import (
    CashbackRule,
    Co2,
    PointsRule,
    carbon_points,
    cashback,
    co2_kg,
    in_force,
)
from tests.energy.tariffs import SEEDS

ROWS = json.loads((SEEDS / "incentives.json").read_text("utf-8"))["rules"]


def rules_of(scheme):
    rows = [row for row in ROWS if row["scheme"] == scheme]
    return [(date.fromisoformat(row["valid_from"]), row["rules"]) for row in rows]


CASHBACK = [CashbackRule.read(*row) for row in rules_of("cashback")]
NOW = in_force(CASHBACK, date(2026, 5, 1))
POINTS = PointsRule.read(*rules_of("carbon_points")[0])


@pytest.mark.parametrize(
    ("used", "won_per_kwh", "won"),
    [(292, 0, 0), (291, 30, 270), (285, 60, 900), (270, 80, 2400), (240, 100, 6000)],
)
def test_cashback_pays_by_the_band_reached(used, won_per_kwh, won):
    found = cashback(NOW, Decimal(used), [Decimal(310), Decimal(290)])
    assert (found.baseline_kwh, found.won_per_kwh, found.won) == (300, won_per_kwh, won)


def test_cashback_counts_at_most_thirty_percent():
    found = cashback(NOW, Decimal(100), [Decimal(300)])
    assert found.saved_kwh == 200
    assert found.won == 9000


def test_one_earlier_year_is_enough_and_none_is_not():
    assert cashback(NOW, Decimal(270), [None, Decimal(300)]).won == 2400
    found = cashback(NOW, Decimal(270), [None, None])
    assert (found.reason, found.won, found.percent) == ("no_history", 0, None)


def test_in_2023_cashback_also_asked_for_the_regional_mean():
    rule = in_force(CASHBACK, date(2023, 9, 1))
    year = [Decimal(300)]
    assert cashback(rule, Decimal(280), year).reason == "mean_unknown"
    above = cashback(rule, Decimal(280), year, regional_mean_percent=Decimal(7))
    assert above.reason == "under_mean"
    reached = cashback(rule, Decimal(280), year, regional_mean_percent=Decimal(4))
    assert (reached.reason, reached.won) == ("paid", 1200)


@pytest.mark.parametrize(
    ("monthly", "points"), [(286, 0), (285, 5000), (270, 10_000), (255, 15_000)]
)
def test_carbon_points_by_the_band_of_the_half_year(monthly, points):
    found = carbon_points(POINTS, [Decimal(monthly)] * 6, [[Decimal(300)] * 6])
    assert found.points == points


def test_a_missing_month_takes_the_mean_of_the_others():
    used = [Decimal(270)] * 5 + [None]
    found = carbon_points(POINTS, used, [[Decimal(300)] * 6, [Decimal(300)] * 6])
    assert (found.used_kwh, found.points) == (1620, 10_000)


def test_keeping_a_low_use_is_rewarded_after_two_good_halves():
    half, year = [Decimal(296)] * 6, [[Decimal(300)] * 6]
    assert carbon_points(POINTS, half, year, good_halves=1).points == 0
    kept = carbon_points(POINTS, half, year, good_halves=2)
    assert (kept.reason, kept.points) == ("kept", 3000)


def test_those_who_use_little_anyway_get_points_too():
    half, year = [Decimal(120)] * 6, [[Decimal(119)] * 6]
    found = carbon_points(POINTS, half, year, area_mean_kwh=Decimal(1800))
    assert (found.reason, found.points) == ("low", 5000)


def test_without_earlier_years_there_are_no_points_and_no_percentage():
    found = carbon_points(POINTS, [Decimal(120)] * 6, [[None] * 6])
    assert (found.reason, found.points, found.percent) == ("no_history", 0, None)


def test_co2_uses_the_factor_of_the_day_of_use():
    rows = json.loads((SEEDS / "co2.json").read_text("utf-8"))["factors"]
    factors = [
        Co2(date.fromisoformat(row["valid_from"]), Decimal(row["kg_per_kwh"]))
        for row in rows
    ]
    assert co2_kg(factors, date(2022, 6, 1), Decimal(100)) == Decimal("43.12")
    assert co2_kg(factors, date(2026, 6, 1), Decimal(100)) == Decimal("41.73")
    assert co2_kg(factors, date(2010, 6, 1), Decimal(100)) is None
