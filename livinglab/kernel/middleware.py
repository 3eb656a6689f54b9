"""Refusals become words; the language a person chose is kept."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from livinglab.kernel.errors import Refused
from livinglab.kernel.http import wants_fragment

Next = Callable[[HttpRequest], HttpResponse]


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
        context = {"sentence": str(exception)}
        if wants_fragment(request):
            return render(
                request, "components/refusal.html", context, status=exception.status
            )
        if exception.status == 403:
            return render(request, "403.html", context, status=403)
        messages.error(request, str(exception))
        if exception.leads_to:
            return redirect(exception.leads_to)
        return redirect(_where_the_person_was(request))


refusals_in_words = RefusalsInWords


def _where_the_person_was(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    same_site = url_has_allowed_host_and_scheme(referer, {request.get_host()})
    return referer if same_site else "/"
