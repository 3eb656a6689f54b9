"""A phone with its worker: fixtures and small acts of the offline journeys."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.lossy import Network, network
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.waiting import until

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 780},
    "locale": "ko-KR",
    "timezone_id": "Asia/Seoul",
    "reduced_motion": "reduce",
}
UNDER_CONTROL = "() => navigator.serviceWorker.controller !== null"
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    found[name] = {};
    for (const request of await cache.keys()) {
      const response = await cache.match(request, { ignoreVary: true });
      const text = response.headers.get("Content-Type").startsWith("text/html");
      found[name][new URL(request.url).pathname] = text ? await response.text() : "";
    }
  }
  return found;
}"""
STORED = """async () => new Promise((done, fail) => {
  const opening = indexedDB.open("livinglab");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = async () => {
    const db = opening.result;
    const found = {};
    for (const name of db.objectStoreNames) {
      const asked = db.transaction(name).objectStore(name).getAll();
      await new Promise((read) => (asked.onsuccess = read));
      found[name] = asked.result;
    }
    db.close();
    done(found);
  };
})"""


@pytest.fixture
def wire(lab: Running) -> Iterator[Network]:
    """The network between this phone and the lab."""
    with network(lab.url) as found:
        yield found


@pytest.fixture
def phone(browser: Browser, wire: Network) -> Iterator[BrowserContext]:
    """A phone on which the worker may live."""
    found = browser.new_context(base_url=wire.url, **PHONE)
    found.set_default_timeout(PATIENCE_MS)
    yield found
    leave(found)


def settle(page: Page, address: str = "/") -> None:
    """Open a page and wait until the worker looks after it."""
    page.goto(address)
    page.wait_for_function(UNDER_CONTROL)


def sign_in_as(phone: BrowserContext, wire: Network, key: str) -> None:
    phone.add_cookies([{"name": "sessionid", "value": key, "url": wire.url}])


def cached(page: Page) -> dict[str, dict[str, str]]:
    """Cache → path → the page's text."""
    return page.evaluate(CACHED)


def wait_until_kept(page: Page, *paths: str) -> dict[str, str]:
    """The guest's copies are fetched beside the page; path → text of what is kept."""

    def kept() -> dict[str, str]:
        pages: dict[str, str] = cached(page).get("pages", {})
        return pages if set(paths) <= set(pages) else {}

    found: dict[str, str] = until(page, kept)
    return found


def stored(page: Page) -> dict[str, list[Any]]:
    """What stands in the phone's own store."""
    return page.evaluate(STORED)


def keep_home(page: Page, home: int) -> None:
    """The person wants this home on this phone."""
    settle(page, f"/energy/homes/{home}/add/reading/")
    page.get_by_label("이 휴대폰에 기억하기").check()
    until(page, lambda: home in [one["id"] for one in stored(page)["homes"]])


def enter(page: Page, kwh: str) -> None:
    """A number into the form that needs no network."""
    page.get_by_label("계량기 숫자").fill(kwh)
    page.get_by_role("button", name="저장").click()


def readings(page: Page, home: int) -> list[dict[str, Any]]:
    """What the lab has of this home."""
    return page.request.get(f"/api/v1/premises/{home}/readings/").json()


def wait_until_sent(page: Page) -> None:
    page.goto("/outbox/")
    expect(page.get_by_text("보냈어요")).to_be_visible()
