"""A paper bill beside ours: it matches, or the likely reasons stand in order."""

from datetime import date

import pytest

from livinglab.energy.tariff.bill import Account
from livinglab.energy.tariff.bill_check import check_bill
from tests.energy.tariffs import HIGH, LOW, bill_of, shipped_book

JUNE = (date(2025, 6, 1), date(2025, 7, 1))


def check(amount, kwh=300, account=LOW, days=JUNE, **more):
    return check_bill(shipped_book(), account, *days, kwh, amount=amount, **more)


@pytest.mark.parametrize("off", [-30, 0, 30])
def test_within_thirty_won_it_matches(off):
    found = check(bill_of("2025-06", 300).total + off)
    assert found.matches
    assert found.reasons == ()


def test_without_an_amount_there_is_nothing_to_compare():
    found = check(None)
    assert (found.matches, found.difference, found.reasons) == (None, None, ())


def test_a_discount_that_fits_to_the_won_is_named_first():
    found = check(40_610)
    assert found.matches is False
    assert found.reasons[0].code == "discount"
    fitting = {reason.discount for reason in found.reasons if reason.fits}
    assert {"large_family", "three_children", "birth"} < fitting


def test_the_television_licence_is_recognised():
    found = check(bill_of("2025-06", 300).total + 2500)
    assert found.reasons[0].code == "tv_licence"
    assert found.reasons[0].fits


def test_paid_a_little_less_may_be_cashback_or_direct_debit():
    codes = [r.code for r in check(bill_of("2025-06", 300).total - 500).reasons]
    assert codes == ["discount", "cashback", "payment_discount", "estimated_reading"]


def test_paid_a_little_more_may_be_a_late_fee():
    codes = [r.code for r in check(bill_of("2025-06", 300).total + 700).reasons]
    assert codes == ["tv_licence", "late_fee", "estimated_reading"]


def test_the_other_voltage_is_named_only_when_it_fits():
    found = check(bill_of("2025-06", 300, HIGH).total)
    assert ("other_voltage", True) in [(r.code, r.fits) for r in found.reasons]
    assert "other_voltage" not in [r.code for r in check(20_000).reasons]


def test_a_flat_is_an_estimate_and_may_follow_the_complex():
    found = check(50_000, is_flat=True)
    assert found.is_estimate
    assert "flat_complex" in [r.code for r in found.reasons]


def test_an_estimated_reading_is_not_named_again():
    codes = [r.code for r in check(50_000, is_estimate=True).reasons]
    assert "estimated_reading" not in codes


def test_a_long_period_is_named():
    days = (date(2025, 5, 1), date(2025, 7, 1))
    assert "long_period" in [r.code for r in check(99_000, 600, days=days).reasons]


def test_a_discount_already_entered_is_not_asked_for():
    family = Account("residential_low", frozenset({"large_family"}))
    codes = [(r.code, r.discount) for r in check(30_000, account=family).reasons]
    assert ("discount", "") not in codes
