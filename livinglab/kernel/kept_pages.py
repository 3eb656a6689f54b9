"""Public pages are made once for all visitors, until what they rest on changes.

An app declares in its `kept.py`, found at start:

    from livinglab.kernel.kept_pages import keep_page

    keep_page("goals:list", version=goals_version)

The version gets the arguments of the address and says in few cheap questions where the
data stand; another answer, another day, another look or language is another page. Only
visitors about whom the browser says nothing but the look they chose get a kept page,
and only without a query; forms get a token of their own each time.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from livinglab.kernel.context import look
from livinglab.kernel.http import wants_fragment

Version = Callable[..., Hashable]
Next = Callable[[HttpRequest], HttpResponse]

KEPT_S = 3600
_TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w+(?=")')
_versions: dict[str, Version] = {}


class AlwaysNew(Exception):
    """Nobody can say whether the page would still be the same."""


def keep_page(view_name: str, *, version: Version) -> None:
    """Declare a public page; the version is asked with the address's arguments."""
    _versions[view_name] = version


def nothing_moves(*args: Any, **kwargs: Any) -> Hashable:
    """The version of a page that rests on no data."""
    return ""


@dataclass(frozen=True)
class KeptPage:
    """A page in the pieces between its tokens, and the headers its view gave it."""

    pieces: tuple[bytes, ...]
    headers: dict[str, str]

    def answer(self, request: HttpRequest) -> HttpResponse:
        glue = get_token(request).encode() if len(self.pieces) > 1 else b""
        return HttpResponse(glue.join(self.pieces), headers=self.headers)


class KeptPages:
    """The innermost middleware: knows the view, stands before it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = getattr(request, "is_kept_as", None)
        if key is not None and _is_for_everybody(request, response):
            pieces = tuple(_TOKEN.split(response.content))
            page = KeptPage(pieces, dict(response.items()))
            caches["pages"].set(key, page, KEPT_S)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        version = _versions.get(match.view_name) if match else None
        if version is None or not _is_nobody(request):
            return None
        try:
            key = _key(request, version(**kwargs))
        except AlwaysNew:
            return None
        page: KeptPage | None = caches["pages"].get(key)
        if page is not None:
            return page.answer(request)
        setattr(request, "is_kept_as", key)  # noqa: B010
        return None


kept_pages = KeptPages


def _cookies_of_everybody() -> set[str]:
    look_of_pages = {"text-size", "contrast", settings.LANGUAGE_COOKIE_NAME}
    return look_of_pages | {settings.CSRF_COOKIE_NAME}


def _is_nobody(request: HttpRequest) -> bool:
    """A visitor who asks for a whole page and of whom nothing else is known."""
    return (
        request.method == "GET"
        and not settings.DEBUG
        and not request.META.get("QUERY_STRING")
        and not wants_fragment(request)
        and "Authorization" not in request.headers
        and request.COOKIES.keys() <= _cookies_of_everybody()
    )


def _key(request: HttpRequest, version: Hashable) -> str:
    facts = (
        request.scheme,
        request.get_host(),
        request.path,
        getattr(request, "LANGUAGE_CODE", ""),
        sorted(look(request).items()),
        getattr(request, "is_for_the_shell", False),
        timezone.localdate(),
        version,
    )
    return sha256(repr(facts).encode()).hexdigest()


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Making it left nothing behind that belongs to this visitor."""
    said = getattr(request, "_messages", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and not request.session.modified
        and not getattr(said, "added_new", False)
    )
