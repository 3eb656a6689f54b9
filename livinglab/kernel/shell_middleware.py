"""Which answers a phone may keep, and that nothing of a session is in them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from livinglab.kernel.shell import is_public, is_shell

Next = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Shell"
_SIGN_OUT = "account_logout"


def for_the_phone(get_response: Next) -> Next:
    """Stands before the session.

    A page of the shell, and a public page asked for with `X-Shell: guest`, is rendered
    as for somebody nobody knows: language and text size stay, session and messages go.
    What may be kept says `X-Shell: public`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_shell(request.path) or _is_asked_for_keeping(request):
            _forget_who_asks(request)
        response = get_response(request)
        if _may_be_kept(request, response):
            response[HEADER] = "public"
        if _signed_out(request, response):
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


def is_for_the_shell(request: HttpRequest) -> bool:
    """Whether this rendering was made to be kept: it cannot tell who is signed in."""
    return bool(getattr(request, "is_for_the_shell", False))


def _is_asked_for_keeping(request: HttpRequest) -> bool:
    return request.headers.get(HEADER) == "guest" and is_public(request.path)


def _forget_who_asks(request: HttpRequest) -> None:
    if request.method != "GET":
        return
    for name in set(request.COOKIES) - _cookies_of_the_look():
        del request.COOKIES[name]
    setattr(request, "is_for_the_shell", True)  # noqa: B010


def _cookies_of_the_look() -> set[str]:
    """What a page may know of whoever asks: how it is to look, and the form's token."""
    look = {"text-size", "contrast", settings.LANGUAGE_COOKIE_NAME}
    return look | {settings.CSRF_COOKIE_NAME}


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not request.META.get("QUERY_STRING")
        and "HX-Request" not in request.headers
        and not set(request.COOKIES) - _cookies_of_the_look()
        and not set(response.cookies) - _cookies_of_the_look()
        and (is_shell(request.path) or is_public(request.path))
    )


def _signed_out(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.view_name == _SIGN_OUT
        and response.status_code == 302
    )
