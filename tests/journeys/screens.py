"""`make screens`: a PNG of every page and state into build/screens/.

Phones 360×780 light, dark and with large text, a desk 1280×900; English once.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.pages import shots
from tests.journeys.server import FLAGS, ROOT, Running, chromium, serving

DEMO_HOMES = 24
DEMO_PLACE = "4139059100"
TO = ROOT / "build" / "screens"


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    name: str
    width: int
    height: int
    dark: bool = False
    cookies: tuple[tuple[str, str], ...] = ()


LOOKS = [
    Look("phone-light", 360, 780),
    Look("phone-dark", 360, 780, dark=True),
    Look("phone-large", 360, 780, cookies=(("text-size", "1.5"),)),
    Look("desk", 1280, 900),
]
OTHER_LOOKS = [
    Look("phone-english", 360, 780, cookies=(("django_language", "en"),)),
    Look("phone-contrast", 360, 780, cookies=(("contrast", "high"),)),
    Look("phone-contrast-dark", 360, 780, dark=True, cookies=(("contrast", "high"),)),
]


def pages(world: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(name, who, address) of everything there is to see."""
    for shot in shots(world):
        yield shot.name, shot.who, shot.address
    for who in world.get("demo", []):
        yield f"demo-{who}", f"demo:{who}", "/energy/"
    if world.get("demo"):
        yield "demo-start", "demo:resident", "/"
        yield "demo-place", "demo:resident", f"/places/{DEMO_PLACE}/"
        yield "demo-goals", "", "/goals/"
        yield "demo-uploads", "demo:failed", "/energy/uploads/"


def admin_pages() -> Iterator[tuple[str, str]]:
    yield "admin", "/admin/"
    yield "admin-premises", "/admin/energy/premises/"
    yield "admin-uploads", "/admin/energy/upload/"
    yield "admin-tariffs", "/admin/energy/tarifftable/"
    yield "admin-stations", "/admin/observations/station/"
    yield "admin-goals", "/admin/goals/goal/"


def shoot(browser: Browser, running: Running, world: dict[str, Any], only: str) -> int:
    """Take every picture; how many pages answered with an error."""
    wrong = 0
    for look in [*LOOKS, *OTHER_LOOKS]:
        chosen = [x for x in pages(world) if only in x[0]]
        if look in OTHER_LOOKS:
            chosen = [x for x in chosen if x[0] in SHOWN_IN_OTHER_LOOKS]
        wrong += _one_look(browser, running, world, look, chosen)
    desk = Look("admin", 1280, 900)
    chosen = [(n, "coordinator", a) for n, a in admin_pages() if only in n]
    return wrong + _one_look(browser, running, world, desk, chosen)


SHOWN_IN_OTHER_LOOKS = {"home-visitor", "demo-resident", "goals", "sign-in", "me"}


def _one_look(
    browser: Browser,
    running: Running,
    world: dict[str, Any],
    look: Look,
    chosen: list[tuple[str, str, str]],
) -> int:
    """All pages in one look; whoever is signed in keeps a browser of their own."""
    people: dict[str, Page] = {}
    wrong = 0
    for name, who, address in chosen:
        if who not in people:
            people[who] = _somebody(browser, running, world, look, who)
        to = TO / look.name / f"{name}.png"
        wrong += _picture(people[who], running.url + address, to)
    for page in people.values():
        page.context.close()
    return wrong


def _somebody(
    browser: Browser, running: Running, world: dict[str, Any], look: Look, who: str
) -> Page:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
        device_scale_factor=2 if look.width < 500 else 1,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
    )
    cookies = dict(look.cookies)
    if who in world["sessions"]:
        cookies["sessionid"] = world["sessions"][who]
    context.add_cookies(
        [{"name": k, "value": v, "url": running.url} for k, v in cookies.items()]
    )
    page = context.new_page()
    if who.startswith("demo:"):
        page.goto(f"{running.url}/energy/demo/{running.demo_keys[who[5:]]}/")
    return page


def _picture(page: Page, address: str, to: Path) -> int:
    answer = page.goto(address, wait_until="load")
    status = answer.status if answer else 0
    if page.locator("[data-frame]").count():
        page.locator("[data-frame] canvas").wait_for()
    to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=to, full_page=True)
    expected = 404 if address.endswith("/nothing/") else 200
    if status != expected:
        print(f"  {status} {address}")
        return 1
    return 0


def main() -> int:
    browser_path = chromium()
    if browser_path is None:
        print("SKIPPED: no Chromium on this machine, so no screens.")
        return 75
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    with serving(demo_homes=DEMO_HOMES) as running, sync_playwright() as playwright:
        world = json.loads(running.build("tests.journeys.cast").splitlines()[-1])
        world["demo"] = ["resident", "using-more", "collecting", "bills", "readings"]
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        wrong = shoot(browser, running, world, only)
        browser.close()
    print(f"screens in {TO.relative_to(ROOT)}, {wrong} pages answered wrongly")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
