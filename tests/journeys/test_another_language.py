"""The next language: long words, right to left, nothing cut, nothing left behind."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.leaving import leave
from tests.journeys.pages import shots
from tests.journeys.pseudo import CODE, pseudo
from tests.journeys.server import Running, serving
from tests.journeys.sign_in import use_session

PHONE = {"width": 360, "height": 780}
WORD = re.compile(r"[A-Za-z가-힣]{2,}")
# The same in every language: names, units, keys, signs of files.
SAME = re.compile(
    r"^(한국어|English|livinglab|kWh|km²|CO₂|CO2|CSV|XML|UTF-8|cp949|Green Button|"
    r"Green Button \(XML\)|Linux|Chrome|Atom|RSS|"
    r"[\d.,:~·×+−–-]*\s?(kWh|kg|km²|%|µg/m³|Wh|kW|m²|MB|won|원|h|t)\b.*|"
    r"[\w.@+-]+@example\.org|[\w-]+\.(csv|xml|html)|caltrack-[\w./-]+)$"
)
FOR_BUILDERS = {"components"}
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
MOST_PARTS = 3  # "Siheung Jeongwang-dong"; longer is a sentence
CUT = """() => [...document.querySelectorAll("body *")].filter(one => {
  const style = getComputedStyle(one);
  if (!/hidden|clip/.test(style.overflowX) || one.closest(".ll-sr, .ll-skip, svg")) {
    return false;
  }
  // A map's canvas is wider than its frame, so that a drag finds it drawn.
  if (one.matches(".leaflet-container")) return false;
  const box = one.getBoundingClientRect();
  return box.width > 2 && one.scrollWidth > one.clientWidth + 1;
}).map(one => one.className + ": " + one.textContent.trim().slice(0, 60))"""
# A map is drawn when it comes into sight.
DRAWN = """() => [...document.querySelectorAll(".ll-map__frame")].every(one => {
  if (!one.checkVisibility() || one.querySelector("canvas")) return true;
  one.scrollIntoView();
  return false;
})"""
SPOKEN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [document.title];
  for (let one; (one = walk.nextNode());) {
    if (one.parentElement.closest("script, style, code, time")) continue;
    if (one.textContent.trim()) found.push(one.textContent.trim());
  }
  for (const one of document.querySelectorAll("[aria-label], [alt], [placeholder]")) {
    found.push(one.ariaLabel || one.alt || one.placeholder || "");
  }
  return found;
}"""


@pytest.fixture(scope="module")
def foreign() -> Iterator[Running]:
    with serving(settings="tests.journeys.pseudo_settings") as running:
        yield running


@pytest.fixture(scope="module")
def people(foreign: Running) -> dict[str, Any]:
    return json.loads(foreign.build("tests.journeys.cast").splitlines()[-1])


@pytest.fixture(scope="module")
def data(foreign: Running, people: dict[str, Any]) -> str:
    """Everything the database says, in one long text."""
    return "\n".join(json.loads(foreign.build("tests.journeys.data_words")))


@pytest.fixture
def page(browser: Browser, foreign: Running) -> Iterator[Page]:
    context = browser.new_context(
        base_url=foreign.url, viewport=PHONE, reduced_motion="reduce",
        service_workers="block",
    )  # fmt: skip
    context.add_cookies(
        [{"name": "django_language", "value": CODE, "url": foreign.url}]
    )
    yield context.new_page()
    leave(context)


def is_left_behind(text: str, data: str) -> bool:
    """Words that came neither through the catalogue nor from the database."""
    if "[" in text or "~" in text or not WORD.search(text) or SAME.match(text):
        return False
    if text.strip(" ·,:") in data:
        return False
    parts = re.split(r" · |, ", text)
    parts = parts if len(parts) > 1 else text.split()
    if len(parts) == 1 or len(parts) > MOST_PARTS:
        return True
    return any(is_left_behind(part, data) for part in parts)


def test_the_made_up_language_keeps_places_and_tags() -> None:
    assert pseudo("Saved") == "[Šávéd ~]"
    assert "%(count)s" in pseudo("%(count)s days <b>more</b>")
    assert "<b>" in pseudo("%(count)s days <b>more</b>")


def look(page: Page, data: str) -> Iterator[tuple[str, Any]]:
    """What is wrong with this page in a long language from the right."""
    if (side := page.evaluate("document.documentElement.dir")) != "rtl":
        yield "direction", side
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        yield "wide", width
    if cut := page.evaluate(CUT):
        yield "cut", cut
    said = set(page.evaluate(SPOKEN))
    if left := sorted(text for text in said if is_left_behind(text, data)):
        yield "left behind", left


@pytest.mark.parametrize("who", ["", "newcomer", "resident", "helper"])
def test_every_page_stands_in_a_long_language_from_right_to_left(
    who: str, page: Page, foreign: Running, people: dict[str, Any], data: str
) -> None:
    if who:
        use_session(page, foreign, people["sessions"][who])
    wrong: dict[str, Any] = {}
    for shot in shots(people):
        if shot.who != who or shot.name in FOR_BUILDERS:
            continue
        page.goto(shot.address)
        page.evaluate(OPEN)
        page.wait_for_function(DRAWN)
        wrong |= {(shot.name, what): found for what, found in look(page, data)}
    assert not wrong


def test_the_layout_is_mirrored(page: Page) -> None:
    page.goto("/goals/")
    brand = page.locator(".ll-brand").bounding_box()
    menu = page.locator(".ll-header__acts").bounding_box()
    heading = page.locator("h1")
    assert brand["x"] > menu["x"]
    assert heading.evaluate("one => getComputedStyle(one).textAlign") in {
        "start",
        "right",
    }
