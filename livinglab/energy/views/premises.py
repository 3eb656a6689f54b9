"""우리 집: what kind of home it is, who belongs to it, its codes and devices."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.energy.forms.premises import (
    DiscountsForm,
    FacilityForm,
    JoinForm,
    PremisesForm,
)
from livinglab.energy.models import Device, Membership, Premises, PremisesDiscount
from livinglab.energy.services import premises as services
from livinglab.kernel.errors import Refused
from livinglab.kernel.permissions import may
from livinglab.people.http import person_of
from livinglab.people.models import Consent, Person
from livinglab.people.selectors import standing_purposes
from livinglab.people.services import give_consent


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_premises(request: HttpRequest) -> HttpResponse:
    """A new home; the consent it needs is asked on the same page."""
    person = person_of(request)
    start = {"neighbourhood": person.neighbourhood_id, "name": _("Our home")}
    form = PremisesForm(request.POST or None, initial=start)
    agreed = Consent.Purpose.ENERGY in standing_purposes(person)
    if request.method == "POST" and form.is_valid():
        if agreed or request.POST.get("agreed"):
            give_consent(person, Consent.Purpose.ENERGY)
            home = services.add_premises(form.facts(), by=person)
            return redirect("energy:add-to", home.pk)
        form.add_error(None, _("Without your consent we may not compute anything."))
    context = {
        "form": form,
        "agreed": agreed,
        "adds_facilities": bool(person.coordinated_city_ids),
    }
    status = 422 if form.errors else 200
    return render(request, "energy/premises_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_facility(request: HttpRequest) -> HttpResponse:
    """A public facility, added by a coordinator of its city."""
    person = person_of(request)
    if not person.coordinated_city_ids:
        raise Http404
    start = {"tariff_kind": "general_a1_low"}
    form = FacilityForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        publishes = form.cleaned_data["publishes"]
        home = services.add_facility(form.facts(), publishes=publishes, by=person)
        return redirect("energy:premises", home.pk)
    context = {"form": form, "agreed": True, "is_facility": True}
    status = 422 if form.errors else 200
    return render(request, "energy/premises_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def premises(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one home."""
    person = person_of(request)
    home = _home(person, pk)
    is_owner = may(person, "energy.change_premises", home)
    form = PremisesForm(request.POST or None, instance=home)
    if request.method == "POST" and form.is_valid():
        fresh = _home(person, pk)  # a bound form has already changed its instance
        services.change_premises(fresh, form.facts(), by=person)
        messages.success(request, _("Saved."))
        return redirect("energy:premises", pk)
    context = {"home": home, "form": form, "is_owner": is_owner}
    context |= _around(request, home, person)
    status = 422 if form.errors else 200
    return render(request, "energy/premises.html", context, status=status)


def _home(person: Person, pk: int) -> Premises:
    homes = Premises.objects.visible_to(person).select_related("neighbourhood__city")
    return get_object_or_404(homes, pk=pk)


def _around(request: HttpRequest, home: Premises, person: Person) -> dict[str, Any]:
    """Members, the code just made, discounts."""
    chosen = PremisesDiscount.objects.filter(premises=home).first()
    discounts = DiscountsForm(
        initial={"names": chosen.names if chosen else []}, kind=home.tariff_kind
    )
    members = home.memberships.select_related("person").order_by("since")
    return {
        "members": members,
        "copy_words": {"copied": _("Copied")},
        "mine": next((m for m in members if m.person_id == person.pk), None),
        "code": request.session.pop(f"invitation-{home.pk}", ""),
        "devices": Device.objects.working().filter(meter__premises=home),
        "token": request.session.pop(f"device-{home.pk}", ""),
        "discounts": discounts,
        "may_discount": Consent.Purpose.DISCOUNTS in standing_purposes(person),
    }


@require_POST
@login_required
def choose_discounts(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep or erase the discounts of a home."""
    person = person_of(request)
    home = _home(person, pk)
    form = DiscountsForm(request.POST, kind=home.tariff_kind)
    if form.is_valid():
        services.choose_discounts(home, form.cleaned_data["names"], by=person)
        messages.success(request, _("Saved."))
    return redirect("energy:premises", pk)


@require_POST
@login_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a code; it is shown once, on the next page."""
    person = person_of(request)
    home = _home(person, pk)
    request.session[f"invitation-{pk}"] = services.invite(home, by=person)
    return redirect("energy:premises", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def join(request: HttpRequest) -> HttpResponse:
    """Enter the code somebody of the household gave."""
    person = person_of(request)
    form = JoinForm(request.POST or None)
    agreed = Consent.Purpose.ENERGY in standing_purposes(person)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("agreed"):
            give_consent(person, Consent.Purpose.ENERGY)
        try:
            home = services.join_by_code(form.cleaned_data["code"], by=person)
        except Refused as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(
                request, _("You now belong to “%(home)s”.") % {"home": home.name}
            )
            return redirect("energy:home")
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "agreed": agreed,
        "adds_facilities": bool(person.coordinated_city_ids),
    }
    return render(request, "energy/join.html", context, status=status)


@require_POST
@login_required
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a home, or let a member go."""
    person = person_of(request)
    membership = _membership(person, pk)
    services.end_membership(membership, by=person)
    messages.success(request, _("Done."))
    if membership.person_id == person.pk:
        return redirect("energy:home")
    return redirect("energy:premises", membership.premises_id)


@require_POST
@login_required
def make_owner(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member the rights of an owner."""
    person = person_of(request)
    membership = services.make_owner(_membership(person, pk), by=person)
    return redirect("energy:premises", membership.premises_id)


def _membership(person: Person, pk: int) -> Membership:
    homes = Premises.objects.visible_to(person)
    found = Membership.objects.filter(premises__in=homes).select_related("premises")
    return get_object_or_404(found, pk=pk)
