"""Verbs of areas: mark their figures due, compute what their homes saved together."""

from livinglab.energy.services.neighbourhoods.due import mark_area_due

__all__ = ["mark_area_due"]
