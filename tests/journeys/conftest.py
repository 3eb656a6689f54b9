"""A browser and a server for each process of a run; skipped without Chromium."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.leaving import leave
from tests.journeys.server import (
    FLAGS,
    PATIENCE_MS,
    Running,
    chromium,
    serving,
    shared_folder,
)

expect.set_options(timeout=PATIENCE_MS)
PHONE = {"width": 360, "height": 780}


def pytest_configure() -> None:
    """Before other processes start: they find it, and it goes when all are done."""
    shared_folder()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def lab() -> Iterator[Running]:
    """The embedded server on its own data folder, with seeds and the cast."""
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def world(lab: Running) -> dict[str, Any]:
    """Who is there: session keys and ids of homes in every state."""
    return json.loads(lab.build("tests.journeys.cast").splitlines()[-1])


@pytest.fixture
def context(browser: Browser, lab: Running) -> Iterator[BrowserContext]:
    """A Korean phone that has never been here."""
    found = browser.new_context(
        base_url=lab.url,
        viewport=PHONE,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
        service_workers="block",
    )
    found.set_default_timeout(PATIENCE_MS)
    yield found
    leave(found)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that fails the journey on any error in the console."""
    found = context.new_page()
    found.on("pageerror", _raise)
    return found


def _raise(error: Exception) -> None:
    raise AssertionError(f"a script failed: {error}")
