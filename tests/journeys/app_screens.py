"""`python -m tests.journeys.app_screens`: the pictures the manifest shows of the app.

Three screens of a demonstration in each language, as a phone shows them, into
frontend/public/screens/. Each stays below 60 kB: phones load them before installing.
"""

import io
import sys

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from livinglab.pages.manifest import SCREEN_SIZE, SCREENS
from tests.journeys.leaving import leave
from tests.journeys.screens import DEMO_HOMES, Look, somebody
from tests.journeys.server import FLAGS, ROOT, Running, chromium, serving

TO = ROOT / "frontend" / "public" / "screens"
MOST_BYTES = 60_000
PAGES = {"start": "/", "energy": "/energy/", "goals": "/goals/"}


def take(browser: Browser, running: Running, language: str) -> None:
    """Every screen in one language."""
    width, height = (side // 2 for side in SCREEN_SIZE)
    look = Look(language, width, height, cookies=(("django_language", language),))
    page = somebody(browser, running, {"sessions": {}}, look, "demo:resident")
    for name in SCREENS:
        page.goto(running.url + PAGES[name], wait_until="networkidle")
        to = TO / f"{name}-{language}.webp"
        Image.open(io.BytesIO(page.screenshot())).save(to, quality=70, method=6)
        size = to.stat().st_size
        if size > MOST_BYTES:
            raise SystemExit(f"{to.name} has {size} bytes")
    leave(page.context)


def main() -> int:
    path = chromium()
    if path is None:
        print("SKIPPED: no Chromium on this machine, so no screens.")
        return 75
    TO.mkdir(parents=True, exist_ok=True)
    with serving(demo_homes=DEMO_HOMES) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for language in ("ko", "en"):
            take(browser, running, language)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
