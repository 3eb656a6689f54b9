"""The only caller of the channel layer: names go out, never content."""

from collections.abc import Callable, Iterable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

Listener = Callable[[Any, str], bool]
_topics: dict[str, Listener] = {}


def topic(kind: str) -> Callable[[Listener], Listener]:
    """Declare in an app's `topics.py` who may listen to `kind:<id>`."""

    def declare(function: Listener) -> Listener:
        _topics[kind] = function
        return function

    return declare


def may_listen(person: Any, name: str) -> bool:
    """Whether this person may hear about `kind:<id>`; unknown kinds are silent."""
    kind, _colon, key = name.partition(":")
    listener = _topics.get(kind)
    return bool(listener and key and listener(person, key))


def group_name(name: str) -> str:
    """A channel layer's group name for a topic."""
    return "live." + name.replace(":", ".")


def announce(name: str, what: str) -> None:
    """Tell whoever listens to the topic that `what` changed."""
    layer = get_channel_layer()
    if layer is None:
        return
    message = {"type": "live.changed", "topic": name, "name": what}
    async_to_sync(layer.group_send)(group_name(name), message)


def announce_all(names: Iterable[str], what: str) -> None:
    """The same for many topics, in one step into the event loop."""
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(_send_all)(layer, list(names), what)


async def _send_all(layer: Any, names: list[str], what: str) -> None:
    for name in names:
        message = {"type": "live.changed", "topic": name, "name": what}
        await layer.group_send(group_name(name), message)
