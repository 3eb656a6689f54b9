"""The in-memory channel layer, made safe for threads and quick for many sockets."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from channels.exceptions import ChannelFull
from channels.layers import InMemoryChannelLayer

CLEAN_EVERY_S = 30.0


class LoopBoundChannelLayer(InMemoryChannelLayer):  # type: ignore[misc]
    """Workers in threads send on the web server's loop, so sockets wake at once."""

    home: asyncio.AbstractEventLoop | None = None
    _cleaned_at = 0.0

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """Name the loop the sockets live on."""
        self.home = loop

    async def _at_home(self, work: Coroutine[Any, Any, Any]) -> Any:
        if self.home is None or asyncio.get_running_loop() is self.home:
            return await work
        return await asyncio.wrap_future(
            asyncio.run_coroutine_threadsafe(work, self.home)
        )

    async def send(self, channel: str, message: dict[str, Any]) -> Any:
        return await self._at_home(super().send(channel, message))

    async def group_add(self, group: str, channel: str) -> Any:
        return await self._at_home(super().group_add(group, channel))

    async def group_discard(self, group: str, channel: str) -> Any:
        return await self._at_home(super().group_discard(group, channel))

    async def group_send(self, group: str, message: dict[str, Any]) -> Any:
        return await self._at_home(self._to_each(group, message))

    async def _to_each(self, group: str, message: dict[str, Any]) -> None:
        """The base makes a task of every member; a plain loop is several times faster.

        Who does not keep up misses a name, and asks again by itself.
        """
        self.require_valid_group_name(group)
        self._clean_expired()
        for channel in list(self.groups.get(group, ())):
            with suppress(ChannelFull):
                await super().send(channel, message)

    def _clean_expired(self) -> None:
        """Now and then: the base goes through every socket for every message."""
        now = time.monotonic()
        if now - self._cleaned_at >= CLEAN_EVERY_S:
            self._cleaned_at = now
            super()._clean_expired()
