"""Putting a phone away so that nothing of it stands in the way of the next."""

from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page

AT_ONCE_MS = 5_000


def leave(phone: BrowserContext) -> None:
    """Close it when its pages are at rest.

    Chromium may never answer when it closes a page that is on its way to another, and
    closing knows no time limit.
    """
    for page in phone.pages:
        _come_to_rest(page)
    phone.close()


def _come_to_rest(page: Page) -> None:
    for _other_way_under_way in range(3):
        with suppress(Error):
            page.goto("about:blank", timeout=AT_ONCE_MS)
            return
