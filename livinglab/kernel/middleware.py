"""Refusals become words; the language a person chose is kept."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from livinglab.kernel.errors import Refused
from livinglab.kernel.faults import answer_fault, answer_refusal
from livinglab.kernel.http import wants_fragment, wants_json
from livinglab.kernel.numbers import HIGHEST, number_said

Next = Callable[[HttpRequest], HttpResponse]
OWN_PAGE = {403, 413, 429, 503}


def language_of_choice(get_response: Next) -> Next:
    """The cookie set by the language switch, else Korean.

    Django's own middleware would follow the browser's header; a Korean phone
    set to another language should still open the city's page in Korean.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = {code for code, _name in settings.LANGUAGES}
        language = wanted if wanted in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class RefusalsInWords:
    """A refusal on a page: back where the person was, with the sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if exception.leads_to and not wants_json(request):
            messages.error(request, str(exception))
            return redirect(exception.leads_to)
        if _stays_here(request, exception):
            return answer_refusal(request, exception)
        messages.error(request, str(exception))
        return redirect(_where_the_person_was(request))


refusals_in_words = RefusalsInWords


def _stays_here(request: HttpRequest, refusal: Refused) -> bool:
    """Software and htmx get an answer, and people where going back would not help."""
    if wants_json(request) or wants_fragment(request):
        return True
    return refusal.status in OWN_PAGE or not _came_from_here(request)


class TextThatCanBeKept:
    """A NUL in a path, a question or a form is answered: no database keeps one.

    A form is looked into where it was read already, for its token; other doors ask
    their serializers. A number in an address that no row can have leads to nothing.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, places: dict[str, Any]
    ) -> HttpResponse | None:
        if _has_nul(request):
            return answer_fault(request, "bad_request")
        if any(isinstance(said, int) and said > HIGHEST for said in places.values()):
            return answer_fault(request, "not_found")
        return None


text_that_can_be_kept = TextThatCanBeKept


def _has_nul(request: HttpRequest) -> bool:
    forms = [request.GET, getattr(request, "_post", None) or QueryDict()]
    rows = (row for form in forms for row in form.lists())
    texts = (text for name, values in rows for text in (name, *values))
    return "\0" in request.path_info or any("\0" in text for text in texts)


def within_measure(get_response: Next) -> Next:
    """More than we take is answered before anybody looks into it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        length = number_said(said)
        if length is None and said.isdecimal():
            length = HIGHEST  # more digits than any number has
        if length is not None and length > settings.REQUEST_MAX_BYTES:
            return answer_fault(request, "too_large")
        return get_response(request)

    return middleware


def _where_the_person_was(request: HttpRequest) -> str:
    return request.headers.get("Referer", "") if _came_from_here(request) else "/"


def _came_from_here(request: HttpRequest) -> bool:
    referer = request.headers.get("Referer", "")
    return url_has_allowed_host_and_scheme(referer, {request.get_host()})
