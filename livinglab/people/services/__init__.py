"""Verbs about people, a module per noun."""

from livinglab.people.services.consents import (
    CONSENT_VERSION,
    give_consent,
    require_consent,
    withdraw_consent,
)
from livinglab.people.services.reads import log_read
from livinglab.people.services.roles import give_role

__all__ = [
    "CONSENT_VERSION",
    "give_consent",
    "give_role",
    "log_read",
    "require_consent",
    "withdraw_consent",
]
