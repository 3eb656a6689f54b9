"""Errors in our words, for whoever called."""

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from livinglab.kernel.context import look_of_cookies
from livinglab.kernel.faults import FAULTS, answer_fault, form_of
from livinglab.kernel.http import wants_fragment, wants_json

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere."""
    return answer_fault(request, "form_too_old")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not understood, or more than we take at once."""
    code = "too_large" if isinstance(exception, TOO_LARGE) else "bad_request"
    return answer_fault(request, code)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_fault(request, "forbidden")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer_fault(request, "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    """No database, no session: the answer must stand when nothing else does."""
    fault = FAULTS["our_fault"]
    if form := form_of(request):
        return form(request, fault.status, str(fault.sentence))
    if wants_json(request):
        body = {"code": fault.code, "detail": str(fault.sentence)}
        return JsonResponse(body, status=500)
    context = {"fault": fault, "sentence": fault.sentence, **look_of_cookies(request)}
    name = "components/refusal.html" if wants_fragment(request) else "500.html"
    return HttpResponse(render_to_string(name, context), status=500)
