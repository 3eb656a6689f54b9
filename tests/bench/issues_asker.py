"""Answers for `bench_issues`: what each question costs in this database.

    LIVINGLAB_DATA_DIR=… python -m tests.bench.issues_asker 100000

Fills the database when it is empty and prints the questions' names as JSON. Each line
read is then a question to ask for some rounds; the answer is a line of JSON. Nothing is
kept between two measured looks: every cache is emptied before each, outside of the
measured time.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.dev")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from livinglab.issues.models import Issue  # noqa: E402
from livinglab.issues.services.counting import count_the_service  # noqa: E402
from tests.bench.issues_fill import fill  # noqa: E402
from tests.bench.issues_questions import Question, questions  # noqa: E402

ROUNDS = int(os.environ.get("LIVINGLAB_BENCH_ROUNDS", "7"))


def clock() -> float:
    """Seconds of work: of this process and of the database's beside it.

    What else the machine does meanwhile is left out. Where the database is a machine
    of its own, or says nothing of its work, its time is what one waits for it.
    """
    if connection.vendor == "sqlite":
        return time.process_time()
    server = _of_server()
    return time.perf_counter() if server is None else time.process_time() + server


def _of_server() -> float | None:
    """The processor's time of the process that serves this connection."""
    if settings.DATABASES["default"]["HOST"] not in {"127.0.0.1", "localhost"}:
        return None
    try:
        connection.ensure_connection()
        pid = connection.connection.info.backend_pid
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return None


def cost(question: Question, times: int) -> dict[str, Any]:
    """What a worker and its database spend on looks with nothing kept."""
    spent = []
    for _round in range(times):
        _forget()
        start = clock()
        rows = question.ask()
        took = clock() - start
        spent.append(took * 1e3 / (max(int(rows), 1) if question.by_row else 1))  # type: ignore[call-overload]
    return {"ms": spent}


def queries(question: Question) -> dict[str, int]:
    """How often it asks the database, at a first look and at the next."""
    if not question.counts_queries:
        return {"queries_of_a_first_look": 0, "queries": 0}
    _forget()
    return {
        "queries_of_a_first_look": _count(question),
        "queries": _count(question),
    }


def _count(question: Question) -> int:
    with CaptureQueriesContext(connection) as caught:
        question.ask()
    return len(caught)


def _forget() -> None:
    for name in settings.CACHES:
        caches[name].clear()


def main() -> None:
    assert get_resolver().url_patterns  # read now: filling takes a while
    call_command("migrate", verbosity=0)
    if not Issue.objects.exists():
        call_command("seed", verbosity=0)
        fill(int(sys.argv[1]))
    count_the_service()  # as beat does every hour
    asked = questions()
    gc.freeze()
    _say(list(asked))
    for line in sys.stdin:
        name = line.strip()
        times = asked[name].rounds or ROUNDS
        _say(cost(asked[name], times) | queries(asked[name]))


def _say(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
