"""A network that loses what it is told to lose, between a browser and the lab."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.journeys.server import PATIENCE_S

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Network(ThreadingHTTPServer):
    """Hands requests on. The next POST to a path may be lost, late, or fail."""

    daemon_threads = True

    def __init__(self, lab: str) -> None:
        super().__init__(("127.0.0.1", 0), _Wire)
        self.lab = urlsplit(lab)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.posts: list[str] = []
        self._lose = ""
        self._hold = ""
        self._fail = ""
        self.arrived = threading.Event()
        self.go_on = threading.Event()

    def lose_answer(self, path: str) -> None:
        """The next POST to such a path is done by the lab; nobody hears of it."""
        self._lose = path

    def hold_answer(self, path: str) -> None:
        """The next one is done, `arrived` is set, its answer waits for `go_on`."""
        self._hold = path
        self.arrived.clear()
        self.go_on.clear()

    def fail(self, path: str) -> None:
        """The next POST to such a path never reaches the lab: its gateway says 500."""
        self._fail = path

    def fate(self, path: str) -> str:
        """What is to happen to this POST; each order is good for one."""
        self.posts.append(path)
        if self._lose and self._lose in path:
            self._lose = ""
            return "lose"
        if self._hold and self._hold in path:
            self._hold = ""
            return "hold"
        if self._fail and self._fail in path:
            self._fail = ""
            return "fail"
        return ""


class _Wire(BaseHTTPRequestHandler):
    server: Network
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        fate = self.server.fate(self.path) if self.command == "POST" else ""
        if fate == "fail":
            self.send_error(500)
            return
        lab = self.server.lab
        upstream = http.client.HTTPConnection(
            str(lab.hostname), lab.port, timeout=PATIENCE_S
        )
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
        upstream.request(self.command, self.path, body, headers)
        answer = upstream.getresponse()
        content = answer.read()
        if fate == "hold":
            self.server.arrived.set()
            self.server.go_on.wait(PATIENCE_S)
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if fate:  # half of it; with none at all a browser would quietly ask again
            content = content[: len(content) // 2]
            self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = _pass_on  # noqa: N815

    def log_message(self, *args: Any) -> None:
        """Silent."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError, http.client.HTTPException):
            self.close_connection = True


@contextmanager
def network(lab: str) -> Iterator[Network]:
    """A network in front of the lab for as long as needed."""
    wire = Network(lab)
    thread = threading.Thread(target=wire.serve_forever, daemon=True)
    thread.start()
    yield wire
    wire.go_on.set()
    wire.shutdown()
    wire.server_close()
