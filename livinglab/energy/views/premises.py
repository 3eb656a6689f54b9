"""우리 집: what kind of home it is, who belongs to it, its codes and devices."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.energy.forms.premises import (
    DiscountsForm,
    FacilityForm,
    JoinForm,
    PremisesForm,
)
from livinglab.energy.models import Device, Membership, Premises, PremisesDiscount
from livinglab.energy.selectors.home_stand import HomeStand, home_stand
from livinglab.energy.services import premises as services
from livinglab.kernel.errors import Refused
from livinglab.kernel.kept_parts import kept_forms
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
    """Everything about one home, kept until something about it is another."""
    person = person_of(request)
    stand = home_stand(person, pk)
    if stand is None:
        raise Http404
    if request.method == "POST":
        return _changed(request, person, pk, stand)
    shown_once = {
        "code": request.session.pop(f"invitation-{pk}", ""),
        "token": request.session.pop(f"device-{pk}", ""),
    }
    draw = partial(_about, request, person, pk, stand, **shown_once)
    facts = ("about a home", person.pk, person.acting is None, stand)
    body = draw() if any(shown_once.values()) else kept_forms(request, facts, draw)
    return render(request, "energy/premises.html", {"title": stand.name, "body": body})


def _changed(
    request: HttpRequest, person: Person, pk: int, stand: HomeStand
) -> HttpResponse:
    """What was typed is kept, or shown again with what is wrong about it."""
    form = PremisesForm(request.POST, instance=_home(person, pk))
    if form.is_valid():
        fresh = _home(person, pk)  # a bound form has already changed its instance
        services.change_premises(fresh, form.facts(), by=person)
        messages.success(request, _("Saved."))
        return redirect("energy:premises", pk)
    body = _about(request, person, pk, stand, form=form)
    context = {"title": stand.name, "body": body}
    return render(request, "energy/premises.html", context, status=422)


def _about(
    request: HttpRequest,
    person: Person,
    pk: int,
    stand: HomeStand,
    *,
    form: PremisesForm | None = None,
    **shown_once: str,
) -> str:
    home = _home(person, pk)
    context = {
        "home": home,
        "form": form or PremisesForm(instance=home),
        "copy_words": {"copied": _("Copied")},
        **_around(home, person, stand),
        **shown_once,
    }
    return render_to_string("energy/_premises.html", context, request)


def _home(person: Person, pk: int) -> Premises:
    homes = Premises.objects.visible_to(person).select_related(
        "neighbourhood__city", "discount_choice"
    )
    return get_object_or_404(homes, pk=pk)


def _around(home: Premises, person: Person, stand: HomeStand) -> dict[str, Any]:
    """Members, devices, discounts."""
    chosen: PremisesDiscount | None = getattr(home, "discount_choice", None)
    discounts = DiscountsForm(
        initial={"names": chosen.names if chosen else []},
        kind=home.tariff_kind,
        tariffs=stand.tariffs,
    )
    members = list(home.memberships.select_related("person").order_by("since"))
    mine = next((m for m in members if m.person_id == person.pk), None)
    return {
        "members": members,
        # spares people useless buttons; every verb asks for itself
        "is_owner": mine is not None and mine.right == Membership.Right.OWNER,
        "mine": mine,
        "devices": _devices(home) if stand.has_devices else [],
        "discounts": discounts,
        "may_discount": stand.may_discount,
    }


def _devices(home: Premises) -> list[Device]:
    return list(Device.objects.working().filter(meter__premises=home))


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
