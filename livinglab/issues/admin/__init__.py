"""The coordinators' pages about reports."""

from livinglab.issues.admin import catalogue, history, jobs, reports

__all__ = ["catalogue", "history", "jobs", "reports"]
