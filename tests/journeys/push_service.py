"""The push service that stands in for the browsers' own: npm's web-push-testing.

It gives subscriptions with real keys, checks our signature and decrypts what our server
sends. A test browser cannot reach a real push service, so an init script replaces
`PushManager.subscribe` and `getSubscription`, and nothing else.
"""

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext

from tests.journeys.server import ENDS_WITH_US, PATIENCE_S, ROOT, _free_port

PACKAGE = ROOT / "frontend" / "node_modules" / "web-push-testing"
SUBSCRIBES = """
const kept = "push-double";
const key64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const revive = ({ said, key }) => ({
  endpoint: said.endpoint,
  options: { userVisibleOnly: true, applicationServerKey: Uint8Array.from(key).buffer },
  toJSON: () => ({ endpoint: said.endpoint, expirationTime: null, keys: said.keys }),
  unsubscribe: async () => (localStorage.removeItem(kept), true),
});
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
  if (!userVisibleOnly) throw new TypeError("browsers demand userVisibleOnly");
  const said = await window.askPushService(key64(applicationServerKey));
  const found = { said, key: [...new Uint8Array(applicationServerKey)] };
  localStorage.setItem(kept, JSON.stringify(found));
  return revive(found);
};
PushManager.prototype.getSubscription = async () => {
  const found = localStorage.getItem(kept);
  return found ? revive(JSON.parse(found)) : null;
};
"""


class PushService:
    """Asks the double over HTTP, as its documentation says."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.browsers: list[str] = []

    def subscribe(self, key: str) -> dict[str, Any]:
        wish = {"userVisibleOnly": "true", "applicationServerKey": key}
        said = self._ask("/subscribe", wish)["data"]
        self.browsers.append(said.pop("clientHash"))
        return dict(said)

    def taken(self) -> list[str]:
        """What the newest browser got, decrypted."""
        wish = {"clientHash": self.browsers[-1]}
        return list(self._ask("/get-notifications", wish)["data"]["messages"])

    def expire(self) -> None:
        """The newest browser is gone: from now on 410."""
        self._ask(f"/expire-subscription/{self.browsers[-1]}", {})

    def stands_in(self, context: BrowserContext) -> None:
        """Let pages of this browser subscribe here."""
        context.expose_function("askPushService", self.subscribe)
        context.add_init_script(SUBSCRIBES)

    def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(  # noqa: S310
            self.url + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            text = answer.read().decode()
        return json.loads(text) if text.startswith("{") else {}


@contextmanager
def push_service() -> Iterator[PushService]:
    port = _free_port()
    node = shutil.which("node") or "node"
    server = PACKAGE / "src" / "bin" / "server.js"
    process = subprocess.Popen(
        [*ENDS_WITH_US, node, str(server), str(port)], stdout=subprocess.DEVNULL
    )
    try:
        found = PushService(f"http://localhost:{port}")
        _until_it_answers(found)
        yield found
    finally:
        process.kill()
        process.wait()


def _until_it_answers(service: PushService) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            service._ask("/status", {})
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the push service did not answer in time")
