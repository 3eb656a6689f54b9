"""The guest behind a request: a secret in a signed cookie, its digest in a row.

An app that lets people begin without an account:

    guest = begin_guest(request)     # the answer carries the cookie
    guest = guest_of(request)        # None: nobody began anything in this browser

and keeps its rows by `guest`. Sign-up and sign-in hand them over (`kernel.guests`).
"""

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse

from livinglab.kernel.guests import joins
from livinglab.people.models import Guest, Person
from livinglab.people.services.guests import (
    GUEST_LASTS,
    guest_with,
    join_drafts,
    join_guest,
    make_guest,
)

COOKIE = "guest"
SALT = "livinglab.people.guests"
KEEP = "_guest_secret"
SHORT = "guest"  # the session's dict of short things: {"place": code of the dong}

joins("drafts", join_drafts)


def guest_of(request: HttpRequest) -> Guest | None:
    """The guest of this browser, if it began something that has not expired."""
    made: Guest | None = getattr(request, "_guest", None)
    if made is not None:
        return made
    secret = _secret_in(request)
    return guest_with(secret) if secret else None


def begin_guest(request: HttpRequest) -> Guest:
    """The guest of this browser, made where there is none yet."""
    guest = guest_of(request)
    if guest is None:
        guest, secret = make_guest()
        setattr(request, KEEP, secret)
        setattr(request, "_guest", guest)  # noqa: B010
    return guest


def join_guest_of(request: HttpRequest, person: Person) -> None:
    """Hand over what this browser began; the cookie goes with the answer."""
    place = request.session.pop(SHORT, {}).get("place", "")
    join_guest(guest_of(request), person, place=place)
    if COOKIE in request.COOKIES:
        setattr(request, KEEP, "")


def keep_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its secret, or take it away once it was joined."""
    secret = getattr(request, KEEP, None)
    if secret:
        response.set_signed_cookie(
            COOKIE,
            secret,
            salt=SALT,
            max_age=int(GUEST_LASTS.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif secret == "":
        response.delete_cookie(COOKIE)


def _secret_in(request: HttpRequest) -> str:
    try:
        return request.get_signed_cookie(
            COOKIE, salt=SALT, max_age=int(GUEST_LASTS.total_seconds())
        )
    except (KeyError, BadSignature):
        return ""
