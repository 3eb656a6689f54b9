"""검침: type a number, see what it means, keep it; correct or take it back."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from livinglab.energy.errors import ReadingNeedsAnswer
from livinglab.energy.forms.readings import AGAIN, CHANGED, ReadingForm, of_this_visit
from livinglab.energy.models import Premises, RegisterReading
from livinglab.energy.selectors.home_stand import ReadingsStand, readings_stand
from livinglab.energy.services.meter_readings import (
    add_reading,
    correct_reading,
    next_best_reading_day,
    preview_reading,
    remove_reading,
)
from livinglab.energy.usage.register_check import ROLLOVER, SLIP, SMALLER
from livinglab.kernel.errors import Refused
from livinglab.kernel.kept_parts import gap, kept_forms, kept_part
from livinglab.people.http import person_of
from livinglab.people.models import Person
from livinglab.people.services.answers import keep_answer_once

SHOWN = 24


@dataclass(frozen=True)
class Seen:
    """What the number means: kWh since the one before, None for a first one."""

    used: Decimal | None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_meter_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A new reading, with those before it."""
    person = person_of(request)
    if request.method == "POST":
        home = get_object_or_404(Premises.objects.visible_to(person), pk=pk)
        return _page(request, home, person, None)
    known = readings_stand(person, pk)
    if known is None:
        raise Http404
    facts = ("empty reading", person.pk, known, "saved" in request.GET)
    draw = partial(_empty, request, known)
    body = kept_forms(request, facts, draw, of_this_visit())
    context = {"home": known, "reading": None, "body": body}
    return render(request, "energy/reading.html", context)


def _empty(request: HttpRequest, known: ReadingsStand) -> str:
    """The form with nothing typed, and gaps for what is of one visit."""
    form = ReadingForm(initial={name: gap(name) for name in of_this_visit()})
    context = {"home": known, "reading": None, "form": form}
    context |= _around(known) | _phone(request, known)
    return render_to_string("energy/_reading.html", context, request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """A reading that was entered, to be corrected."""
    person = person_of(request)
    reading = get_object_or_404(_readings_of(person), pk=pk)
    return _page(request, reading.meter.premises, person, reading)


@require_POST
@login_required
def take_back_reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a reading that should not be there."""
    person = person_of(request)
    reading = get_object_or_404(_readings_of(person), pk=pk)
    home = reading.meter.premises_id
    remove_reading(reading, by=person)
    messages.success(request, _("The reading is taken back."))
    return redirect("energy:add-reading", home)


def _readings_of(person: Person) -> Any:
    homes = Premises.objects.visible_to(person)
    found = RegisterReading.objects.filter(meter__premises__in=homes)
    return found.select_related("meter__premises")


def _page(
    request: HttpRequest,
    home: Premises,
    person: Person,
    reading: RegisterReading | None,
) -> HttpResponse:
    """Look first; only `step=enter` stores."""
    form = _form(request, reading)
    context: dict[str, Any] = {"home": home, "reading": reading, "form": form}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if request.POST.get("step") == "enter":
                    _store(form, home, person, reading)
                    messages.success(request, _("The reading is saved. Thank you."))
                    return redirect("energy:add-reading", home.pk)
                context["seen"] = _look(form, home, person, reading)
                status = 200
            except ReadingNeedsAnswer as asked:
                context |= _question(form, asked)
            except Refused as refusal:
                form.add_error(None, str(refusal))
    known = readings_stand(person, home.pk) if reading is None else None
    context |= _around(known) | _phone(request, home)
    return render(request, "energy/reading.html", context, status=status)


def _form(request: HttpRequest, reading: RegisterReading | None) -> ReadingForm:
    if request.method == "POST":
        return ReadingForm(request.POST)
    if reading is None:
        return ReadingForm()
    moment = timezone.localtime(reading.read_at)
    what = CHANGED if reading.starts_new_meter else AGAIN
    is_asked = reading.starts_new_meter or reading.rolled_over
    initial = {
        "day": moment.date(),
        "at": moment.time(),
        "kwh": reading.kwh,
        "what": what if is_asked else "",
        "old_final_kwh": reading.old_meter_final_kwh,
        "new_first_kwh": reading.new_meter_first_kwh,
    }
    return ReadingForm(initial=initial, asks=is_asked)


def _look(
    form: ReadingForm, home: Premises, person: Person, reading: RegisterReading | None
) -> Seen | None:
    """For a new reading what it means; a correction is checked when it is stored."""
    if reading is not None:
        return Seen(None)
    return Seen(preview_reading(home, form.said(), by=person))


def _store(
    form: ReadingForm, home: Premises, person: Person, reading: RegisterReading | None
) -> None:
    if reading is not None:
        correct_reading(reading, form.said(), by=person)
        return

    def add() -> tuple[int, dict[str, int]]:
        return 201, {"id": add_reading(home, form.said(), by=person).pk}

    key, digest = form.key_and_digest()
    keep_answer_once(person, key=key, digest=digest, act=add)


def _question(form: ReadingForm, asked: ReadingNeedsAnswer) -> dict[str, Any]:
    """The sentence, and whether a yes or an answer about the meter is wanted."""
    kind = asked.facts.get("question")
    if kind in (ROLLOVER, SMALLER):
        form.asks = True
    return {"question": str(asked), "wants_yes": kind == SLIP}


def _around(known: ReadingsStand | None) -> dict[str, Any]:
    steps = {"steps": [_("Fill in"), _("Look"), _("Save")]}
    if known is None:
        return steps
    so_far = kept_part(("readings", known), partial(_so_far, known.pk))
    return steps | {"so_far": so_far}


def _so_far(pk: int) -> str:
    home = Premises.objects.get(pk=pk)
    found = RegisterReading.objects.filter(meter__premises=home).order_by("-read_at")
    day = next_best_reading_day(home, today=timezone.localdate())
    context = {"readings": found[:SHOWN], "next_day": day}
    return render_to_string("energy/_readings_so_far.html", context)


def _phone(request: HttpRequest, home: Premises | ReadingsStand) -> dict[str, Any]:
    """What the phone needs to send a reading itself, and to know this home again."""
    here = reverse("energy:add-reading", args=[home.pk])
    return {
        "was_saved": request.method == "GET" and "saved" in request.GET,
        "kept_home": {"id": home.pk, "name": home.name},
        "outbox": {
            "title": _("Meter reading · %(home)s") % {"home": home.name},
            "url": f"/api/v1/premises/{home.pk}/readings/",
            "seeAt": here,
        },
    }
