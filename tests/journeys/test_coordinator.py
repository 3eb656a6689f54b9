"""A coordinator's day: from what waits to an answer people read."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.axe import faults
from tests.journeys.leaving import leave
from tests.journeys.server import PATIENCE_MS, Running

DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def desk(lab: Running) -> dict[str, Any]:
    """Reports in the states a desk knows; who works there."""
    return json.loads(lab.build("tests.journeys.desk_people").splitlines()[-1])


def at_desk(browser: Browser, lab: Running, key: str, **facts: Any) -> BrowserContext:
    size = {"viewport": DESK} | facts
    found = browser.new_context(base_url=lab.url, locale="ko-KR", **size)
    found.set_default_timeout(PATIENCE_MS)
    found.add_cookies([{"name": "sessionid", "value": key, "url": lab.url}])
    return found


@pytest.fixture
def office(
    browser: Browser, lab: Running, desk: dict[str, Any]
) -> Iterator[BrowserContext]:
    found = at_desk(browser, lab, desk["coordinator"])
    yield found
    leave(found)


def work_page(page: Page, number: int, query: str = "") -> None:
    page.goto(f"/admin/issues/issue/{number}/change/{query}")


def ours_is_sound(page: Page) -> list[str]:
    """What axe objects to in what is ours; the frame around it is a package's."""
    faults(page)  # brings axe along
    found = page.evaluate("axe.run('.desk', {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:140]}" for one in found["violations"]
    ]


def test_from_todays_work_to_an_answer(
    office: BrowserContext, desk: dict[str, Any]
) -> None:
    page = office.new_page()
    page.goto("/admin/")
    page.get_by_role("link", name="새 제보").first.click()
    hole = desk["issues"]["hole"]
    page.get_by_role("link", name=f"#{hole}", exact=True).click()
    expect(page.get_by_role("heading", name="도로 파임")).to_be_visible()

    page.get_by_role("button", name="사진 모두 공개").click()
    expect(page.get_by_text("공개됨")).to_have_count(2)

    page.get_by_role("link", name="처리 시작").click()
    words = page.get_by_label("받아 보는 사람에게 하는 말")
    expect(words).to_be_focused()
    words.fill("제가 쓴 말이에요.")
    gone = "document.querySelector('button[name=template]').value = '0'"
    page.evaluate(gone)  # as when a colleague removed these words meanwhile
    page.locator("button[name=template]").first.click()
    expect(page.get_by_role("alert")).to_contain_text("이 준비된 말은 이제 없어요")
    expect(words).to_have_value("제가 쓴 말이에요.")
    words.fill("")
    page.get_by_role("button", name="접수 확인").click()
    expect(words).to_have_value(
        "알려 주셔서 고마워요. 담당자가 현장을 확인하고 있어요."
    )
    page.get_by_role("button", name="미리 보기").click()
    expect(page.get_by_text("이렇게 읽혀요")).to_be_visible()
    assert ours_is_sound(page) == []
    page.get_by_role("button", name="보내기", exact=True).click()
    expect(page.locator(".desk__sub")).to_contain_text("처리하고 있음")
    expect(page.locator(".desk-past")).to_contain_text("현장을 확인하고 있어요")


def test_of_two_coordinators_one_wins_and_the_other_loses_no_word(
    office: BrowserContext, browser: Browser, lab: Running, desk: dict[str, Any]
) -> None:
    number = desk["issues"]["twin"]
    second = at_desk(browser, lab, desk["second"])
    slow, fast = office.new_page(), second.new_page()
    for page, words in ((slow, "다음 주에 고칠게요."), (fast, "오늘 고칠게요.")):
        work_page(page, number, "?do=answer&state=planned")
        page.get_by_label("받아 보는 사람에게 하는 말").fill(words)
    fast.get_by_role("button", name="보내기", exact=True).click()
    expect(fast.locator(".desk-past")).to_contain_text("오늘 고칠게요.")

    slow.get_by_role("button", name="보내기", exact=True).click()
    expect(slow.get_by_role("alert")).to_contain_text("이담당")
    words = slow.get_by_label("받아 보는 사람에게 하는 말")
    expect(words).to_have_value("다음 주에 고칠게요.")
    assert ours_is_sound(slow) == []
    slow.get_by_role("link", name="새 소식 알리기").click()
    expect(slow.get_by_role("heading", name="새 소식 알리기")).to_be_visible()
    expect(words).to_have_value("다음 주에 고칠게요.")  # typed words come along
    slow.get_by_role("button", name="보내기", exact=True).click()
    expect(slow.locator(".desk-past")).to_contain_text("다음 주에 고칠게요.")
    expect(slow.locator(".desk-past")).to_contain_text("오늘 고칠게요.")
    leave(second)


def test_the_whole_work_without_script(
    browser: Browser, lab: Running, desk: dict[str, Any]
) -> None:
    plain = at_desk(browser, lab, desk["coordinator"], java_script_enabled=False)
    page = plain.new_page()
    work_page(page, desk["issues"]["light"])
    page.get_by_role("link", name="고쳤어요").click()
    page.get_by_role("button", name="조치 완료").click()
    page.get_by_role("button", name="미리 보기").click()
    expect(page.get_by_text("이렇게 읽혀요")).to_be_visible()
    page.get_by_role("button", name="보내기", exact=True).click()
    expect(page.locator(".desk__sub")).to_contain_text("고쳐짐")
    page.get_by_role("link", name="다시 열기").click()
    page.get_by_role("button", name="보내기", exact=True).click()
    page.get_by_label("받아 보는 사람에게 하는 말").fill("다시 꺼졌어요.")
    page.get_by_role("button", name="보내기", exact=True).click()
    expect(page.locator(".desk__sub")).to_contain_text("다시 열림")
    leave(plain)


def test_an_answer_by_keyboard_alone(
    office: BrowserContext, desk: dict[str, Any]
) -> None:
    page = office.new_page()
    work_page(page, desk["issues"]["drain"])
    tab_to(page, "내부 메모")
    page.keyboard.press("Enter")
    expect(page.get_by_label("동료끼리 보는 메모")).to_be_focused()
    page.keyboard.type("전화함")
    tab_to(page, "메모 남기기")
    page.keyboard.press("Enter")
    expect(page.locator(".desk-past")).to_contain_text("전화함")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what these words are on has the focus."""
    for _press in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.textContent.trim()")
        if here == words:
            return
    raise AssertionError(f"{words} is not reached by the keyboard")


def test_several_reports_at_once_and_a_list_kept(
    office: BrowserContext, desk: dict[str, Any]
) -> None:
    page = office.new_page()
    page.goto("/admin/issues/issue/?queue=suspected")
    page.get_by_label("이 필터를 저장할 이름").fill("광고 먼저")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("link", name="광고 먼저", exact=True)).to_be_visible()
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("hide_several")
    page.locator("#changelist-actions button[type=submit]").click()
    expect(page.get_by_role("heading", name="숨기기")).to_be_visible()
    assert ours_is_sound(page) == []
    page.get_by_label("글쓴이에게 하는 말").fill("광고로 보여서 숨겼어요.")
    page.get_by_role("button", name="숨기기").click()
    expect(page.get_by_text("제보 1건을 처리했어요.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_page_of_a_report_fits_small_screens(
    width: int, browser: Browser, lab: Running, desk: dict[str, Any]
) -> None:
    small = at_desk(
        browser, lab, desk["coordinator"], viewport={"width": width, "height": 780}
    )
    page = small.new_page()
    work_page(page, desk["issues"]["swing"], "?do=extend")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert ours_is_sound(page) == []
    page.emulate_media(color_scheme="dark")
    assert ours_is_sound(page) == []
    leave(small)


def test_a_text_goes_out_of_sight_and_comes_back(
    office: BrowserContext, desk: dict[str, Any]
) -> None:
    page = office.new_page()
    work_page(page, desk["issues"]["swing"])
    page.get_by_role("link", name="글 가리기").click()
    expect(page.locator("#act .desk-quoted")).to_contain_text("앞집 김씨가 그랬대요.")
    page.get_by_label("가리는 까닭").fill("이웃의 이름이 나와요.")
    page.get_by_role("button", name="글 가리기").click()
    past = page.locator(".desk-past")
    expect(past.get_by_text("앞집 김씨가 그랬대요.")).not_to_be_visible()
    expect(past).to_contain_text("이웃의 이름이 나와요.")
    assert ours_is_sound(page) == []
    past.get_by_role("link", name="다시 보이기").click()
    page.locator("#act").get_by_role("button", name="다시 보이기").click()
    expect(past.get_by_text("앞집 김씨가 그랬대요.")).to_be_visible()


def test_keys_lead_through_a_list_unless_they_are_off(
    office: BrowserContext, desk: dict[str, Any]
) -> None:
    page = office.new_page()
    page.goto("/admin/issues/issue/?o=1")
    first = page.locator("#result_list tr.data-row").first
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(first.locator("input.action-select")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(".desk__title")).to_be_visible()
    page.wait_for_load_state()  # keys are heard once their script is there
    here = page.url
    page.keyboard.press("n")
    expect(page).not_to_have_url(here)
    page.wait_for_load_state()
    page.keyboard.press("m")
    note = page.get_by_label("동료끼리 보는 메모")
    expect(note).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.type("nlm")  # letters, while somebody types
    expect(note).to_have_value("nlm")
    page.get_by_text("키보드로 일하기").click()
    assert ours_is_sound(page) == []
    page.get_by_label("이 브라우저에서 단축키 쓰기").uncheck()
    page.get_by_text("키보드로 일하기").focus()
    here = page.url
    page.keyboard.press("l")
    page.wait_for_timeout(300)
    assert page.url == here


def test_the_map_of_a_list_without_script(
    browser: Browser, lab: Running, desk: dict[str, Any]
) -> None:
    plain = at_desk(browser, lab, desk["coordinator"], java_script_enabled=False)
    page = plain.new_page()
    page.goto("/admin/issues/issue/?queue=overdue")
    page.get_by_role("link", name="지도로 보기").click()
    spot = page.locator("svg.desk-sketch a").last
    assert f"/{desk['issues']['swing']}/change/" in (spot.get_attribute("href") or "")
    page.get_by_role("link", name="정왕1동").click()
    expect(page.locator("svg.desk-sketch rect")).to_have_count(1)
    leave(plain)
