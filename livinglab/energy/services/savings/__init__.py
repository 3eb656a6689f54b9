"""Verbs of savings: mark what is due, compute it, declare what changed a home."""

from livinglab.energy.services.savings.claims import release_claims, try_again
from livinglab.energy.services.savings.computing import compute_next
from livinglab.energy.services.savings.declared import declare_event, take_back_event
from livinglab.energy.services.savings.due import (
    mark_days_due,
    mark_due,
    mark_everything_due,
    mark_method_due,
    mark_premises_due,
    mark_rules_due,
    mark_tariff_due,
    mark_weather_due,
)
from livinglab.energy.services.savings.progress import compute_all_due, waiting

__all__ = [
    "compute_all_due",
    "compute_next",
    "declare_event",
    "mark_days_due",
    "mark_due",
    "mark_everything_due",
    "mark_method_due",
    "mark_premises_due",
    "mark_rules_due",
    "mark_tariff_due",
    "mark_weather_due",
    "release_claims",
    "take_back_event",
    "try_again",
    "waiting",
]
