"""Is the process alive, is the house ready; words for the scripts."""

from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from kombu.exceptions import KombuError

from livinglab.kernel.tasks import TIMETABLE_NOTE

STALE_AFTER_S = 180

words_for_scripts = JavaScriptCatalog.as_view()


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; it asks nobody else."""
    return JsonResponse({"state": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, queue and timetable, each said by name."""
    checks = {
        "database": _database_answers(),
        "queue": _queue_answers(),
        "timetable": _timetable_is_fresh(),
    }
    ready = all(checks.values())
    body = {"state": "ok" if ready else "not ready", "checks": checks}
    return JsonResponse(body, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _queue_answers() -> bool:
    try:
        with current_app.connection_for_write(connect_timeout=2) as queue:
            queue.ensure_connection(max_retries=1, timeout=2)
    except (KombuError, OSError):
        return False
    return True


def _timetable_is_fresh() -> bool:
    noted = cache.get(TIMETABLE_NOTE)
    return noted is not None and timezone.now().timestamp() - noted < STALE_AFTER_S
