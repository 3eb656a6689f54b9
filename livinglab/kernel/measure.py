"""No body larger than we take is waited for: Django would store all of it first."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[..., Awaitable[None]]

NOTHING: Message = {"type": "http.request", "body": b"", "more_body": False}
GONE: Message = {"type": "http.disconnect"}
TOO_LARGE: Message = {
    "type": "http.response.start",
    "status": 413,
    "headers": [(b"content-length", b"0"), (b"connection", b"close")],
}
NO_MORE: Message = {"type": "http.response.body", "body": b""}


def within_measure(app: App) -> App:
    """The same application, for bodies of up to `REQUEST_MAX_BYTES`.

    What is announced as larger arrives empty, and the middleware of that name answers
    with words; what turns out larger ends as if its sender had gone, with a bare 413.
    """

    async def measured(scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif _is_too_large(scope):
            await app(scope, _nothing_of(receive), send)
        else:
            await _counted(app, scope, receive, send)

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


async def _counted(app: App, scope: Any, receive: Receive, send: Send) -> None:
    """The body as it comes, as long as it is within measure."""
    taken, is_answered = 0, False

    async def some() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return GONE if taken > settings.REQUEST_MAX_BYTES else message

    async def answered(message: Message) -> None:
        nonlocal is_answered
        is_answered = True
        await send(message)

    await app(scope, some, answered)
    if taken > settings.REQUEST_MAX_BYTES and not is_answered:
        await send(TOO_LARGE)
        await send(NO_MORE)
