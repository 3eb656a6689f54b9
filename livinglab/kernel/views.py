"""Is the process alive, is the house ready; words for the scripts."""

from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog
from kombu.exceptions import KombuError

from livinglab.kernel.tasks import TIMETABLE_NOTE
from livinglab.kernel.words import release_of_words

STALE_AFTER_S = 180
KEPT_A_YEAR = "public, max-age=31536000, immutable"


class WordsForScripts(JavaScriptCatalog):
    """GET words/<language>/<release>.js: what islands say, kept for a year.

    The address carries what it holds, so a kept copy is never an old one. An address of
    an earlier release gets today's words and keeps them for no longer than a page.
    """

    packages = ["livinglab"]

    def get_paths(self, packages: list[str]) -> list[str]:
        """Only our own words; packages bring theirs themselves."""
        return [str(path) for path in settings.LOCALE_PATHS]

    def get(
        self, request: HttpRequest, language: str, release: str, **kwargs: Any
    ) -> HttpResponse:
        if language not in dict(settings.LANGUAGES):
            raise Http404
        with translation.override(language):
            response: HttpResponse = super().get(request, **kwargs)
        is_current = release == release_of_words(language)
        response["Cache-Control"] = KEPT_A_YEAR if is_current else "no-cache"
        response["Content-Language"] = language
        return response


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
