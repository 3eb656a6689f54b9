"""The one WebSocket: names of what changed, never content.

The page says what it shows, `{"listen": ["premises:17", "area:4139"]}`, and is told
`{"listening": [...], "refused": [...]}`; a later list replaces the one before. Then
come names, `{"topic": "premises:17", "name": "savings"}`, with `spread_s` where many
hear the same. A socket whose session has ended is closed with 4401.
"""

import json
from typing import Any

from channels.consumer import get_handler_name
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from livinglab.kernel.realtime import group_name, is_public, session_group
from livinglab.notifications.listening import Allowance, may_hear

MOST_TOPICS = 20
MOST_CHARACTERS = 2048
# What everybody hears they need not all ask for in the same moment.
SPREAD = {"spread_s": 3}
SIGNED_OUT, NOT_OURS, TOO_MUCH, TOO_LARGE = 4401, 1007, 1008, 1009


class LiveConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One socket of one page."""

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As the base does, but no visit to the database thread for every name."""
        await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        cookies = self.scope.get("cookies", {})
        self.session_key: str = cookies.get(settings.SESSION_COOKIE_NAME, "")
        self.is_known = False
        self.topics: set[str] = set()
        self.allowance = Allowance()
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self._hear(set())
        await self._know(False)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None
    ) -> None:
        text = text_data or ""
        if not self.allowance.takes():
            await self.close(TOO_MUCH)
        elif len(text) > MOST_CHARACTERS:
            await self.close(TOO_LARGE)
        elif (asked := _asked(text)) is None:
            await self.close(NOT_OURS)
        else:
            await self._listen(asked)

    async def _listen(self, asked: list[str]) -> None:
        is_known, heard = await self._may_hear(asked[:MOST_TOPICS])
        await self._know(is_known)
        await self._hear(heard)
        refused = [name for name in asked if name not in heard]
        await self._say({"listening": sorted(heard), "refused": refused})

    async def _hear(self, topics: set[str]) -> None:
        for name in self.topics - topics:
            await self.channel_layer.group_discard(group_name(name), self.channel_name)
        for name in topics - self.topics:
            await self.channel_layer.group_add(group_name(name), self.channel_name)
        self.topics = topics

    async def _know(self, is_known: bool) -> None:
        """Who is signed in is told when that ends; a guest's session cannot end."""
        if is_known == self.is_known:
            return
        layer = self.channel_layer
        change = layer.group_add if is_known else layer.group_discard
        await change(session_group(self.session_key), self.channel_name)
        self.is_known = is_known

    async def live_changed(self, message: dict[str, Any]) -> None:
        """A name goes out; what not everybody may hear is asked about once more."""
        name = message["topic"]
        if name not in self.topics:
            return
        if not is_public(name):
            is_known, heard = await self._may_hear([name])
            if self.is_known and not is_known:
                await self.close(SIGNED_OUT)
                return
            if not heard:
                await self._hear(self.topics - {name})
                await self._say({"listening": sorted(self.topics), "refused": [name]})
                return
        words = {"topic": name, "name": message["name"]}
        await self._say(words | (SPREAD if is_public(name) else {}))

    async def live_ended(self, message: dict[str, Any]) -> None:
        await self.close(SIGNED_OUT)

    async def _may_hear(self, names: list[str]) -> tuple[bool, set[str]]:
        ask = database_sync_to_async(may_hear)
        found: tuple[bool, set[str]] = await ask(self.session_key, names)
        return found

    async def _say(self, words: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(words))


def _asked(text: str) -> list[str] | None:
    """The topics a message asks for; None when it is no message of ours."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    names = said.get("listen") if isinstance(said, dict) else None
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return list(dict.fromkeys(names))
    return None
