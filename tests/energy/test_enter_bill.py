"""A paper bill is checked, stored once, corrected with its history, taken back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from livinglab.energy.errors import BillRefused, PleaseConfirm
from livinglab.energy.models import (
    Bill,
    BillChange,
    Premises,
    PremisesDiscount,
    SavingsDue,
)
from livinglab.energy.selectors.bills import (
    check_in_words,
    gaps_between_bills,
    reason_in_words,
)
from livinglab.energy.services.bills import (
    PaperBill,
    correct_bill,
    enter_bill,
    preview_bill,
    take_back_bill,
)
from livinglab.energy.tariff.bill_check import BillCheck
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person
from tests import make

MARCH = PaperBill(date(2026, 3, 1), date(2026, 4, 1), Decimal(300), 57_760)


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(owner=resident, dwelling=Premises.Dwelling.HOUSE)


def look(home: Premises, paper: PaperBill, by: Person) -> BillCheck:
    _bill, check = preview_bill(home, paper, by=by)
    assert check is not None
    return check


def test_looking_first_stores_nothing(home: Premises, resident: Person) -> None:
    seen, check = preview_bill(home, MARCH, by=resident)
    assert check is not None
    assert check.matches
    assert (seen.pk, seen.computed_won) == (None, 57_760)
    assert not Bill.objects.exists()
    assert not SavingsDue.objects.exists()


def test_a_bill_is_stored_and_its_months_become_due(
    home: Premises, resident: Person
) -> None:
    bill = enter_bill(home, MARCH, by=resident)
    assert (bill.kwh, bill.computed_won, bill.by) == (300, 57_760, resident)
    assert SavingsDue.objects.filter(premises=home).exists()


def test_registers_alone_give_the_kwh(home: Premises, resident: Person) -> None:
    paper = replace(
        MARCH, kwh=None, register_before=Decimal(1200), register_now=Decimal(1500)
    )
    assert enter_bill(home, paper, by=resident).kwh == 300


def test_registers_that_contradict_the_kwh_are_asked_about(
    home: Premises, resident: Person
) -> None:
    paper = replace(MARCH, register_before=Decimal(1200), register_now=Decimal(1530))
    with pytest.raises(PleaseConfirm):
        enter_bill(home, paper, by=resident)
    assert enter_bill(home, replace(paper, is_confirmed=True), by=resident).kwh == 300


def test_a_days_use_no_home_has_is_asked_about(
    home: Premises, resident: Person
) -> None:
    paper = replace(MARCH, kwh=Decimal(30_000), amount_won=None)
    with pytest.raises(PleaseConfirm):
        preview_bill(home, paper, by=resident)
    assert enter_bill(home, replace(paper, is_confirmed=True), by=resident).pk


@pytest.mark.parametrize(
    "odd",
    [
        {"end": date(2026, 3, 1)},
        {"end": date(2026, 9, 1)},
        {"end": date(2199, 1, 1), "start": date(2198, 12, 1)},
        {"kwh": None},
        {"kwh": None, "register_now": Decimal(5)},
        {"kwh": None, "register_before": Decimal(9), "register_now": Decimal(5)},
        {"kwh": Decimal(-1)},
        {"kwh": Decimal("NaN")},
        {"tariff_kind": "industrial"},
    ],
)
def test_a_bill_that_cannot_be_is_refused_in_words(
    odd: dict[str, object], home: Premises, resident: Person
) -> None:
    with pytest.raises(BillRefused, match=r"."):
        enter_bill(home, replace(MARCH, **odd), by=resident)  # type: ignore[arg-type]
    assert not Bill.objects.exists()


def test_bills_may_share_one_day_and_no_more(home: Premises, resident: Person) -> None:
    enter_bill(home, MARCH, by=resident)
    april = replace(MARCH, start=date(2026, 3, 31), end=date(2026, 5, 1))
    assert enter_bill(home, april, by=resident).pk
    late = replace(MARCH, start=date(2026, 4, 20), end=date(2026, 5, 20))
    with pytest.raises(BillRefused, match="2026-03-31"):
        enter_bill(home, late, by=resident)


def test_gaps_between_bills_are_told(home: Premises, resident: Person) -> None:
    enter_bill(home, MARCH, by=resident)
    may = replace(MARCH, start=date(2026, 5, 1), end=date(2026, 6, 1))
    enter_bill(home, may, by=resident)
    (gap,) = gaps_between_bills(home)
    assert (gap.first, gap.last) == (date(2026, 4, 1), date(2026, 4, 30))


def test_a_bill_up_to_today_is_fine(home: Premises, resident: Person) -> None:
    today = timezone.localdate()
    paper = replace(MARCH, start=today - timedelta(days=29), end=today)
    assert enter_bill(home, paper, by=resident).pk


def test_the_homes_discounts_are_used(home: Premises, resident: Person) -> None:
    assert look(home, replace(MARCH, amount_won=40_420), resident).matches is False
    PremisesDiscount.objects.create(premises=home, names=["large_family", "gone"])
    check = look(home, replace(MARCH, amount_won=40_420), resident)
    assert check.matches
    assert check.computed.discounts == (("large_family", 15_378),)


def test_another_contract_may_stand_on_the_paper(
    home: Premises, resident: Person
) -> None:
    paper = replace(MARCH, amount_won=49_420, tariff_kind="residential_high")
    assert look(home, paper, resident).matches


def test_a_flats_won_are_called_an_estimate(home: Premises, resident: Person) -> None:
    home.dwelling = Premises.Dwelling.FLAT
    assert look(home, MARCH, resident).is_estimate


def test_before_the_first_table_a_bill_is_stored_without_a_check(
    home: Premises, resident: Person
) -> None:
    old = replace(MARCH, start=date(2015, 3, 1), end=date(2015, 4, 1))
    seen, check = preview_bill(home, old, by=resident)
    assert check is None
    assert enter_bill(home, old, by=resident).computed_won is None


def test_the_check_speaks_in_sentences(home: Premises, resident: Person) -> None:
    assert "57,760" in check_in_words(look(home, MARCH, resident))
    gone = look(home, replace(MARCH, amount_won=None), resident)
    assert "57,760" in check_in_words(gone)
    tv = look(home, replace(MARCH, amount_won=60_260), resident)
    assert "60,260" in check_in_words(tv)
    assert [bool(reason_in_words(reason)) for reason in tv.reasons]
    family = look(home, replace(MARCH, amount_won=40_420), resident)
    assert len({reason_in_words(reason) for reason in family.reasons}) > 3


def test_correcting_keeps_what_the_bill_said(home: Premises, resident: Person) -> None:
    bill = enter_bill(home, MARCH, by=resident)
    correct_bill(bill, replace(MARCH, kwh=Decimal(310)), by=resident)
    bill.refresh_from_db()
    assert bill.kwh == 310
    change = BillChange.objects.get(bill=bill)
    assert (change.old["kwh"], change.old["start"]) == ("300", "2026-03-01")
    assert change.by == resident


def test_a_bill_does_not_overlap_with_itself(home: Premises, resident: Person) -> None:
    bill = enter_bill(home, MARCH, by=resident)
    moved = replace(MARCH, start=date(2026, 3, 2))
    seen, _check = preview_bill(home, moved, by=resident, instead_of=bill)
    assert seen.start == moved.start
    assert correct_bill(bill, moved, by=resident).start == moved.start


def test_taking_back_leaves_the_history(home: Premises, resident: Person) -> None:
    bill = enter_bill(home, MARCH, by=resident)
    take_back_bill(bill, by=resident)
    assert not Bill.objects.exists()
    assert home.bill_changes.get().old["amount_won"] == 57_760


def test_only_members_touch_a_homes_bills(
    home: Premises, resident: Person, neighbour: Person
) -> None:
    bill = enter_bill(home, MARCH, by=resident)
    for attempt in (
        lambda: preview_bill(home, MARCH, by=neighbour),
        lambda: enter_bill(home, MARCH, by=neighbour),
        lambda: correct_bill(bill, MARCH, by=neighbour),
        lambda: take_back_bill(bill, by=neighbour),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert home.bills.count() == 1
