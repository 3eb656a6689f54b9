"""Bodies beyond measure are not waited for, and what comes of them has words."""

import asyncio
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import override_settings

from livinglab.config.asgi import application

pytestmark = pytest.mark.django_db(transaction=True)
CHUNK = b"a" * 100


def ask(path: str, headers: dict[bytes, bytes], chunks: int) -> tuple[list[Any], int]:
    """What is answered to a body in so many parts, and how many were taken."""
    said: list[Any] = []
    taken = 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        if taken == chunks:
            await asyncio.Event().wait()  # nothing more; it stays and listens
        taken += 1
        return {"type": "http.request", "body": CHUNK, "more_body": taken < chunks}

    async def send(message: dict[str, Any]) -> None:
        said.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": [(b"host", b"testserver"), *headers.items()],
        "client": ("127.0.0.1", 5000),
        "server": ("testserver", 80),
    }
    async_to_sync(application)(scope, receive, send)
    return said, taken


@override_settings(REQUEST_MAX_BYTES=1000)
def test_an_announced_body_beyond_measure_is_answered_before_it_comes():
    headers = {b"content-length": b"99999999999", b"content-type": b"text/plain"}
    said, taken = ask("/open311/v2/requests.json", headers, 2)
    assert said[0]["status"] == 413
    assert b"413" in said[1]["body"]
    assert taken <= 2  # what was there; nobody waited for the rest


@override_settings(REQUEST_MAX_BYTES=1000)
def test_a_body_that_never_ends_is_hung_up_on():
    said, taken = ask("/api/v1/issues/", {b"transfer-encoding": b"chunked"}, 10_000)
    assert said[0]["status"] == 413
    assert taken == 11


@override_settings(REQUEST_MAX_BYTES=1000)
def test_a_body_within_measure_arrives_whole():
    headers = {b"content-length": b"900", b"content-type": b"text/plain"}
    said, taken = ask("/open311/v2/requests.json", headers, 9)
    assert said[0]["status"] == 403
    assert taken >= 9
