"""How a person wants to see the pages: language, text size, contrast."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse

from livinglab.kernel.context import TEXT_SIZES

A_YEAR_S = 365 * 24 * 3600
CONTRASTS = ("normal", "high")


def chosen(wishes: Mapping[str, str]) -> dict[str, str]:
    """The cookies that follow from the pressed button; unknown wishes are dropped."""
    offers = {
        "language": (
            settings.LANGUAGE_COOKIE_NAME,
            [code for code, _name in settings.LANGUAGES],
        ),
        "text_size": ("text-size", TEXT_SIZES),
        "contrast": ("contrast", CONTRASTS),
    }
    return {
        cookie: wishes[name]
        for name, (cookie, known) in offers.items()
        if wishes.get(name) in known
    }


def remember(response: HttpResponse, cookies: Mapping[str, str]) -> None:
    """Keep the choices for the next visits; they say nothing about the person."""
    for name, value in cookies.items():
        response.set_cookie(
            name,
            value,
            max_age=A_YEAR_S,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
