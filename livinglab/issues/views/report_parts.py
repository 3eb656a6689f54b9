"""Pieces of the reporting form, asked while it is filled in; nothing is stored."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livinglab.issues.forms.report import ReportForm
from livinglab.issues.http import name_of_sender
from livinglab.issues.selectors.suggestions import suggest
from livinglab.issues.services.promising import promise_for
from livinglab.issues.views.report_page import cards_of_known, known_for
from livinglab.kernel.errors import Refused
from livinglab.people.http import helping_of

AREA = "issues"
Part = Callable[[HttpRequest, ReportForm], HttpResponse]


def asked(part: Part) -> Callable[[HttpRequest], HttpResponse]:
    """A part of the form, or the sentence why there is none (422)."""

    @wraps(part)
    def view(request: HttpRequest) -> HttpResponse:
        form = ReportForm(request.GET)
        if not form.is_valid():
            return _sentence(request, "")
        try:
            return part(request, form)
        except Refused as refusal:
            return _sentence(request, str(refusal))

    return require_safe(view)


def _sentence(request: HttpRequest, words: str) -> HttpResponse:
    context: dict[str, Any] = {"sentence": words}
    return render(request, "issues/report/_refused.html", context, status=422)


@require_safe
@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """In whose name this browser reports; the form itself is the same for everybody."""
    helping = helping_of(request)
    handed = [area.name for area in helping.handed] if helping else [AREA]
    context = {
        "written_as": name_of_sender(request),
        "sender": helping.person if helping else request.user,
        "is_handed": AREA in handed,
        "is_known": request.user.is_authenticated,
    }
    return render(request, "issues/report/_who.html", context)


@asked
def place(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """Which neighbourhood a point is in; near a border the question which is meant."""
    context = {"spot": form.spot, "meant": request.GET.get("meant", "")}
    return render(request, "issues/report/_place_found.html", context)


@asked
def known(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """Reports that may be the same thing; 204 without any."""
    spot = form.spot
    cards = cards_of_known(known_for(form.said(spot), spot))
    if not cards:
        return HttpResponse(status=204)
    return render(request, "issues/report/_known_cards.html", {"cards": cards})


@asked
def promise(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """Who would get it, and by when."""
    spot = form.spot
    said = form.said(spot)
    context = {
        "promise": promise_for(said, spot.neighbourhood),
        "category": said.category,
        "spot": spot,
        "address": said.address,
    }
    return render(request, "issues/report/_promise_facts.html", context)


@asked
def kinds(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """Codes of up to three kinds these words sound like, the likeliest first."""
    words = form.cleaned_data["words"][:200]
    found = suggest(form.spot.city, words)
    return JsonResponse({"kinds": [one.category.code for one in found]})
