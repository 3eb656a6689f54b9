"""`make screens`: a PNG of every page and state into build/screens/.

Phones 360×780 light, dark and with large text, a desk 1280×900; some in English and in
high contrast. Beside them one contact sheet a group and look: build/screens/sheets/.

The pages stand in tests/journeys/pages.py: a new page is one `Shot` there. Words after
the command take only pages whose name or group holds them:
`python -m tests.journeys.screens front`.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.leaving import leave
from tests.journeys.pages import Shot, shots
from tests.journeys.server import FLAGS, ROOT, Running, chromium, serving
from tests.journeys.sheets import contact_sheet

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
SHOWN_IN_OTHER_LOOKS = {
    "home-visitor", "about", "demo-resident", "goals", "sign-in", "me", "search-found",
}  # fmt: skip
ADMIN = Look("admin", 1280, 900)


def all_shots(world: dict[str, Any]) -> list[Shot]:
    """Everything there is to see, the people of the demonstration too."""
    return [*shots(world), *_demo(world)]


def _demo(world: dict[str, Any]) -> Iterator[Shot]:
    for who in world.get("demo", []):
        yield Shot(f"demo-{who}", f"demo:{who}", "/energy/", "demo")
    if world.get("demo"):
        yield Shot("demo-start", "demo:resident", "/", "demo")
        place = f"/places/{DEMO_PLACE}/"
        yield Shot("demo-place", "demo:resident", place, "demo")
        yield Shot("demo-goals", "", "/goals/", "demo")
        yield Shot("demo-uploads", "demo:failed", "/energy/uploads/", "demo")


def admin_shots() -> list[Shot]:
    pages = {
        "admin": "/admin/",
        "admin-premises": "/admin/energy/premises/",
        "admin-uploads": "/admin/energy/upload/",
        "admin-tariffs": "/admin/energy/tarifftable/",
        "admin-stations": "/admin/observations/station/",
        "admin-goals": "/admin/goals/goal/",
        "admin-reports": "/admin/issues/issue/",
        "admin-reports-map": "/admin/issues/issue/map/",
        "admin-enter": "/admin/issues/issue/enter/",
        "admin-kinds": "/admin/issues/category/",
        "admin-rule": "/admin/issues/routingrule/add/",
    }
    return [Shot(n, "coordinator", a, "admin") for n, a in pages.items()]


def shoot(
    browser: Browser, running: Running, world: dict[str, Any], only: list[str]
) -> int:
    """Take every picture; how many pages answered otherwise than they should."""
    wrong = 0
    for look in [*LOOKS, *OTHER_LOOKS]:
        chosen = [shot for shot in all_shots(world) if _is_wanted(shot, only)]
        if look in OTHER_LOOKS:
            chosen = [shot for shot in chosen if shot.name in SHOWN_IN_OTHER_LOOKS]
        wrong += _one_look(browser, running, world, look, chosen)
    chosen = [shot for shot in admin_shots() if _is_wanted(shot, only)]
    return wrong + _one_look(browser, running, world, ADMIN, chosen)


def _is_wanted(shot: Shot, only: list[str]) -> bool:
    return not only or any(word in shot.name or word == shot.group for word in only)


def _one_look(
    browser: Browser,
    running: Running,
    world: dict[str, Any],
    look: Look,
    chosen: list[Shot],
) -> int:
    """All pages in one look; whoever is signed in keeps a browser of their own."""
    people: dict[str, Page] = {}
    groups: dict[str, list[Path]] = {}
    wrong = 0
    for shot in chosen:
        if shot.who not in people:
            people[shot.who] = somebody(browser, running, world, look, shot.who)
        to = TO / look.name / f"{shot.name}.png"
        wrong += _picture(people[shot.who], running.url, shot, to)
        groups.setdefault(shot.group, []).append(to)
    for page in people.values():
        leave(page.context)
    for group, files in groups.items():
        contact_sheet(files, TO / "sheets" / f"{group}-{look.name}.png")
    return wrong


def somebody(
    browser: Browser, running: Running, world: dict[str, Any], look: Look, who: str
) -> Page:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.dark else "light",
        device_scale_factor=2 if look.width < 500 else 1,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
        service_workers="block",
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


def _picture(page: Page, url: str, shot: Shot, to: Path) -> int:
    answer = page.goto(url + shot.address, wait_until="load")
    status = answer.status if answer else 0
    if page.locator("[data-frame]:visible").count():  # one of a later question is not
        page.evaluate("document.querySelector('[data-frame]').scrollIntoView()")
        page.locator("[data-frame] canvas:visible").first.wait_for()
        page.wait_for_load_state("networkidle")  # the shapes of a map
        page.evaluate("scrollTo(0, 0)")
    to.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=to, full_page=True)
    if status != shot.status:
        print(f"  {status} {shot.address}")
        return 1
    return 0


def main() -> int:
    browser_path = chromium()
    if browser_path is None:
        print("SKIPPED: no Chromium on this machine, so no screens.")
        return 75
    with serving(demo_homes=DEMO_HOMES) as running, sync_playwright() as playwright:
        world = json.loads(running.build("tests.journeys.cast").splitlines()[-1])
        world["demo"] = ["resident", "using-more", "collecting", "bills", "readings"]
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        wrong = shoot(browser, running, world, sys.argv[1:])
        browser.close()
    print(f"screens in {TO.relative_to(ROOT)}, {wrong} pages answered wrongly")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
