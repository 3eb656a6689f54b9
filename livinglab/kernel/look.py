"""How a person wants to see the pages: language, text size, contrast."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse

from livinglab.kernel.context import TEXT_SIZES

A_YEAR_S = 365 * 24 * 3600
CONTRASTS = ("normal", "high")


def chosen(wishes: Mapping[str, str]) -> dict[str, str]:
    """What the pressed button wishes for, by name; unknown wishes are dropped."""
    known: dict[str, tuple[str, ...]] = {
        "language": tuple(code for code, _name in settings.LANGUAGES),
        "text_size": TEXT_SIZES,
        "contrast": CONTRASTS,
    }
    return {
        name: wishes[name]
        for name, offered in known.items()
        if wishes.get(name) in offered
    }


def remember(response: HttpResponse, wishes: Mapping[str, str]) -> None:
    """Keep the wishes for the next visits; they say nothing about the person."""
    cookies = {
        "language": settings.LANGUAGE_COOKIE_NAME,
        "text_size": "text-size",
        "contrast": "contrast",
    }
    for name, value in wishes.items():
        response.set_cookie(
            cookies[name],
            value,
            max_age=A_YEAR_S,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
