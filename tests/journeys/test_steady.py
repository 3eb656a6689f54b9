"""Nothing moves under a thumb: the layout shift of every public page and tab."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.leaving import leave
from tests.journeys.pages import shots, tabs
from tests.journeys.server import Running

MOST = 0.01
WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) window.shifted += entry.value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""
SETTLED = """() => new Promise((done) => {
  const frames = (n) => n ? requestAnimationFrame(() => frames(n - 1)) : done();
  setTimeout(() => frames(3), 250);
})"""
RESTLESS = """
<p id="late"></p><h1>words below<br>and more<br>of them</h1>
<script>setTimeout(() => { late.style.height = "300px"; }, 300);</script>
"""


def shift(page: Page) -> float:
    """How far things moved since the page opened, once all is quiet."""
    page.wait_for_load_state("networkidle")
    page.evaluate(SETTLED)
    return float(page.evaluate("window.shifted"))


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_moves_while_it_opens(
    width: int, browser: Browser, lab: Running, world: dict
) -> None:
    public = [shot for shot in shots(world) if shot.is_public]
    restless = {}
    for who in ("", "resident"):
        context = browser.new_context(
            base_url=lab.url,
            viewport={"width": width, "height": 780},
            locale="ko-KR",
            service_workers="block",
        )
        context.add_init_script(WATCH)
        if who:
            key = world["sessions"][who]
            context.add_cookies([{"name": "sessionid", "value": key, "url": lab.url}])
        for shot in tabs(world) if who else public:
            page = context.new_page()
            page.goto(shot.address)
            if (moved := shift(page)) >= MOST:
                restless[shot.name] = round(moved, 4)
            page.close()
        leave(context)
    assert not restless


def test_a_page_that_moves_is_noticed(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto("data:text/html," + RESTLESS)
    assert shift(page) > MOST
    leave(context)
