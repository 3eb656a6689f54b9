"""Every page: no sideways scroll, looks kept for next time."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.pages import shots
from tests.journeys.server import Running
from tests.journeys.sign_in import use_session

NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("size", ["1", "1.5"])
def test_no_page_scrolls_sideways_on_a_small_phone(
    size: str, browser: Browser, lab: Running, world: dict
) -> None:
    context = browser.new_context(base_url=lab.url, viewport=NARROW, locale="ko-KR")
    context.add_cookies([{"name": "text-size", "value": size, "url": lab.url}])
    page = context.new_page()
    wide = []
    for shot in shots(world):
        context.clear_cookies(name="sessionid")
        if shot.who:
            use_session(page, lab, world["sessions"][shot.who])
        page.goto(shot.address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            wide.append((shot.name, width))
    leave(context)
    assert not wide


def test_language_and_text_size_are_kept_for_the_next_visit(page: Page) -> None:
    page.goto("/goals/")
    page.locator("summary", has_text="보기").click()
    page.get_by_role("button", name="English").click()
    expect(
        page.get_by_role("heading", name="The goals of the programme")
    ).to_be_visible()
    page.locator("summary", has_text="View").click()
    page.get_by_role("button", name="1.3").click()
    expect(page.locator("html")).to_have_attribute("data-text-size", "1.3")
    page.goto("/")
    assert page.evaluate("document.documentElement.dataset.textSize") == "1.3"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_menu_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/")
    page.locator("summary", has_text="보기").click()
    expect(page.get_by_text("글자 크기")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("글자 크기")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_tab_stop_leads_past_the_menu(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="본문으로 건너뛰기")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
