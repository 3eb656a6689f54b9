"""The timetable notes that it runs; readiness reads the note."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

TIMETABLE_NOTE = "timetable-ran-at"


@shared_task
def note_timetable() -> None:
    """Leave the time in the shared cache."""
    cache.set(TIMETABLE_NOTE, timezone.now().timestamp(), 24 * 3600)
