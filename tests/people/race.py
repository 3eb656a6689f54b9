"""Five threads ask the same at once; prints what came of it as JSON.

`python -m tests.people.race` builds a database file of its own with the settings of
the tests beside; on PostgreSQL the test calls `race` in its own process.
"""

import json
import threading
from typing import Any

from django.db import connections

RUNNERS = 5


def race(person: Any) -> dict[str, Any]:
    """The answers all threads got, and how often the effect happened."""
    from livinglab.people.models import DataRead
    from livinglab.people.services.answers import keep_answer_once

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


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from livinglab.people.models import Person

    call_command("migrate", run_syncdb=True, verbosity=0)
    print(json.dumps(race(Person.objects.create(email="race@example.org"))))


if __name__ == "__main__":
    main()
