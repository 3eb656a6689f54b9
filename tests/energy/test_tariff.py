"""Published bills come out to the won, and the ladder behaves as a ladder."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.energy.tariff.bill import Account, bill, tier_bounds
from livinglab.energy.tariff.discounts import UnknownDiscount
from livinglab.energy.tariff.tables import NoTable
from tests.energy.tariffs import HIGH, LOW, bill_of, shipped_book

# kWh: low 2025-09, 2025-08, 2026-01, high 2025-09, 2025-08, 2026-01
GOLDEN = {
    100: (16_120, 16_120, 16_120, 14_230, 14_230, 14_230),
    200: (31_220, 31_220, 31_220, 27_640, 27_640, 27_640),
    250: (44_880, 38_770, 44_880, 38_830, 34_340, 38_830),
    300: (57_760, 46_320, 57_760, 49_420, 41_050, 49_420),
    350: (70_640, 59_980, 70_640, 60_010, 52_240, 60_010),
    400: (83_530, 72_860, 83_530, 70_610, 62_830, 70_610),
    401: (90_310, 73_120, 90_310, 76_300, 63_050, 76_300),
    450: (108_050, 85_740, 108_050, 90_460, 73_420, 90_460),
    500: (126_160, 110_280, 126_160, 104_900, 93_280, 104_900),
    1000: (307_220, 291_320, 307_220, 249_330, 237_700, 249_330),
}
MONTHS = ("2025-09", "2025-08", "2026-01")
WHOLE_MONTHS = st.dates(date(2021, 1, 1), date(2026, 12, 1)).map("{:%Y-%m}".format)
HOMES = st.sampled_from([LOW, HIGH])


@pytest.mark.parametrize("kwh", GOLDEN)
def test_the_golden_table_comes_out_to_the_won(kwh):
    low = tuple(bill_of(month, kwh, LOW).total for month in MONTHS)
    high = tuple(bill_of(month, kwh, HIGH).total for month in MONTHS)
    assert low + high == GOLDEN[kwh]


@pytest.mark.parametrize(
    ("month", "kwh", "account", "total"),
    [
        ("2022-08", 427, LOW, 66_690),
        ("2023-08", 512, LOW, 115_640),
        ("2024-08", 363, LOW, 63_610),
        ("2025-09", 332, LOW, 66_010),
        ("2025-08", 500, HIGH, 93_280),
    ],
)
def test_a_published_bill_comes_out_to_the_won(month, kwh, account, total):
    assert bill_of(month, kwh, account).total == total


def test_every_part_of_a_super_users_bill_is_the_published_one():
    found = bill_of("2022-08", 1000)
    assert (found.base, found.energy, found.climate, found.fuel) == (
        7300,
        210_405,
        7300,
        5000,
    )
    assert (found.vat, found.fund, found.total) == (23_001, 8510, 261_510)


def test_a_large_family_pays_thirty_percent_less():
    found = bill_of(
        "2025-06", 300, Account("residential_low", frozenset({"large_family"}))
    )
    assert found.discounts == (("large_family", 15_378),)
    assert (found.charge, found.vat, found.fund) == (35_882, 3588, 1140)
    assert found.total == 40_610


def test_the_frozen_rise_comes_off_before_the_family_share():
    account = Account("residential_low", frozenset({"three_children"}))
    found = bill(shipped_book(), account, date(2025, 2, 10), date(2025, 3, 10), 231)
    assert found.discounts == (("freeze", 1848), ("three_children", 10_091))
    assert (found.charge, found.vat, found.fund) == (23_547, 2355, 750)
    assert found.total == 26_650


def test_a_welfare_discount_that_adds_comes_before_the_family_share():
    both = frozenset({"basic_livelihood", "large_family"})
    found = bill_of("2025-06", 300, Account("residential_low", both))
    assert dict(found.discounts) == {"basic_livelihood": 20_000, "large_family": 9378}


def test_of_two_that_do_not_add_the_larger_counts():
    both = frozenset({"disabled", "large_family"})
    found = bill_of("2025-06", 300, Account("residential_low", both))
    assert found.discounts == (("disabled", 20_000),)


def test_summer_amounts_are_weighted_by_days():
    account = Account("residential_low", frozenset({"disabled"}))
    found = bill(shipped_book(), account, date(2025, 8, 17), date(2025, 9, 16), 300)
    assert found.discounts == (("disabled", 18_000),)  # 15 days of each


def test_small_use_of_a_discounted_home_costs_less_still():
    account = Account("residential_high", frozenset({"near_poor"}))
    found = bill_of("2025-09", 150, account)
    assert dict(found.discounts) == {"small_use": 2500, "near_poor": 8000}


def test_discounts_never_make_a_bill_negative():
    account = Account("residential_low", frozenset({"basic_livelihood"}))
    assert bill_of("2025-06", 20, account).total == 0


def test_the_essential_use_deduction_ended_in_july_2022():
    assert bill_of("2021-03", 150).discounts == (("essential", 4000),)
    assert bill_of("2022-06", 150).discounts == (("essential", 2000),)
    assert bill_of("2022-07", 150).discounts == ()


def test_a_discount_a_kind_does_not_have_is_refused():
    with pytest.raises(UnknownDiscount):
        bill_of("2025-06", 300, Account("general_a1_low", frozenset({"disabled"})))


def test_a_facility_with_a_poor_power_factor_gets_the_published_bill():
    account = Account(
        "general_a1_low",
        demand_kw=Decimal(5),
        lagging_pf=Decimal(71),
        leading_pf=Decimal(91),
    )
    found = bill(shipped_book(), account, date(2022, 8, 11), date(2022, 9, 11), 100)
    assert (found.base, found.energy, found.climate) == (30_800, 9264, 730)
    assert (found.fuel, found.power_factor) == (500, 1416)
    assert [step.kwh for step in found.steps] == [68, 32]
    assert (found.charge, found.vat, found.fund) == (42_710, 4271, 1580)
    assert found.total == 48_560


@pytest.mark.parametrize(
    ("kind", "base", "summer", "spring", "winter"),
    [
        ("general_a1_low", 6160, "132.4", "91.9", "119.0"),
        ("general_a1_high_a_1", 7170, "142.6", "98.6", "130.3"),
        ("general_a1_high_a_2", 8230, "138.6", "94.3", "125.0"),
        ("general_a1_high_b_1", 7170, "140.5", "97.5", "127.3"),
        ("general_a1_high_b_2", 8230, "135.2", "92.2", "122.0"),
    ],
)
def test_general_rates_follow_the_season(kind, base, summer, spring, winter):
    account = Account(kind, demand_kw=Decimal(10))
    for month, rate in (("2025-07", summer), ("2025-10", spring), ("2025-11", winter)):
        found = bill_of(month, 1000, account)
        assert (found.base, found.energy) == (10 * base, int(1000 * Decimal(rate)))


def test_a_facility_that_used_nothing_pays_half_the_base():
    account = Account("general_a1_low", demand_kw=Decimal(5))
    assert bill_of("2025-10", 0, account).base == 15_400
    assert bill_of("2025-10", 1, account).base == 30_800


def test_a_rise_inside_the_period_is_split_by_days():
    found = bill(shipped_book(), LOW, date(2022, 3, 11), date(2022, 4, 11), 350)
    assert abs(found.energy - 45_648) <= 30  # published; whole kWh on each side
    assert found.climate == 2080


def test_a_season_inside_the_period_is_split_by_days():
    found = bill(shipped_book(), LOW, date(2021, 6, 21), date(2021, 7, 21), 500)
    june = [step for step in found.steps if step.season == "other"]
    assert [step.kwh for step in june] == [67, 67, 33]
    assert sum(step.won for step in june) == Decimal("27265.2")
    assert found.total == 91_810


# High voltage, 500 kWh, from that day of August 2025 to the same day of September.
SPLIT = dict(
    zip(
        range(1, 18),
        (93_280, 93_820, 93_980, 94_520, 94_740, 95_130, 95_450, 95_980, 96_150)
        + (96_690, 96_920, 97_310, 97_850, 98_160, 98_550, 98_850, 99_320),
        strict=True,
    )
)


@pytest.mark.parametrize("day", SPLIT)
def test_split_bills_agree_with_another_calculator_within_30_won(day):
    found = bill(shipped_book(), HIGH, date(2025, 8, day), date(2025, 9, day), 500)
    assert abs(found.total - SPLIT[day]) <= 30


def test_the_may_2023_rise_begins_on_the_sixteenth():
    book = shipped_book()
    before = bill(book, LOW, date(2023, 4, 16), date(2023, 5, 16), 300)
    after = bill(book, LOW, date(2023, 5, 16), date(2023, 6, 16), 300)
    assert (before.energy, after.energy) == (43_060, 45_460)
    assert len({step.start for step in bill_of("2023-05", 300).steps}) == 2


def test_the_fund_is_weighted_by_days():
    found = bill(shipped_book(), LOW, date(2025, 6, 16), date(2025, 7, 16), 190)
    expected = found.charge * Decimal("0.0295") // 10 * 10  # 3.2 % and 2.7 %
    assert found.fund == expected


def test_bounds_of_a_split_period_lie_between_those_of_the_seasons():
    book = shipped_book()
    assert tier_bounds(book, "residential_low", date(2025, 8, 15), date(2025, 9, 15))[
        :2
    ] == (255, 427)
    assert tier_bounds(book, "residential_low", date(2025, 8, 1), date(2025, 9, 1)) == (
        300,
        450,
        1000,
    )
    assert tier_bounds(book, "general_a1_low", date(2025, 8, 1), date(2025, 9, 1)) == ()


def test_before_the_first_table_there_is_no_bill():
    with pytest.raises(NoTable):
        bill_of("2018-01", 300)


def test_a_bill_needs_days_and_kwh_that_are_not_negative():
    day = date(2025, 9, 1)
    with pytest.raises(ValueError, match="at least one day"):
        bill(shipped_book(), LOW, day, day, 300)
    with pytest.raises(ValueError, match="no negative"):
        bill(shipped_book(), LOW, day, date(2025, 10, 1), -1)


@given(month=WHOLE_MONTHS, kwh=st.integers(0, 1500), account=HOMES)
def test_a_kwh_more_never_costs_less(month, kwh, account):
    assert bill_of(month, kwh + 1, account).total >= bill_of(month, kwh, account).total


@given(month=WHOLE_MONTHS, kwh=st.integers(0, 1500), account=HOMES)
def test_earlier_kwh_are_never_priced_again(month, kwh, account):
    less, more = bill_of(month, kwh, account), bill_of(month, kwh + 1, account)
    dearest = max(step.won_per_kwh for step in more.steps)
    assert less.energy <= more.energy <= less.energy + dearest + 1


@given(kwh=st.integers(0, 1000), account=HOMES)
def test_winter_equals_other_months_up_to_1000_kwh(kwh, account):
    assert bill_of("2026-01", kwh, account) != bill_of("2026-03", kwh, account)
    assert (
        bill_of("2026-01", kwh, account).total == bill_of("2026-03", kwh, account).total
    )


@pytest.mark.parametrize(("kwh", "won"), [(200, 1040), (400, 6780)])
def test_the_first_kwh_of_a_step_costs_its_base_too(kwh, won):
    assert bill_of("2025-09", kwh + 1).total - bill_of("2025-09", kwh).total == won


@given(
    start=st.dates(date(2021, 1, 1), date(2026, 6, 1)),
    days=st.integers(1, 70),
    kwh=st.integers(0, 1500),
    account=st.sampled_from([LOW, HIGH, Account("general_a1_low")]),
)
def test_no_kwh_is_lost_or_gained_on_the_way(start, days, kwh, account):
    end = date.fromordinal(start.toordinal() + days)
    found = bill(shipped_book(), account, start, end, kwh)
    assert sum(step.kwh for step in found.steps) == kwh
    assert min(step.kwh for step in found.steps) >= 0
    assert found.total % 10 == 0
