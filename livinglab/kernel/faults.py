"""What went wrong, in our words, in the form the caller understands.

A page for people, a fragment for htmx, JSON for software; the same sentence in each.
Doors that speak a standard of others declare its form of a fault in `faults.py`:

    faults_below("/open311/", in_georeport)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.errors import Refused
from livinglab.kernel.http import wants_fragment, wants_json


@dataclass(frozen=True)
class Fault:
    """A kind of failure: its drawing, what happened, what is safe, what to do."""

    status: int
    code: str
    icon: str
    heading: Any
    sentence: Any


FAULTS = {
    fault.code: fault
    for fault in (
        Fault(
            400,
            "bad_request",
            "circle-help",
            _("We did not understand that"),
            _(
                "Something in the request was not right. Nothing was changed. "
                "Please go back and try again."
            ),
        ),
        Fault(
            403,
            "forbidden",
            "key-round",
            _("This is not open to you"),
            _(
                "You are signed in, but this belongs to somebody else. "
                "Nothing was changed."
            ),
        ),
        Fault(
            403,
            "form_too_old",
            "refresh-cw",
            _("This form was too old"),
            _(
                "Please load the page again and send it once more. Cookies must be "
                "allowed for it. Nothing was changed."
            ),
        ),
        Fault(
            404,
            "not_found",
            "search",
            _("There is nothing here"),
            _(
                "The page does not exist, or it is not yours to see. "
                "Please check the address."
            ),
        ),
        Fault(
            409,
            "conflict",
            "refresh-cw",
            _("That does not fit any more"),
            _(
                "Somebody or something was faster. Please load the page again; "
                "what you had saved is safe."
            ),
        ),
        Fault(
            413,
            "too_large",
            "file-text",
            _("That file is too large"),
            _(
                "Files up to 20 MB can be sent. Please send it in parts. "
                "Nothing was stored."
            ),
        ),
        Fault(
            429,
            "too_often",
            "clock",
            _("That was very often"),
            _("Please wait a moment and try again. Nothing is lost."),
        ),
        Fault(
            500,
            "our_fault",
            "triangle-alert",
            _("Something went wrong on our side"),
            _("What you had saved is safe. Please try again in a little while."),
        ),
    )
}


# What a standard makes of a request, a status and a sentence, by the path of its doors.
Form = Callable[[HttpRequest, int, str], HttpResponse]
_forms: dict[str, Form] = {}


def faults_below(path: str, form: Form) -> None:
    """Faults of all doors below this path have a form of their own."""
    _forms[path] = form


def form_of(request: HttpRequest) -> Form | None:
    """The form of its own, where the door that was asked has one."""
    path = request.path_info
    return next(
        (form for below, form in _forms.items() if path.startswith(below)), None
    )


# Which heading a refusal stands under.
KINDS = {
    403: "forbidden",
    409: "conflict",
    413: "too_large",
    429: "too_often",
    503: "our_fault",
}


def answer_fault(request: HttpRequest, code: str) -> HttpResponse:
    """The answer to a caller whose request failed this way."""
    fault = FAULTS[code]
    return _answer(request, fault, str(fault.sentence), code)


def answer_refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A rule said no: its own sentence, under the heading of its kind."""
    kind = FAULTS[KINDS.get(refusal.status, "bad_request")]
    fault = replace(kind, status=refusal.status)
    return _answer(request, fault, str(refusal), refusal.code, refusal.facts)


def _answer(
    request: HttpRequest,
    fault: Fault,
    sentence: str,
    code: str,
    facts: Mapping[str, object] | None = None,
) -> HttpResponse:
    if form := form_of(request):
        return form(request, fault.status, sentence)
    if wants_json(request):
        body = {"code": code, "detail": sentence, **(facts or {})}
        return JsonResponse(body, status=fault.status)
    part = wants_fragment(request)
    name = "components/refusal.html" if part else "frame/fault.html"
    context = {"sentence": sentence, "fault": fault}
    return render(request, name, context, status=fault.status)
