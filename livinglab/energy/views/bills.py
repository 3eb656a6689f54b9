"""고지서: look at what we make of a paper bill, then enter, correct or take it back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.energy.errors import PleaseConfirm
from livinglab.energy.forms.bills import BillForm
from livinglab.energy.models import Bill, Premises
from livinglab.energy.selectors.bills import (
    check_in_words,
    gaps_between_bills,
    reason_in_words,
)
from livinglab.energy.services.bills import (
    correct_bill,
    enter_bill,
    preview_bill,
    take_back_bill,
)
from livinglab.kernel import numbers
from livinglab.kernel.errors import Refused
from livinglab.people.http import person_of
from livinglab.people.models import Person


@dataclass(frozen=True)
class Seen:
    """What we made of the bill, in words, ready for a yes."""

    sentence: str
    reasons: list[str]
    matches: bool | None


@dataclass(frozen=True)
class Row:
    """A bill in the list of those entered."""

    bill: Bill
    last: date
    note: str


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_bill(request: HttpRequest, pk: int) -> HttpResponse:
    """A new paper bill of a home, with the bills it already has."""
    person = person_of(request)
    home = get_object_or_404(Premises.objects.visible_to(person), pk=pk)
    return _bill_page(request, home, person, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_bill(request: HttpRequest, pk: int) -> HttpResponse:
    """A bill that was entered, to be corrected."""
    person = person_of(request)
    bill = get_object_or_404(_bills_of(person), pk=pk)
    return _bill_page(request, bill.premises, person, bill)


@require_POST
@login_required
def remove_bill(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a bill back; what it said stays in the home's history."""
    person = person_of(request)
    bill = get_object_or_404(_bills_of(person), pk=pk)
    take_back_bill(bill, by=person)
    messages.success(request, _("The bill is taken back."))
    return redirect("energy:add-bill", bill.premises_id)


def _bills_of(person: Person) -> Any:
    homes = Premises.objects.visible_to(person)
    return Bill.objects.filter(premises__in=homes).select_related("premises")


def _bill_page(
    request: HttpRequest, home: Premises, person: Person, bill: Bill | None
) -> HttpResponse:
    """Look first; only the second press with `step=enter` stores."""
    form = _form(request, bill)
    context: dict[str, Any] = {"home": home, "bill": bill, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if request.POST.get("step") == "enter":
                    _store(form, home, person, bill)
                    messages.success(request, _("The bill is saved. Thank you."))
                    return redirect("energy:add-bill", home.pk)
                context["seen"] = _look(form, home, person, bill)
                status = 200
            except PleaseConfirm as question:
                context["question"] = str(question)
            except Refused as refusal:
                form.add_error(None, str(refusal))
    context["entered"] = [_row(one) for one in home.bills.order_by("-start")]
    context["gaps"] = gaps_between_bills(home)
    context["steps"] = [_("Fill in"), _("Look"), _("Save")]
    return render(request, "energy/bill.html", context, status=status)


def _row(bill: Bill) -> Row:
    said = [numbers.kwh(bill.kwh, 1)]
    if bill.amount_won is not None:
        said.append(numbers.won(bill.amount_won))
    return Row(bill, bill.end - timedelta(days=1), " · ".join(said))


def _form(request: HttpRequest, bill: Bill | None) -> BillForm:
    if request.method == "POST":
        return BillForm(request.POST)
    return BillForm.of(bill) if bill else BillForm()


def _look(form: BillForm, home: Premises, person: Person, bill: Bill | None) -> Seen:
    _fresh, check = preview_bill(home, form.paper(), by=person, instead_of=bill)
    if check is None:
        words = _("No tariff table covers that time, so the amount is not checked.")
        return Seen(words, [], None)
    reasons = [reason_in_words(reason) for reason in check.reasons]
    return Seen(check_in_words(check), reasons, check.matches)


def _store(form: BillForm, home: Premises, person: Person, bill: Bill | None) -> None:
    if bill is None:
        enter_bill(home, form.paper(), by=person)
    else:
        correct_bill(bill, form.paper(), by=person)
