"""Verbs of areas: mark their figures due, compute what their homes saved together."""

from livinglab.energy.services.neighbourhoods.computing import compute_next
from livinglab.energy.services.neighbourhoods.due import (
    mark_area_due,
    mark_areas_of,
    mark_areas_of_person,
    mark_ended_months_due,
    mark_method_due,
    mark_stale_areas_due,
)

__all__ = [
    "compute_next",
    "mark_area_due",
    "mark_areas_of",
    "mark_areas_of_person",
    "mark_ended_months_due",
    "mark_method_due",
    "mark_stale_areas_due",
]
