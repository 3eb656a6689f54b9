"""Has whoever holds this session shown lately who they are?

    @recently_proven
    def leave(request): ...

asks again where the sign-in or the last proof is older than ten minutes, by a code in
the mail, a passkey or an authenticator app, and then goes on with what was asked: the
same address, and what a form had sent. Works without script. `require_proof` is the
same for the JSON door.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from livinglab.people.errors import NotProven

View = Callable[..., HttpResponseBase]


def recently_proven(view: View) -> View:
    """Signed in, and sure of it: for what would hurt in the wrong hands."""

    @login_required
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_recently_proven(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked


def is_recently_proven(request: HttpRequest | Request) -> bool:
    """Whether the last sign-in or proof of this session is fresh enough."""
    known = proofs(request, request.user)
    return bool(known) and time.time() - known[-1]["at"] < settings.PROOF_LASTS_S


def proofs(request: HttpRequest | Request, person: Any) -> list[dict[str, Any]]:
    """How and when this session's person showed who they are, oldest first."""
    known: list[dict[str, Any]] = get_authentication_records(request, person)
    return known


def require_proof(request: Request) -> None:
    """At the JSON door: a token was made under proof, a browser is asked like a page.

    A person who followed a link is led to the proof and back; a script gets 403.
    """
    if request.auth is not None or is_recently_proven(request):
        return
    if "text/html" in request.headers.get("Accept", ""):
        raise ReauthenticationRequired
    raise NotProven(_("Please show once more that it is you, then try again."))
