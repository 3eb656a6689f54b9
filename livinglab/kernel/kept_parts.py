"""A finished piece of a page, kept until something it rests on is another."""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT_S = 600
Made = TypeVar("Made")
_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+(?=")')


def kept(facts: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` makes, kept in this process under everything it depends on.

    The facts name what it is, for whom, and where the data stand; language and day are
    added here.
    """
    everything = (get_language(), timezone.localdate(), *facts)
    key = sha256(repr(everything).encode()).hexdigest()
    known: Made | None = None if settings.DEBUG else caches["pages"].get(key)
    if known is not None:
        return known
    made = make()
    caches["pages"].set(key, made, KEPT_S)
    return made


def is_back(facts: tuple[object, ...]) -> bool:
    """Whether somebody looked lately: what is seen once is not worth keeping."""
    key = sha256(repr(("seen", *facts)).encode()).hexdigest()
    return not caches["pages"].add(key, True, KEPT_S)


def kept_part(facts: tuple[object, ...], make: Callable[[], str]) -> SafeString:
    """The same for HTML. Nothing with a form in it: its token belongs to one visit."""
    return SafeString(kept(facts, make))


def kept_forms(
    request: HttpRequest,
    facts: tuple[object, ...],
    make: Callable[[], str],
    now: Mapping[str, str] | None = None,
) -> SafeString:
    """The same for HTML with forms: kept without their tokens, shown with new ones.

    `make` draws `gap(name)` wherever `now` has a value of this visit by that name.
    """
    pieces = kept(facts, lambda: tuple(_TOKEN.split(make())))
    shown = get_token(request).join(pieces) if len(pieces) > 1 else pieces[0]
    for name, value in (now or {}).items():
        shown = shown.replace(gap(name), escape(value))
    return SafeString(shown)  # noqa: S308  drawn by `make`


def gap(name: str) -> str:
    """Where a value of the visit will stand; nobody can type it."""
    return f"\0{name}\0"
