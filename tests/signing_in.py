"""A test client whose `force_login` leaves what a real sign-in leaves."""

import time
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import AsyncClient, Client

from livinglab.people.sessions import NOTED_AS

A_CODE = {"method": "code"}
A_SECOND_FACTOR = {"method": "mfa", "type": "totp"}


class SignedInClient(Client):
    """Signed in a moment ago; whoever works for a city with a second factor."""

    def force_login(self, user: Any, backend: str | None = None) -> None:
        super().force_login(user, backend)
        remember_proofs(self, user)


def remember_proofs(
    client: Client | AsyncClient, user: Any, *, minutes_ago: float = 0
) -> None:
    """Write into the session how and when this person showed who they are."""
    at = time.time() - minutes_ago * 60
    works = user.is_staff or user.is_superuser or user.roles.exists()
    ways = [A_CODE, A_SECOND_FACTOR] if works else [A_CODE]
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**way, "at": at} for way in ways]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[NOTED_AS] = time.time()  # a real sign-in was seen just now
    session.save()


def forget_proofs(client: Client) -> None:
    """As if the sign-in lay a day back: what must be sure asks again."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 24 * 3600
    session.save()
