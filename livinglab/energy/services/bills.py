"""Verbs of paper bills typed by hand: look first, enter, correct, take back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.errors import BillRefused, PleaseConfirm
from livinglab.energy.events import usage_imported
from livinglab.energy.models import Bill, BillChange, Premises
from livinglab.energy.selectors.tariffs import account_of, tariff_book
from livinglab.energy.services.savings import mark_due
from livinglab.energy.tariff.bill_check import BillCheck, check_bill
from livinglab.energy.tariff.discounts import half_up
from livinglab.energy.tariff.tables import NoTable
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.people.models import Person

LONGEST_DAYS = 100
MOST_OVERLAP_DAYS = 1
# More kWh a day than this in a home is more likely a slip of the pen.
PLAUSIBLE_KWH_A_DAY = 150


@dataclass(frozen=True)
class PaperBill:
    """What stands on the paper: days [start, end), kWh or both registers, won."""

    start: date
    end: date
    kwh: Decimal | None = None
    amount_won: int | None = None
    tariff_kind: str = ""
    register_before: Decimal | None = None
    register_now: Decimal | None = None
    is_estimate: bool = False
    is_confirmed: bool = False

    @property
    def days(self) -> int:
        return (self.end - self.start).days


def preview_bill(
    premises: Premises, paper: PaperBill, *, by: Person, instead_of: Bill | None = None
) -> tuple[Bill, BillCheck | None]:
    """The bill as it would be stored and what we make of it; nothing is stored.

    The check is None when no tariff of that time is known.
    """
    require(by, "energy.preview_usage", premises)
    kwh, check = _checked(premises, paper, instead_of)
    return _fill(Bill(premises=premises), paper, kwh, check, by), check


@transaction.atomic
def enter_bill(premises: Premises, paper: PaperBill, *, by: Person) -> Bill:
    """Store a paper bill; savings of its months are computed again."""
    require(by, "energy.add_usage", premises)
    kwh, check = _checked(premises, paper, None)
    bill = _fill(Bill(premises=premises), paper, kwh, check, by)
    bill.save()
    _follow(bill.premises, bill.start, bill.end)
    return bill


@transaction.atomic
def correct_bill(bill: Bill, paper: PaperBill, *, by: Person) -> Bill:
    """Change a typed bill and keep what it said before, who and when."""
    require(by, "energy.add_usage", bill.premises)
    kwh, check = _checked(bill.premises, paper, bill)
    first, last = min(bill.start, paper.start), max(bill.end, paper.end)
    _keep(bill, by)
    _fill(bill, paper, kwh, check, by).save()
    _follow(bill.premises, first, last)
    return bill


@transaction.atomic
def take_back_bill(bill: Bill, *, by: Person) -> None:
    """Remove a typed bill; what it said stays in the home's history."""
    require(by, "energy.add_usage", bill.premises)
    _keep(bill, by)
    premises, start, end = bill.premises, bill.start, bill.end
    bill.delete()
    _follow(premises, start, end)


def _checked(
    premises: Premises, paper: PaperBill, instead_of: Bill | None
) -> tuple[Decimal, BillCheck | None]:
    """kWh of a plausible bill and its recomputation, or a refusal in words."""
    kwh = _kwh(paper)
    _refuse_wrong_days(paper)
    _refuse_overlap(premises, paper, instead_of)
    if kwh > PLAUSIBLE_KWH_A_DAY * paper.days and not premises.is_facility:
        _ask(
            paper,
            _(
                "That is %(kwh)s kWh a day, far more than a home uses. Please look "
                "whether the decimal place is right, and confirm if it is."
            )
            % {"kwh": round(kwh / paper.days)},
        )
    account = account_of(premises)
    if paper.tariff_kind and paper.tariff_kind != account.kind:
        account = account_of(_as(premises, paper.tariff_kind))
    try:
        check = check_bill(
            tariff_book(),
            account,
            paper.start,
            paper.end,
            half_up(kwh),
            amount=paper.amount_won,
            is_flat=premises.dwelling == Premises.Dwelling.FLAT,
            is_estimate=paper.is_estimate,
        )
    except NoTable:
        check = None
    return kwh, check


def _as(premises: Premises, kind: str) -> Premises:
    """The same home under another contract; never saved."""
    if kind not in tariff_book().kinds():
        raise BillRefused(_("This kind of contract is not known. Please choose again."))
    return Premises(pk=premises.pk, tariff_kind=kind, contract_kw=premises.contract_kw)


def _kwh(paper: PaperBill) -> Decimal:
    """The kWh on the paper, which the registers must confirm where both are given."""
    registers = (paper.register_before, paper.register_now)
    for number in (paper.kwh, *registers):
        if number is not None and (not number.is_finite() or number < 0):
            raise BillRefused(_("kWh and registers cannot be negative."))
    difference = None
    if registers[0] is not None and registers[1] is not None:
        difference = registers[1] - registers[0]
    if paper.kwh is not None:
        if difference is not None and abs(difference - paper.kwh) > 1:
            _ask(
                paper,
                _(
                    "The registers differ by %(difference)s kWh, the bill says "
                    "%(kwh)s kWh. Please look again, and confirm if the bill is right."
                )
                % {"difference": difference, "kwh": paper.kwh},
            )
        return paper.kwh
    if difference is None or difference < 0:
        raise BillRefused(
            _("Please enter the kWh of the bill, or both registers in their order.")
        )
    return difference


def _refuse_wrong_days(paper: PaperBill) -> None:
    if paper.days < 1:
        raise BillRefused(_("The last day must not be before the first day."))
    if paper.days > LONGEST_DAYS:
        raise BillRefused(
            _(
                "One bill covers at most %(days)s days. "
                "Please enter each bill by itself."
            )
            % {"days": LONGEST_DAYS}
        )
    if paper.end > timezone.localdate() + timedelta(days=1):
        raise BillRefused(
            _("This bill ends in the future. Please look at the days again.")
        )


def _refuse_overlap(
    premises: Premises, paper: PaperBill, instead_of: Bill | None
) -> None:
    others = premises.bills.overlapping(paper.start, paper.end)
    if instead_of is not None:
        others = others.exclude(pk=instead_of.pk)
    for other in others:
        shared = min(other.end, paper.end) - max(other.start, paper.start)
        if shared.days > MOST_OVERLAP_DAYS:
            raise BillRefused(
                _(
                    "You already entered a bill from %(first)s to %(last)s that shares "
                    "%(days)s days with this one. Please correct that one instead."
                )
                % {
                    "first": other.start,
                    "last": other.end - timedelta(days=1),
                    "days": shared.days,
                },
                bill=other.pk,
            )


def _ask(paper: PaperBill, sentence: str) -> None:
    """Stop with a question unless the resident already said yes to it."""
    if not paper.is_confirmed:
        raise PleaseConfirm(sentence)


def _fill(
    bill: Bill, paper: PaperBill, kwh: Decimal, check: BillCheck | None, by: Person
) -> Bill:
    bill.start, bill.end, bill.kwh = paper.start, paper.end, kwh
    bill.amount_won = paper.amount_won
    bill.tariff_kind = paper.tariff_kind or bill.premises.tariff_kind
    bill.computed_won = check.computed.total if check else None
    bill.register_before = paper.register_before
    bill.register_now = paper.register_now
    bill.is_estimate = paper.is_estimate
    bill.by = by
    return bill


def _keep(bill: Bill, by: Person) -> None:
    """Put what the bill says now into its history."""
    BillChange.objects.create(premises=bill.premises, bill=bill, old=said(bill), by=by)


def said(bill: Bill) -> dict[str, Any]:
    """What a bill says, as plain JSON."""
    paper = PaperBill(
        start=bill.start,
        end=bill.end,
        kwh=bill.kwh,
        amount_won=bill.amount_won,
        tariff_kind=bill.tariff_kind,
        register_before=bill.register_before,
        register_now=bill.register_now,
        is_estimate=bill.is_estimate,
    )
    return _plain(asdict(paper))


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: str(value) if isinstance(value, date | Decimal) else value
        for name, value in facts.items()
        if name != "is_confirmed"
    }


def _follow(premises: Premises, start: date, end: date) -> None:
    """Mark the months of these days as due and tell whoever listens."""
    mark_due(premises, start, end - timedelta(days=1), "bill")
    after_commit(usage_imported.send_robust, Bill, premises_id=premises.pk)
