"""Questions about paper bills: the sentences of a check, the gaps between bills."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from livinglab.energy.models import Premises
from livinglab.energy.tariff.bill_check import BillCheck, Reason

DISCOUNT_NAMES = {
    "large_family": gettext_lazy("large family (5 or more people)"),
    "three_children": gettext_lazy("three or more children"),
    "birth": gettext_lazy("child under three"),
    "life_support": gettext_lazy("life-support device"),
    "disabled": gettext_lazy("registered disability"),
    "veteran": gettext_lazy("person of merit"),
    "basic_livelihood": gettext_lazy("basic livelihood (living, medical)"),
    "basic_housing": gettext_lazy("basic livelihood (housing, education)"),
    "near_poor": gettext_lazy("second-lowest income group"),
    "welfare_facility": gettext_lazy("social welfare facility"),
    "freeze": gettext_lazy("frozen rise"),
    "small_use": gettext_lazy("reduction up to 200 kWh"),
    "essential": gettext_lazy("essential use deduction"),
}
TARIFF_NAMES = {
    "residential_low": gettext_lazy("Home, low voltage"),
    "residential_high": gettext_lazy("Home, high voltage"),
    "general_a1_low": gettext_lazy("General A I, low voltage"),
    "general_a1_high_a_1": gettext_lazy("General A I, high voltage A, option I"),
    "general_a1_high_a_2": gettext_lazy("General A I, high voltage A, option II"),
    "general_a1_high_b_1": gettext_lazy("General A I, high voltage B, option I"),
    "general_a1_high_b_2": gettext_lazy("General A I, high voltage B, option II"),
    "levies": gettext_lazy("Levies on every bill"),
    "discounts": gettext_lazy("Discounts"),
}
_REASONS = {
    "discount": gettext_lazy("A discount may not be entered for this home yet."),
    "cashback": gettext_lazy("The Energy Cashback may have been deducted."),
    "tv_licence": gettext_lazy("The TV licence fee may be on the same bill."),
    "payment_discount": gettext_lazy(
        "There may be a discount for direct debit or for a bill by e-mail."
    ),
    "late_fee": gettext_lazy("There may be a fee for paying late."),
    "long_period": gettext_lazy("The bill covers more than one month."),
    "estimated_reading": gettext_lazy("The meter may have been estimated, not read."),
    "flat_complex": gettext_lazy(
        "The complex may be billed as a whole, by the average of all homes."
    ),
    "other_voltage": gettext_lazy(
        "The contract may be of the other voltage; then it matches to the won."
    ),
}


def reason_in_words(reason: Reason) -> str:
    """One likely reason as a sentence for the resident."""
    if reason.discount:
        return _("With the discount “%(name)s” it would match.") % {
            "name": discount_name(reason.discount)
        }
    if reason.code == "tv_licence" and reason.fits:
        return _("The difference is just the TV licence fee.")
    return str(_REASONS[reason.code])


def check_in_words(check: BillCheck) -> str:
    """The verdict of a check as a sentence for the resident."""
    computed = {"won": f"{check.computed.total:,}"}
    if check.matches is None:
        return _("By the tariff this bill comes to %(won)s won.") % computed
    if check.matches:
        return _("This matches our computation of %(won)s won.") % computed
    return _("By the tariff this bill comes to %(won)s won, not %(amount)s won.") % {
        **computed,
        "amount": f"{check.amount:,}",
    }


def discount_name(name: str) -> str:
    """A discount in the reader's language; a new one under its own name."""
    return str(DISCOUNT_NAMES.get(name, name))


def tariff_name(kind: str) -> str:
    """A contract kind in the reader's language."""
    return str(TARIFF_NAMES.get(kind, kind))


@dataclass(frozen=True)
class Gap:
    """Days between two bills for which nobody entered one, both included."""

    first: date
    last: date


def gaps_between_bills(premises: Premises) -> list[Gap]:
    """Where a bill is missing, oldest first."""
    gaps, until = [], None
    for start, end in premises.bills.order_by("start").values_list("start", "end"):
        if until is not None and start > until:
            gaps.append(Gap(until, start - timedelta(days=1)))
        until = end if until is None else max(until, end)
    return gaps
