"""Names the apps and starts the processes; nobody imports it."""

from livinglab.config.celery import app as celery_app

__all__ = ["celery_app"]
