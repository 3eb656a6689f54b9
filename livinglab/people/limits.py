"""When may somebody who was too quick try again? allauth counts; this reads along."""

import time
from collections.abc import Iterator
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest

# The view's name → the limits its request ran into, by app and action.
ACCOUNT, MFA = "allauth.account", "allauth.mfa"
LIMITS: dict[str, list[tuple[str, str]]] = {
    "account_login": [
        (ACCOUNT, "login"),
        (ACCOUNT, "request_login_code"),
        (ACCOUNT, "login_failed"),
    ],
    "account_request_login_code": [(ACCOUNT, "request_login_code")],
    "account_signup": [(ACCOUNT, "signup"), (ACCOUNT, "confirm_email")],
    "account_signup_by_passkey": [(ACCOUNT, "signup"), (ACCOUNT, "confirm_email")],
    "account_email_verification_sent": [(ACCOUNT, "confirm_email")],
    "account_email": [(ACCOUNT, "manage_email"), (ACCOUNT, "confirm_email")],
    "mfa_login_webauthn": [(MFA, "webauthn_login")],
    "people:prove": [(ACCOUNT, "reauthenticate"), (ACCOUNT, "proof_code")],
    "mfa_reauthenticate": [(ACCOUNT, "reauthenticate")],
    "mfa_reauthenticate_webauthn": [(ACCOUNT, "reauthenticate")],
    "people:answer-guardian": [(ACCOUNT, "guardian")],
    "people:withdraw-guardian": [(ACCOUNT, "guardian")],
}
AT_LEAST_S = 10
UNKNOWN_S = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Until the fullest of this page's limits has room again."""
    waits = list(_waits(request))
    return max(AT_LEAST_S, round(max(waits))) if waits else UNKNOWN_S


def _waits(request: HttpRequest) -> Iterator[float]:
    match = request.resolver_match
    for app, action in LIMITS.get(match.view_name if match else "", []):
        for rate in ratelimit.get_rates(app=app, action=action):
            history = _history(request, app, action, rate)
            if len(history) >= rate.amount:
                yield history[rate.amount - 1] + rate.duration - time.time()


def _history(request: HttpRequest, app: str, action: str, rate: Any) -> list[float]:
    """When this network, address or person came, newest first."""
    typed = request.POST.get("login") or request.POST.get("email") or ""
    try:
        key = ratelimit.get_cache_key(
            request, app=app, action=action, rate=rate, key=typed.strip().lower()
        )
    except ImproperlyConfigured:  # a limit per person, and nobody is signed in
        return []
    known: list[float] = cache.get(key, [])
    return known
