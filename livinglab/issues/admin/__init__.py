"""The coordinators' pages about reports."""

from livinglab.issues.admin import catalogue, history, reports

__all__ = ["catalogue", "history", "reports"]
