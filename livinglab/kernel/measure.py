"""No body larger than we take is waited for: Django would store all of it first."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
App = Callable[..., Awaitable[None]]

NOTHING: Message = {"type": "http.request", "body": b"", "more_body": False}
GONE: Message = {"type": "http.disconnect"}


def within_measure(app: App) -> App:
    """The same application, for bodies of up to `REQUEST_MAX_BYTES`.

    What is announced as larger arrives empty, and the middleware of that name answers
    with words; what turns out larger ends as if its sender had gone.
    """

    async def measured(scope: Any, receive: Receive, send: Any) -> None:
        if scope["type"] == "http":
            receive = (
                _nothing_of(receive) if _is_too_large(scope) else _some_of(receive)
            )
        await app(scope, receive, send)

    return measured


def _is_too_large(scope: Any) -> bool:
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    return announced.isdigit() and int(announced[:18]) > settings.REQUEST_MAX_BYTES


def _nothing_of(receive: Receive) -> Receive:
    """An empty body at once; what comes is dropped while the answer is written."""
    told = False

    async def nothing() -> Message:
        nonlocal told
        if not told:
            told = True
            return NOTHING
        while (message := await receive())["type"] == "http.request":
            pass
        return message

    return nothing


def _some_of(receive: Receive) -> Receive:
    """The body as it comes, as long as it is within measure."""
    taken = 0

    async def some() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return GONE if taken > settings.REQUEST_MAX_BYTES else message

    return some
