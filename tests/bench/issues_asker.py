"""Answers for `bench_issues`: what each question costs in this database.

    LIVINGLAB_DATA_DIR=… python -m tests.bench.issues_asker 100000

Fills the database when it is empty, then prints JSON: question → milliseconds (the
middle of some rounds) and how often it asked the database. Nothing is kept between two
measured looks: every cache is emptied before each, outside of the measured time.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.dev")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from livinglab.issues.models import Category, Issue  # noqa: E402
from livinglab.issues.selectors.known import known_already  # noqa: E402
from tests.bench.issues_fill import fill  # noqa: E402

ROUNDS = int(os.environ.get("LIVINGLAB_BENCH_ROUNDS", "31"))
DONG, KIND = "4139059100", "pothole"
CITY_BOX, QUARTER_BOX, DONG_BOX = (
    "128.30,35.60,128.90,36.20",
    "128.50,35.80,128.65,35.95",
    "128.590,35.862,128.602,35.874",
)
Ask = Callable[[], object]


def questions() -> dict[str, Ask]:
    """Everything a growing archive could make slow."""
    middle = Issue.objects.order_by("-pk").values_list("pk", flat=True)
    before = middle[Issue.objects.count() // 2]
    lists = {
        "list, newest": "/issues/?state=",
        "list, a city": "/issues/?city=siheung",
        "list, a neighbourhood": f"/issues/?dong={DONG}",
        "list, a kind": f"/issues/?city=daegu&kind={KIND}",
        "list, open ones": "/issues/?city=daegu&state=open",
        "list, one state of a kind": f"/issues/?city=daegu&kind={KIND}&state=planned",
        "list, far back": f"/issues/?city=siheung&before={before}",
    }
    boxes = {"a city": CITY_BOX, "a quarter of it": QUARTER_BOX, "a dong": DONG_BOX}
    points = "/issues/points.geojson?box="
    return (
        {name: _page(path) for name, path in lists.items()}
        | {f"map, {name}": _page(points + box) for name, box in boxes.items()}
        | {"map, open ones of a city": _page(f"{points}{CITY_BOX}&state=open")}
        | {"duplicates": _known("횡단보도 옆 아스팔트가 파였어요")}
        | {
            f"search, {name}": _page(f"/search/?q={words}")
            for name, words in {
                "a common word": "가로등",
                "two words": "정왕 배수구",
                "a rare word": "고라니",
                "a sentence": "놀이터 입구 난간이 흔들려요",
                "a word nobody said": "코끼리",
            }.items()
        }
    )


def _page(path: str) -> Ask:
    client = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Encoding": "gzip"})
    client.cookies.load({"csrftoken": "x" * 32})

    def ask() -> object:
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer

    return ask


def _known(words: str) -> Ask:
    kind = Category.objects.get(city__code="siheung", code=KIND)
    return lambda: known_already(kind, (126.7386, 37.3463), words)


# SQLite works in this process: what it spends is all there is, and what else the
# machine does meanwhile is left out. A server's work counts as the time it takes.
clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter


def cost(ask: Ask) -> dict[str, Any]:
    """The time a worker is held by one look with nothing kept."""
    ask()
    spent = []
    for _round in range(ROUNDS):
        _forget()
        start = clock()
        ask()
        spent.append(clock() - start)
    _forget()
    return {
        "ms": median(spent) * 1e3,
        "queries_of_a_first_look": _count(ask),
        "queries": _count(ask),
    }


def _count(ask: Ask) -> int:
    with CaptureQueriesContext(connection) as caught:
        ask()
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
    gc.freeze()
    found = {name: cost(ask) for name, ask in questions().items()}
    print(json.dumps({"count": Issue.objects.count(), "costs": found}))


if __name__ == "__main__":
    main()
