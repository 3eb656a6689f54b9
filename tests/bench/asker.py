"""Answers one question a line: ask this page so often, what did it cost?

    DJANGO_SETTINGS_MODULE=… python -m tests.bench.asker

In: {"path", "cookies", "times"}; out: {"seconds", "status", "bytes"}, CPU seconds a
request. With "count" instead of "times": {"queries": [first look, later look]}.
The whole stack answers, middleware and compression included, as a browser asks.
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

BROWSER = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile",
    "Accept": "text/html,application/xhtml+xml",
    "Accept-Language": "ko-KR,ko;q=0.9",
    "Accept-Encoding": "gzip, deflate, br",
}


def browser(cookies: dict[str, str]) -> Client:
    """Somebody who was here before: the CSRF cookie is set already."""
    client = Client(SERVER_NAME="127.0.0.1", headers=BROWSER)
    client.cookies.load(cookies)
    return client


def cost(path: str, cookies: dict[str, str], times: int) -> dict[str, Any]:
    client = browser(cookies)
    answer = client.get(path)
    start = time.process_time()
    for _ in range(times):
        client.get(path)
    seconds = (time.process_time() - start) / times
    return {
        "seconds": seconds, "status": answer.status_code,
        "bytes": len(answer.content),
    }  # fmt: skip


def queries(path: str, cookies: dict[str, str]) -> dict[str, Any]:
    """How many questions a look asks with nothing kept, and the next one.

    A session that nobody has seen before is noted in a request of its own.
    """
    client, counts = browser(cookies), []
    client.get(path)
    for name in settings.CACHES:
        caches[name].clear()
    for _look in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        counts.append(len(caught))
    return {"queries": counts}


def main() -> None:
    for line in sys.stdin:
        wanted = json.loads(line)
        path, cookies = wanted["path"], wanted["cookies"]
        if wanted.get("count"):
            answer = queries(path, cookies)
        else:
            answer = cost(path, cookies, wanted["times"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
