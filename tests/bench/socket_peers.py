"""The peer of bench_sockets.py, and the client that only listens.

    python -m tests.bench.socket_peers bare PORT
    python -m tests.bench.socket_peers listen ADDRESS COUNT

`bare` is uvicorn with nothing behind it but a set of sockets; it tells all of them one
name for each line of its input, as socket_lab.py does. `listen` opens real sockets with
the websockets library, prints `open`, and prints the clock (the same for all processes
of a machine) whenever every socket has heard once more.
"""

import asyncio
import json
import sys
import threading
import time
from typing import Any

import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

TOPIC = "area:bench"
AT_ONCE = 50


class Bare:
    """Keeps whoever comes; says one name to all."""

    def __init__(self) -> None:
        self.sockets: set[Any] = set()
        self.loop: asyncio.AbstractEventLoop

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.loop = asyncio.get_running_loop()
        await receive()
        if scope["type"] != "websocket":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "websocket.accept"})
        self.sockets.add(send)
        while (await receive())["type"] != "websocket.disconnect":
            await send({"type": "websocket.send", "text": '{"listening": []}'})
        self.sockets.discard(send)

    async def _tell_all(self) -> None:
        words = json.dumps({"topic": TOPIC, "name": "savings", "spread_s": 3})
        for send in list(self.sockets):
            await send({"type": "websocket.send", "text": words})

    def tell(self) -> None:
        for _line in sys.stdin:
            asyncio.run_coroutine_threadsafe(self._tell_all(), self.loop)


def bare(port: int) -> None:
    app = Bare()
    threading.Thread(target=app.tell, daemon=True).start()
    uvicorn.run(
        app,
        port=port,
        log_level="warning",
        lifespan="off",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=4096,
    )


async def listen(address: str, count: int) -> None:
    sockets: list[ClientConnection] = []
    for start in range(0, count, AT_ONCE):
        batch = range(start, min(start + AT_ONCE, count))
        sockets += await asyncio.gather(*(_open(address) for _n in batch))
    print("open", flush=True)
    while True:
        await asyncio.gather(*(one.recv() for one in sockets))
        print(time.monotonic(), flush=True)


async def _open(address: str) -> ClientConnection:
    origin = Origin(address.replace("ws", "http", 1).removesuffix("/ws/live/"))
    socket = await connect(address, origin=origin, ping_interval=None, open_timeout=60)
    await socket.send(json.dumps({"listen": [TOPIC]}))
    await socket.recv()
    return socket


def main() -> None:
    mode, *words = sys.argv[1:]
    if mode == "listen":
        asyncio.run(listen(words[0], int(words[1])))
    else:
        bare(int(words[0]))


if __name__ == "__main__":
    main()
