"""The one WebSocket: names of what changed, never content."""

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from livinglab.kernel.realtime import group_name, may_listen

MAX_TOPICS = 20


class LiveConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """The page sends `{"listen": "premises:17"}`; refused topics are told so."""

    async def connect(self) -> None:
        self.topics: set[str] = set()
        await self.accept()

    async def disconnect(self, code: int) -> None:
        for topic in self.topics:
            await self.channel_layer.group_discard(group_name(topic), self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        topic = content.get("listen") if isinstance(content, dict) else None
        if not isinstance(topic, str) or len(topic) > 64:
            return
        if len(self.topics) >= MAX_TOPICS or not await self._allowed(topic):
            await self.send_json({"refused": topic})
            return
        self.topics.add(topic)
        await self.channel_layer.group_add(group_name(topic), self.channel_name)
        await self.send_json({"listening": topic})

    async def live_changed(self, message: dict[str, Any]) -> None:
        await self.send_json({"topic": message["topic"], "name": message["name"]})

    async def _allowed(self, topic: str) -> bool:
        allowed = database_sync_to_async(may_listen)
        return bool(await allowed(self.scope["user"], topic))
