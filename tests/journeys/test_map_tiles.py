"""Pictures under the map from a server that is set: shown, named, and never needed."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.leaving import leave
from tests.journeys.server import Running, serving

PINK = (230, 0, 180)
MAKER = "시험 지도 회사"
OTHER_HOST = """async (address) => {
  const refused = new Promise((told) => document.addEventListener(
    "securitypolicyviolation", (event) => told(event.effectiveDirective)));
  new Image().src = address;
  return refused;
}"""


def drawn() -> bytes:
    """A tile nobody mistakes for a shape of ours."""
    out = io.BytesIO()
    Image.new("RGB", (256, 256), PINK).save(out, "PNG")
    return out.getvalue()


class Tiles(BaseHTTPRequestHandler):
    picture = drawn()

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Content-Length", str(len(self.picture)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(self.picture)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def tiles() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    gone(server)


def gone(server: ThreadingHTTPServer) -> None:
    server.shutdown()
    server.server_close()


def address_of(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def lab(
    tiles: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    """The server with the settings a city would write."""
    monkeypatch.setenv("MAP_TILES_URL", address_of(tiles) + "/{z}/{x}/{y}.png")
    monkeypatch.setenv("MAP_TILES_BY", MAKER)
    with serving() as running:
        yield running


def pink(frame: Locator) -> float:
    """The share of the map that shows the pictures, through the shapes or beside."""
    seen = Image.open(io.BytesIO(frame.screenshot())).convert("RGB")
    pixels = list(seen.get_flattened_data())
    return sum(r > 140 and g < 110 and b > 110 for r, g, b in pixels) / len(pixels)


def is_soon(page: Page, frame: Locator, *, shows_pictures: bool) -> bool:
    for _look in range(40):
        if (pink(frame) > 0.5) == shows_pictures:
            return True
        page.wait_for_timeout(250)
    return False


def test_pictures_lie_under_the_shapes_and_the_map_stands_without_them(
    browser: Browser, lab: Running, tiles: ThreadingHTTPServer
) -> None:
    context = browser.new_context(
        base_url=lab.url, viewport=PHONE, locale="ko-KR", reduced_motion="reduce",
        service_workers="block",
    )  # fmt: skip
    context.set_default_timeout(30_000)
    expect.set_options(timeout=20_000)
    page = context.new_page()
    answer = page.goto("/issues/map/")
    assert answer
    policy = answer.headers["content-security-policy"]
    allowed = next(one for one in policy.split("; ") if one.startswith("img-src"))
    assert allowed.split()[1:] == ["'self'", "data:", "blob:", address_of(tiles)]

    frame = page.locator("[data-island=map] [data-frame]")
    frame.scroll_into_view_if_needed()
    expect(frame.locator(".leaflet-tile-loaded").first).to_be_attached()
    expect(frame.locator(".leaflet-control-attribution")).to_have_text(MAKER)
    expect(frame.locator(".leaflet-overlay-pane canvas")).to_be_attached()
    assert is_soon(page, frame, shows_pictures=True)

    other = ThreadingHTTPServer(("127.0.0.1", 0), Tiles)
    try:
        assert page.evaluate(OTHER_HOST, f"{address_of(other)}/0/0/0.png") == "img-src"
    finally:
        other.server_close()

    # The server goes while the map is open: the next look is the shapes alone.
    gone(tiles)
    page.get_by_role("button", name="가까이").click()
    assert is_soon(page, frame, shows_pictures=False)

    # And a map that never met it has shapes and names, and nobody to name.
    page.reload()
    frame.scroll_into_view_if_needed()
    expect(frame.locator(".leaflet-overlay-pane canvas")).to_be_attached()
    page.get_by_role("button", name="가까이").click()
    expect(frame.locator(".ll-map__name").first).to_be_attached()
    expect(frame.locator(".leaflet-control-attribution")).to_have_count(0)
    assert pink(frame) == 0
    leave(context)
