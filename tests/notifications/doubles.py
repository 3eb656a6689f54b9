"""A push service and an SMS gateway on this machine, as strict as the real ones."""

import base64
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid


class Double(ThreadingHTTPServer):
    """Answers with the status that is planned; keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses: dict[str, int] = {}
        self.headers_out: dict[str, str] = {}
        self.cut_off = False
        self.taken: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Double

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        body = self.rfile.read(size)
        self.server.taken.append(
            {
                "path": self.path,
                "headers": {name.title(): said for name, said in self.headers.items()},
                "body": body,
            }
        )
        if self.server.cut_off:
            self.connection.close()
            return
        self.send_response(self.server.statuses.get(self.path, 201))
        for name, value in self.server.headers_out.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Nothing on the console."""


@contextmanager
def serving() -> Iterator[Double]:
    double = Double()
    thread = threading.Thread(target=double.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.shutdown()
        double.server_close()
        thread.join()


class Browser:
    """The browser's side of a push subscription."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = hashlib.sha256(str(id(self)).encode()).digest()[:16]

    @property
    def keys(self) -> dict[str, str]:
        point = self.key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {"p256dh": plain64(point), "auth": plain64(self.secret)}

    def read(self, request: dict[str, Any]) -> Any:
        clear = http_ece.decrypt(
            request["body"],
            private_key=self.key,
            auth_secret=self.secret,
            version="aes128gcm",
        )
        return json.loads(clear)


def plain64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def is_signed_by(request: dict[str, Any], public_key: str) -> bool:
    """The VAPID header names our key and its signature holds."""
    said = request["headers"]["Authorization"]
    match = re.fullmatch(r"vapid t=([^,]+),\s*k=(.+)", said)
    if match is None or match[2] != public_key:
        return False
    return bool(Vapid.verify(said))


def has_gateway_signature(request: dict[str, Any], key: str, secret: str) -> bool:
    said = request["headers"]["Authorization"]
    pattern = r"HMAC-SHA256 apiKey=(.+), date=(.+), salt=(.+), signature=(.+)"
    match = re.fullmatch(pattern, said)
    if match is None or match[1] != key:
        return False
    wanted = hmac.new(
        secret.encode(), (match[2] + match[3]).encode(), hashlib.sha256
    ).hexdigest()
    return hmac.compare_digest(wanted, match[4])
