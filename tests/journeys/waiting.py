"""Waiting for a state itself, and what a time on a busy machine is worth."""

import os
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.journeys.server import PATIENCE_S


def until(page: Page, ask: Callable[[], Any], *, every_ms: int = 100) -> Any:
    """The first answer that is not empty; the page goes on living meanwhile."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if found := ask():
            return found
        page.wait_for_timeout(every_ms)
    raise AssertionError("it did not come about in time")


def alone(seconds: float) -> float:
    """What it would have taken with nobody else waiting for a processor."""
    waiting = max(os.getloadavg()[0], 1)
    return seconds * min(1, (os.cpu_count() or 1) / waiting)
