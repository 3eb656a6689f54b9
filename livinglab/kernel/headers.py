"""What every answer tells the browser about itself: who may frame, embed or keep it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]

NOBODYS = "private, no-cache"
SOMEBODYS = "private, no-store"


def safe_headers(get_response: Next) -> Next:
    """No other site embeds an answer, no page asks for sensors nobody needs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        headers = response.headers
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

    return middleware


def kept_by_nobody_else(get_response: Next) -> Next:
    """Answers to somebody are kept nowhere, other pages by the asking browser alone.

    A view that knows better says so itself with a Cache-Control of its own.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = (
                SOMEBODYS if _is_somebodys(request, response) else NOBODYS
            )
        return response

    return middleware


def _is_somebodys(request: HttpRequest, response: HttpResponse) -> bool:
    cookie = settings.SESSION_COOKIE_NAME
    return (
        cookie in request.COOKIES
        or cookie in response.cookies
        or "Authorization" in request.headers
    )
