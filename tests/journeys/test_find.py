"""Finding one's way: the search, a guest's neighbourhood, a file that is too large."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.sign_in import use_session

TOO_MUCH = 62 * 1024 * 1024


def test_what_is_typed_is_found_as_one_types_and_the_keys_walk_through_it(
    page: Page,
) -> None:
    page.goto("/")
    page.get_by_role("link", name="찾기").click()
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.press_sequentially("ㅈㅇ1")
    expect(page.get_by_role("status").filter(has_text="결과")).to_be_visible()
    found = page.get_by_role("link", name="정왕1동")
    expect(found).to_be_visible()
    assert "q=" in page.url
    field.press("ArrowDown")
    expect(found).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="정왕1동")).to_be_visible()


def test_the_search_works_without_script(browser: Browser, lab: Running) -> None:
    context = browser.new_context(
        base_url=lab.url, java_script_enabled=False, locale="ko-KR"
    )
    page = context.new_page()
    page.goto("/search/")
    page.get_by_role("searchbox").fill("Chongwang")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("link", name="정왕1동")).to_be_visible()
    leave(context)


def test_a_guest_chooses_a_neighbourhood_and_sees_its_city(page: Page) -> None:
    page.goto("/")
    page.get_by_label("동네", exact=True).select_option(label="정왕1동")
    page.get_by_role("button", name="보기").click()
    expect(page.get_by_role("heading", name="정왕1동")).to_be_visible()
    expect(page.get_by_role("heading", name="시흥시에 약속한 목표")).to_be_visible()
    page.goto("/")
    page.get_by_role("button", name="다른 동네 고르기").click()
    expect(page.get_by_label("동네", exact=True)).to_be_visible()


def test_a_file_that_is_much_too_large_is_refused_in_words(
    browser: Browser, lab: Running, world: dict[str, Any], tmp_path: Path
) -> None:
    large = tmp_path / "everything.csv"
    large.write_bytes(b"1,2\n" * (TOO_MUCH // 4))
    # with script the page itself says so before anything is sent
    context = browser.new_context(
        base_url=lab.url, java_script_enabled=False, locale="ko-KR"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    use_session(page, lab, world["sessions"]["resident"])
    page.goto(f"/energy/homes/{world['homes']['files']}/add/file/")
    page.locator("input[type=file]").set_input_files(large)
    page.get_by_role("button", name="먼저 살펴보기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("파일이 너무 커요")
    leave(context)
