"""The only caller of the channel layer: names go out, never content."""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Listener = Callable[[Any, str], bool]
# What a channel layer takes as a group's name, so that two topics never share one.
NAME = re.compile(r"[a-z][a-z_]{0,23}:[A-Za-z0-9_-]{1,48}", re.ASCII)


@dataclass(frozen=True)
class Topic:
    """A kind of topic: who may hear it, whether that is everybody, and the area whose
    helpers hear it too."""

    listener: Listener
    is_public: bool
    area: str


_topics: dict[str, Topic] = {}


def topic(
    kind: str, *, is_public: bool = False, area: str = ""
) -> Callable[[Listener], Listener]:
    """Declare in an app's `topics.py` who may listen to `kind:<id>`.

    Who may hear what is not public is asked again whenever something is announced.
    A helper who was handed `area` hears in the helped one's place.
    """

    def declare(function: Listener) -> Listener:
        _topics[kind] = Topic(function, is_public, area)
        return function

    return declare


def may_listen(person: Any, name: str) -> bool:
    """Whether this person may hear about `kind:<id>`; unknown kinds are silent."""
    if not NAME.fullmatch(name):
        return False
    kind, _colon, key = name.partition(":")
    known = _topics.get(kind)
    return bool(known and known.listener(person, key))


def is_public(name: str) -> bool:
    """Whether everybody may hear about it, so that nobody need be asked twice."""
    known = _topics.get(name.partition(":")[0])
    return bool(known and known.is_public)


def area_of_topic(name: str) -> str:
    """In which area a helper may hear about it; none unless an app says so."""
    known = _topics.get(name.partition(":")[0])
    return known.area if known else ""


def group_name(name: str) -> str:
    """A channel layer's group name for a topic."""
    return "live." + name.replace(":", ".")


def session_group(session_key: str) -> str:
    """The group of one session's sockets; the key itself stays out of the layer."""
    return "session." + hashlib.sha256(session_key.encode()).hexdigest()[:40]


def announce(name: str, what: str) -> None:
    """Tell whoever listens to the topic that `what` changed."""
    announce_all([name], what)


def announce_all(names: Iterable[str], what: str) -> None:
    """The same for many topics, in one step into the event loop."""
    _send(
        (group_name(name), {"type": "live.changed", "topic": name, "name": what})
        for name in names
    )


def close_sockets_of(session_key: str) -> None:
    """A session has ended: its sockets are closed, whichever process holds them."""
    _send([(session_group(session_key), {"type": "live.ended"})])


def _send(messages: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """A page that hears nothing asks by itself: no work fails for want of a hint."""
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(_send_all)(layer, list(messages))
    except (OSError, RedisError):
        logger.warning("nobody could be told live of what changed", exc_info=True)


async def _send_all(layer: Any, messages: list[tuple[str, dict[str, Any]]]) -> None:
    for group, message in messages:
        await layer.group_send(group, message)
