"""A test client whose `force_login` leaves what a real sign-in leaves."""

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import AsyncClient, Client

from livinglab.people.sessions import NOTED_AS

A_CODE = {"method": "code"}
A_SECOND_FACTOR = {"method": "mfa", "type": "totp"}


class SignedInClient(Client):
    """Signed in a moment ago; whoever works for a city with a second factor."""

    def _login(self, user: Any, backend: str | None = None) -> None:
        """As Django's, but the session is made once, with the proofs in it."""
        begun = settings.SESSION_COOKIE_NAME in self.cookies
        request = HttpRequest()
        request.session = self.session if begun else SessionStore()
        login(request, user, backend)
        request.session.update(proofs_of(user))
        request.session.save()
        self._set_login_cookies(request)  # type: ignore[attr-defined]


def proofs_of(user: Any, *, minutes_ago: float = 0) -> dict[str, Any]:
    """What a session knows of how and when this person showed who they are."""
    at = time.time() - minutes_ago * 60
    ways = [A_CODE, A_SECOND_FACTOR] if user.works_for_lab else [A_CODE]
    return {
        AUTHENTICATION_METHODS_SESSION_KEY: [{**way, "at": at} for way in ways],
        _AUTHENTICATION_METHODS_USER_SESSION_KEY: str(user.pk),
        NOTED_AS: time.time(),  # a real sign-in was seen just now
    }


def remember_proofs(
    client: Client | AsyncClient, user: Any, *, minutes_ago: float = 0
) -> None:
    """Write it into the client's session."""
    session = client.session
    session.update(proofs_of(user, minutes_ago=minutes_ago))
    session.save()


def forget_proofs(client: Client) -> None:
    """As if the sign-in lay a day back: what must be sure asks again."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 24 * 3600
    session.save()
