"""A finished piece of a page, kept until something it rests on is another."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT_S = 600
Made = TypeVar("Made")


def kept(facts: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` makes, kept in this process under everything it depends on.

    The facts name what it is, for whom, and where the data stand; language and day are
    added here. Nothing with a form in it: a form's token belongs to one visit.
    """
    everything = (get_language(), timezone.localdate(), *facts)
    key = sha256(repr(everything).encode()).hexdigest()
    known: Made | None = None if settings.DEBUG else caches["pages"].get(key)
    if known is not None:
        return known
    made = make()
    caches["pages"].set(key, made, KEPT_S)
    return made


def kept_part(facts: tuple[object, ...], make: Callable[[], str]) -> SafeString:
    """The same for HTML."""
    return SafeString(kept(facts, make))
