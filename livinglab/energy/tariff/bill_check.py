"""Compare a paper bill with our own computation, and say what may explain a gap.

Each reason is asked whether it would explain the difference to the won (within the
tolerance), so a resident sees the fitting one first and the merely possible after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from livinglab.energy.tariff.bill import Account, Bill, bill
from livinglab.energy.tariff.tables import TariffBook

# KEPCO's own rounding at a season's edge is not known: this much is the same bill.
TOLERANCE_WON = 30
TV_LICENCE_WON = 2500
# What KEPCO takes off for paying by direct debit or for a bill by e-mail.
PAYMENT_DISCOUNT_MOST_WON = 1000
LATE_FEE_MOST_PERCENT = 3
# The best cashback rate, on at most 30 % saved.
CASHBACK_MOST_PERCENT = 30
LONGEST_MONTH_DAYS = 35
OTHER_VOLTAGE = {
    "residential_low": "residential_high",
    "residential_high": "residential_low",
}


@dataclass(frozen=True)
class Reason:
    """One likely reason. `fits`: it explains the difference to the won."""

    code: str
    fits: bool = False
    discount: str = ""


@dataclass(frozen=True)
class BillCheck:
    """Our bill beside the paper one; amounts in won, None where not given."""

    computed: Bill
    amount: int | None
    reasons: tuple[Reason, ...]
    is_estimate: bool

    @property
    def difference(self) -> int | None:
        """Paper minus computed."""
        return None if self.amount is None else self.amount - self.computed.total

    @property
    def matches(self) -> bool | None:
        gap = self.difference
        return None if gap is None else abs(gap) <= TOLERANCE_WON


def check_bill(
    book: TariffBook,
    account: Account,
    start: date,
    end: date,
    kwh: int,
    *,
    amount: int | None = None,
    is_flat: bool = False,
    is_estimate: bool = False,
) -> BillCheck:
    """Recompute the bill of [start, end) and compare it with the amount on paper.

    is_flat: billed through a complex, so the won are an estimate. is_estimate: the
    meter was not read. Raises NoTable before the first table.
    """
    computed = bill(book, account, start, end, kwh)
    check = BillCheck(computed, amount, (), is_flat)
    if amount is None or check.matches:
        return check
    reasons = _reasons(
        book, computed, amount, is_flat=is_flat, was_read=not is_estimate
    )
    return replace(check, reasons=tuple(sorted(reasons, key=lambda r: not r.fits)))


def _reasons(
    book: TariffBook, computed: Bill, amount: int, *, is_flat: bool, was_read: bool
) -> Iterator[Reason]:
    """Possible reasons in the order of how common they are."""
    gap = amount - computed.total
    if gap < 0:
        yield from _discounts(book, computed, amount)
        if -gap <= computed.total * CASHBACK_MOST_PERCENT // 100:
            yield Reason("cashback")
    if gap > 0:
        yield Reason("tv_licence", fits=_near(gap, TV_LICENCE_WON))
    if -PAYMENT_DISCOUNT_MOST_WON <= gap < 0:
        yield Reason("payment_discount")
    if 0 < gap <= computed.total * LATE_FEE_MOST_PERCENT // 100:
        yield Reason("late_fee")
    if (computed.end - computed.start).days > LONGEST_MONTH_DAYS:
        yield Reason("long_period")
    if was_read:
        yield Reason("estimated_reading")
    other = OTHER_VOLTAGE.get(computed.account.kind)
    if other:
        again = _again(book, computed, replace(computed.account, kind=other))
        fits = _near(again, amount)
        if fits or is_flat:
            yield Reason("flat_complex" if is_flat else "other_voltage", fits=fits)


def _discounts(book: TariffBook, computed: Bill, amount: int) -> Iterator[Reason]:
    """A discount not entered: those that fit to the won by name, else in general."""
    account = computed.account
    fitting = []
    for name in book.discount_names(account.kind):
        if name not in account.discounts:
            more = replace(account, discounts=account.discounts | {name})
            if _near(_again(book, computed, more), amount):
                fitting.append(name)
    yield from (Reason("discount", fits=True, discount=name) for name in fitting)
    if not fitting and not account.discounts:
        yield Reason("discount")


def _again(book: TariffBook, computed: Bill, account: Account) -> int:
    return bill(book, account, computed.start, computed.end, computed.kwh).total


def _near(one: int, other: int) -> bool:
    return abs(one - other) <= TOLERANCE_WON
