"""The in-memory channel layer, made safe for threads with their own loop."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from channels.layers import InMemoryChannelLayer


class LoopBoundChannelLayer(InMemoryChannelLayer):  # type: ignore[misc]
    """Workers in threads send on the web server's loop, so sockets wake at once."""

    home: asyncio.AbstractEventLoop | None = None

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
        return await self._at_home(super().group_send(group, message))
