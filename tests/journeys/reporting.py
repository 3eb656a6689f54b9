"""Small acts of the reporting journeys: photos, the questions one by one."""

import json
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.server import Running

JEONGWANG = {"longitude": 126.7386, "latitude": 37.3463}
SENT_TO = "/api/v1/issues/"


def two_photos(folder: Path) -> list[Path]:
    """A hole in the road, upright and across, as a phone's camera has them."""
    paths = []
    for name, size in (("hole.jpg", (1600, 1200)), ("street.jpg", (900, 1600))):
        picture = Image.new("RGB", size, (118, 122, 128))
        for n in range(0, size[0], 30):
            picture.paste((n % 250, 90, 120), (n, size[1] // 2, n + 12, size[1]))
        picture.save(folder / name, "JPEG", quality=85)
        paths.append(folder / name)
    return paths


def step_of(page: Page) -> str:
    return page.locator("[data-step][data-now]").get_attribute("data-step") or ""


def go_on(page: Page) -> None:
    before = step_of(page)
    page.locator("[data-now] [data-next]").click()
    expect(page.locator(f'[data-step="{before}"][data-now]')).to_have_count(0)


def add_photos(page: Page, photos: list[Path]) -> None:
    page.locator("input[name=photos]").set_input_files(photos)
    shown = page.locator("[data-island=report-photos] [data-list] li")
    expect(shown).to_have_count(len(photos))


def answer_until(page: Page, last: str, *, kind: str, words: str) -> None:
    """Go through the questions as somebody would who stands there."""
    for _question in range(9):
        step = step_of(page)
        if step == last:
            return
        if step == "place":
            expect(page.locator("[data-found]")).to_contain_text("정왕")
        if step == "what":
            page.locator(f'[data-kind="{kind}"]:visible').first.click()
            expect(page.locator('[data-step="what"][data-now]')).to_have_count(0)
            continue
        if step == "words":
            page.locator("textarea[name=words]").fill(words)
        go_on(page)
    raise AssertionError(f"never came to {last}")


def write_report(
    page: Page, photos: list[Path], words: str, kind: str = "pothole"
) -> None:
    """All of a report but its sending."""
    page.goto("/report/")
    add_photos(page, photos)
    page.locator("[data-list] input[name=alts]").first.fill("움푹 파인 길")
    answer_until(page, "promise", kind=kind, words=words)


def send(page: Page) -> None:
    page.locator("[data-now] [data-send]:visible").click()


def reports_with(lab: Running, words: str) -> list[dict[str, Any]]:
    """What the lab has of a report with exactly these words."""
    said = lab.build("tests.journeys.reports_with", words).splitlines()[-1]
    found: list[dict[str, Any]] = json.loads(said)
    return found
