"""One process: pages, API, WebSocket, Celery worker and timetable, on SQLite.

`python -m livinglab.config.embedded --port 8000`. What must happen is a row in the
database, so a crash loses only hints: at start every lease is given back and the
sweeps look for what is due.
"""

import argparse
import asyncio
import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livinglab.config.settings.dev")
# The worker would run Django's checks once more; `make check` has, and a start counts.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

import uvicorn
from celery import beat, signals
from celery.worker import WorkController, state
from channels.layers import get_channel_layer
from django.conf import settings

from livinglab.config.asgi import application  # sets Django up
from livinglab.config.celery import app
from livinglab.config.recovery import give_leases_back

READY_S = 20
GRACE_S = 8


class Worker(WorkController):
    """A Celery worker in a thread; the base class installs no signal handlers."""

    def __init__(self, ready: threading.Event) -> None:
        self._ready_event = ready
        super().__init__(
            app=app,
            pool="threads",
            concurrency=2,
            hostname="embedded@local",
            loglevel="WARNING",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )

    def on_after_init(self, **kwargs: Any) -> None:
        signals.worker_init.send(sender=self)

    def on_consumer_ready(self, consumer: Any) -> None:
        self._ready_event.set()


class Embedded:
    """The worker and the timetable beside the web server."""

    def __init__(self) -> None:
        app.finalize()
        app.loader.import_default_modules()
        self.ready = threading.Event()
        self.worker = Worker(self.ready)
        self.thread = threading.Thread(target=self._work, name="celery", daemon=True)
        self.timetable: Any = beat.EmbeddedService(
            app, thread=True, scheduler_cls="celery.beat:Scheduler"
        )

    def _work(self) -> None:
        app.set_current()
        try:
            self.worker.start()
        finally:
            self.ready.set()

    def start(self) -> None:
        """Give dead processes' work back, start working, wake every sweep once."""
        give_leases_back()
        state.should_stop = state.should_terminate = None
        self.thread.start()
        self.ready.wait(READY_S)
        self.timetable.start()
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            if isinstance(entry["schedule"], float):
                app.send_task(entry["task"])

    def stop(self) -> bool:
        """Let running tasks finish; True when all did in time."""
        self.timetable.service._is_shutdown.set()
        setattr(state, "should_stop", 0)  # noqa: B010 - 0 is "stop, with success"
        self.thread.join(GRACE_S)
        return not self.thread.is_alive()


class Server(uvicorn.Server):  # type: ignore[misc]
    """uvicorn that starts the worker once its own loop runs."""

    def __init__(
        self,
        config: uvicorn.Config,
        embedded: Embedded,
        beside: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(config)
        self.embedded = embedded
        self.beside = beside

    async def startup(self, sockets: Any = None) -> None:
        layer = get_channel_layer()
        if hasattr(layer, "bind"):
            layer.bind(asyncio.get_running_loop())
        await asyncio.to_thread(self.embedded.start)
        await super().startup(sockets)
        if self.started:
            port = self.config.port
            print(f"livinglab serves http://127.0.0.1:{port}", flush=True)  # noqa: T201
        if self.started and self.beside:
            threading.Thread(target=self.beside, name="beside", daemon=True).start()


def only_process(folder: Path) -> IO[str]:
    """Hold the data folder's lock; a second process would do the same work twice."""
    handle = (folder / "livinglab.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit("Another livinglab process already uses this data folder.")
    return handle


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    beside: Callable[[threading.Event], None] | None = None,
) -> None:
    """Serve until told to stop; `beside` runs in a thread once pages are there.

    It gets an event that is set when the process leaves.
    """
    lock = only_process(settings.DATA_DIR)
    embedded = Embedded()
    leaving = threading.Event()
    # uvicorn raises the signal again when it is done; the default would kill us
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        ws="websockets-sansio",
        ws_max_size=4096,  # names go over the socket, nothing long
        ws_per_message_deflate=False,  # and nothing worth a window of memory each
        timeout_graceful_shutdown=5,
    )
    try:
        Server(config, embedded, beside and partial(beside, leaving)).run()
    except KeyboardInterrupt:
        time.sleep(0)
    leaving.set()
    try:
        stopped = embedded.stop()
    except KeyboardInterrupt:
        stopped = False
    lock.close()
    if not stopped:
        os._exit(0)  # a task still runs; its row is found at the next start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    serve(host=options.host, port=options.port)


if __name__ == "__main__":
    main()
