"""Where it goes, and what a tip is worth: computed from the home's own model."""

import json
from datetime import date

import numpy as np
import pytest

from livinglab.energy.outlook.home_model import HomeModel, Split, split
from livinglab.energy.outlook.tips import Month, TipRule, best_tips, split_won
from livinglab.energy.tariff.bill import next_month
from livinglab.energy.tariff.pricing import price
from tests.energy.tariffs import LOW, SEEDS, bill_of, shipped_book

MODEL = HomeModel(mu=8.0, beta_h=0.4, beta_c=0.9, hb=12.0, cb=23.0)
TIPS = [
    TipRule.read(row["code"], row["rule"])
    for row in json.loads((SEEDS / "tips.json").read_text("utf-8"))["tips"]
]


def months(first, *temperatures):
    """Months from `first` on, each with one temperature on all its days."""
    found, start = [], first
    for each in temperatures:
        temps = np.full((next_month(start) - start).days, float(each))
        found.append(Month(start, temps, split(MODEL, temps).total))
        start = next_month(start)
    return found


def pricer(some):
    return lambda i, kwh: price(
        shipped_book(), LOW, [some[i].start], kwh[np.newaxis, :]
    )[0]


def test_the_parts_of_the_model_add_up_to_its_expectation():
    temps = np.array([5.0, 15.0, 28.0])
    parts = split(MODEL, temps)
    assert parts == Split(base=24.0, heating=pytest.approx(2.8), cooling=4.5)
    assert parts.total == pytest.approx(MODEL.per_day(temps).sum())


def test_a_day_without_temperature_takes_the_mean_of_the_others():
    parts = split(MODEL, np.array([28.0, np.nan]))
    assert parts == Split(base=16.0, heating=0.0, cooling=9.0)
    assert split(MODEL, np.array([np.nan])).total == 8.0


def test_the_won_of_the_parts_add_up_to_the_bill():
    parts = split(MODEL, np.full(31, 29.0))
    found = split_won(
        parts,
        lambda kwh: price(shipped_book(), LOW, [date(2025, 8, 1)], kwh[np.newaxis, :])[
            0
        ],
    )
    assert found.base_won == bill_of("2025-08", 248).total
    assert found.total_won == bill_of("2025-08", round(parts.total)).total
    assert found.heating_won == 0
    assert found.cooling_won > 0


def test_one_degree_is_worth_the_homes_own_slope():
    july = months(date(2025, 7, 1), 30)
    rule = TipRule.read("one", {"part": "cooling", "shift_degrees": 1})
    (tip,) = best_tips([rule], MODEL, july, pricer(july))
    assert tip.kwh == 28  # 31 days of 0.9 kWh
    before, after = bill_of("2025-07", 443).total, bill_of("2025-07", 415).total
    assert tip.won == before - after


def test_a_degree_saves_no_more_than_there_is():
    mild = np.full(30, 23.4)
    rule = TipRule.read("one", {"part": "cooling", "shift_degrees": 1})
    assert rule.saved_kwh(MODEL, mild) == pytest.approx(30 * 0.4 * 0.9)


def test_the_shipped_tips_give_three_that_help_now():
    summer = months(date(2025, 7, 1), 29, 29, 22, 15, 8, 2)
    tips = best_tips(TIPS, MODEL, summer, pricer(summer))
    assert len(tips) == 3
    assert all(tip.is_now and tip.won >= 100 for tip in tips)
    assert [tip.won for tip in tips] == sorted((t.won for t in tips), reverse=True)


def test_a_tip_for_another_season_names_its_best_month():
    rules = [TipRule.read("warm", {"part": "heating", "shift_degrees": 1})]
    ahead = months(date(2025, 9, 1), 22, 16, 8, 1, -3, 0)
    (tip,) = best_tips(rules, MODEL, ahead, pricer(ahead))
    assert (tip.is_now, tip.month) == (False, date(2026, 1, 1))


def test_homes_that_must_stay_warm_and_cool_hear_only_about_the_base():
    some = months(date(2025, 7, 1), 29, 29)
    tips = best_tips(TIPS, MODEL, some, pricer(some), only_base=True)
    parts = {rule.code: rule.part for rule in TIPS}
    assert {parts[tip.code] for tip in tips} == {"base"}


def test_of_two_tips_that_do_the_same_the_better_is_shown():
    rules = [
        TipRule.read("a", {"part": "base", "group": "g", "cut_percent": 5}),
        TipRule.read("b", {"part": "base", "group": "g", "cut_percent": 9}),
    ]
    some = months(date(2025, 7, 1), 29)
    assert [tip.code for tip in best_tips(rules, MODEL, some, pricer(some))] == ["b"]


def test_a_tip_for_electric_heating_is_not_shown_to_others():
    rule = {"part": "heating", "cut_percent": 10, "heating": ["electric"]}
    some = months(date(2025, 12, 1), -2)
    rules = [TipRule.read("a", rule)]
    assert best_tips(rules, MODEL, some, pricer(some), heating="gas") == []
    assert len(best_tips(rules, MODEL, some, pricer(some), heating="electric")) == 1


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"part": "base"},
        {"part": "roof", "cut_percent": 5},
        {"part": "base", "cut_percent": 5, "shift_degrees": 1},
        {"part": "base", "shift_degrees": 1},
        {"part": "base", "cut_percent": "many"},
        {"part": "base", "cut_percent": 500},
        {"part": "base", "cut_percent": 5, "colour": "red"},
    ],
)
def test_a_rule_that_says_no_clear_change_is_refused(rule):
    with pytest.raises(ValueError, match=r"."):
        TipRule.read("x", rule)
