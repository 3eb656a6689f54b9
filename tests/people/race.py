"""Five threads ask the same at once: what came of it.

`race_of_our_own` runs apart (tests/apart.py), over a database file; on PostgreSQL the
test calls `race` in its own process.
"""

import threading
from typing import Any

from django.db import connections

from livinglab.people.models import DataRead, Person
from livinglab.people.services.answers import keep_answer_once

RUNNERS = 5


def race(person: Any) -> dict[str, Any]:
    """The answers all threads got, and how often the effect happened."""
    start = threading.Barrier(RUNNERS)
    answers: list[tuple[int, Any, bool]] = []

    def act() -> tuple[int, dict[str, int]]:
        return 201, {"id": DataRead.objects.create(person=person, what="race").pk}

    def ask() -> None:
        start.wait()
        found = keep_answer_once(person, key="race-key-1", digest="d", act=act)
        answers.append((found.status, found.body["id"], found.is_repeated))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _n in range(RUNNERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "statuses": sorted({status for status, _pk, _again in answers}),
        "ids": len({pk for _status, pk, _again in answers}),
        "answered": len(answers),
        "first": sum(not again for _status, _pk, again in answers),
        "effects": DataRead.objects.filter(person=person).count(),
    }


def race_of_our_own() -> dict[str, Any]:
    return race(Person.objects.create(email="race@example.org"))
