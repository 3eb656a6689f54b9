"""Verbs about people, a module per noun."""

from livinglab.people.services.consents import (
    CONSENT_VERSION,
    give_consent,
    require_consent,
    withdraw_consent,
)
from livinglab.people.services.reads import Look, log_read, log_reads
from livinglab.people.services.roles import give_role

__all__ = [
    "CONSENT_VERSION",
    "Look",
    "give_consent",
    "give_role",
    "log_read",
    "log_reads",
    "require_consent",
    "withdraw_consent",
]
