"""제보 as people do it: by thumb, keyboard and ear, in large text, without script."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.axe import faults_in_all_looks
from tests.journeys.leaving import leave
from tests.journeys.offline import PHONE
from tests.journeys.reporting import (
    JEONGWANG,
    add_photos,
    answer_until,
    go_on,
    reports_with,
    send,
    step_of,
    two_photos,
    write_report,
)
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.sign_in import sign_up
from tests.journeys.waiting import alone

MOST_TAPS, MOST_SECONDS = 8, 60
# What a person needs beside the machine: to look and aim, and to type on glass.
A_TAP_S, A_LETTER_S = 3.0, 0.4
SMALL = {"width": 320, "height": 640}


@pytest.fixture
def here(browser: Browser, lab: Running) -> Iterator[BrowserContext]:
    """A phone in Jeongwang that may say where it is."""
    found = browser.new_context(
        base_url=lab.url,
        permissions=["geolocation"],
        geolocation=JEONGWANG,
        service_workers="block",
        **PHONE,
    )
    found.set_default_timeout(PATIENCE_MS)
    yield found
    leave(found)


@pytest.fixture
def guest(here: BrowserContext) -> Page:
    page = here.new_page()
    page.on("pageerror", _raise)
    return page


def _raise(error: Exception) -> None:
    raise AssertionError(f"a script failed: {error}")


def is_done(page: Page) -> None:
    page.wait_for_url("**/report/done/*/")
    expect(page.get_by_role("heading", name="제보가 도착했어요")).to_be_visible()


class Thumb:
    """Taps, and counts them."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.click()
        self.taps += 1


def test_a_report_takes_a_minute_and_eight_taps(
    guest: Page, lab: Running, tmp_path: Path
) -> None:
    words, thumb = "횡단보도 앞이 파였어요", Thumb()
    guest.goto("/")
    began = time.monotonic()
    thumb.tap(guest.get_by_role("link", name="제보", exact=True))
    thumb.taps += 1  # the camera's own button; its picture is then there
    add_photos(guest, two_photos(tmp_path)[:1])
    thumb.tap(guest.locator("[data-now] [data-next]"))
    expect(guest.locator("[data-found]")).to_contain_text("정왕1동")
    thumb.tap(guest.locator("[data-now] [data-next]"))
    thumb.tap(guest.locator('[data-kind="pavement"]'))
    expect(guest.locator('fieldset[data-step="words"][data-now]')).to_be_visible()
    guest.keyboard.press("Tab")
    guest.locator("textarea[name=words]").fill(words)
    thumb.tap(guest.locator("[data-now] [data-next]"))
    expect(guest.locator("[data-promise]")).to_contain_text("도로과")
    thumb.tap(guest.locator("[data-now] [data-send]"))
    is_done(guest)
    took = alone(time.monotonic() - began)

    assert thumb.taps <= MOST_TAPS
    assert took + thumb.taps * A_TAP_S + len(words) * A_LETTER_S <= MOST_SECONDS
    assert [one["photos"] for one in reports_with(lab, words)] == [1]


def test_without_a_script_nothing_is_lost_between_look_and_sending(
    browser: Browser, lab: Running, tmp_path: Path
) -> None:
    context = browser.new_context(base_url=lab.url, java_script_enabled=False, **PHONE)
    page, words = context.new_page(), "그네 줄이 끊어졌어요 (스크립트 없이)"
    page.goto("/report/")
    page.locator("input[name=photos]").set_input_files(two_photos(tmp_path))
    page.locator("input[name=alts]").first.fill("끊어진 그네")
    page.get_by_label("동네", exact=True).select_option(label="정왕1동")
    page.get_by_label("어디 근처인가요?").fill("정왕 어린이공원")
    page.locator('[data-kind="park"] input').check()
    page.get_by_label("설명").fill(words)
    page.get_by_role("button", name="먼저 살펴보기").click()

    expect(page.get_by_role("link", name="지금 다칠 수 있나요?")).to_be_visible()
    page.get_by_role("radio", name="예", exact=True).check()
    page.get_by_role("button", name="먼저 살펴보기").click()
    expect(page.get_by_text("다 적었어요")).to_be_visible()
    expect(page.get_by_label("설명")).to_have_value(words)
    page.get_by_role("button", name="제보 보내기").first.click()

    is_done(page)
    (one,) = reports_with(lab, words)
    assert (one["photos"], one["kind"], one["place"]) == (2, "park", "정왕1동")
    leave(context)


def press_until(page: Page, target: Locator, key: str = "Tab", most: int = 80) -> None:
    """Go on with one key until the focus stands there."""
    for _press in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard never came to {target}")


def enter(page: Page, target: Locator, key: str = "Enter") -> None:
    press_until(page, target)
    page.keyboard.press(key)


def test_the_keyboard_alone_reports(guest: Page, lab: Running) -> None:
    words = "가로등이 밤새 깜빡여요 (자판)"
    guest.goto("/report/")
    enter(guest, guest.locator("[data-now] [data-next]"))
    expect(guest.locator('fieldset[data-step="place"] h2').first).to_be_focused()
    expect(guest.locator("[data-found]")).to_contain_text("정왕1동")
    enter(guest, guest.locator("[data-now] [data-next]"))
    expect(guest.locator('fieldset[data-step="what"] h2').first).to_be_focused()
    press_until(guest, guest.locator("[data-search]"))
    guest.keyboard.type("가로등")
    expect(guest.locator("[data-hits]")).to_contain_text("맞아요")
    enter(guest, guest.locator('[data-kind="street_light"] input'), "Space")
    assert step_of(guest) == "what"  # looking around with keys chooses nothing yet
    enter(guest, guest.locator("[data-now] [data-next]"))
    expect(guest.locator('fieldset[data-step="questions"] h2').first).to_be_focused()
    enter(guest, guest.locator("[data-now] [data-next]"))
    if step_of(guest) == "known":
        enter(guest, guest.locator("[data-now] [data-next]"))
    press_until(guest, guest.locator("textarea[name=words]"))
    guest.keyboard.type(words)
    enter(guest, guest.locator("[data-now] [data-next]"))
    expect(guest.locator("[data-promise]")).to_contain_text("도로과")
    enter(guest, guest.locator("[data-now] [data-send]"))
    is_done(guest)
    assert len(reports_with(lab, words)) == 1


def test_a_screen_reader_hears_every_question_and_every_control(guest: Page) -> None:
    guest.goto("/report/")
    questions = {
        "photos": "사진이 있나요?",
        "place": "어디인가요?",
        "what": "무엇에 관한 일인가요?",
        "words": "어떤 점이 불편한가요?",
        "promise": "누가 언제까지 처리하나요",
    }
    for name, question in questions.items():
        answer_until(guest, name, kind="noise", words="소리가 커요")
        expect(guest.get_by_role("group", name=question)).to_be_visible()
        snapshot = guest.locator("[data-now]").aria_snapshot()
        nameless = [
            line
            for line in snapshot.splitlines()
            if line.strip("- ").rstrip(":")
            in {"button", "textbox", "radio", "checkbox", "link", "combobox", "img"}
        ]
        assert not nameless, (name, nameless)
    expect(guest.locator("#report-form [data-count]")).to_contain_text("단계")


@pytest.mark.parametrize("width", [320, 360])
def test_large_text_on_a_small_phone_scrolls_only_down_and_has_no_fault(
    browser: Browser, lab: Running, width: int
) -> None:
    facts: dict[str, Any] = PHONE | {"viewport": {"width": width, "height": 640}}
    context = browser.new_context(
        base_url=lab.url, permissions=["geolocation"], geolocation=JEONGWANG,
        service_workers="block", **facts,
    )  # fmt: skip
    context.add_cookies([{"name": "text-size", "value": "1.5", "url": lab.url}])
    page = context.new_page()
    page.goto("/report/")
    found: dict[str, Any] = {}
    for name in ("photos", "place", "what", "questions", "words", "promise"):
        answer_until(page, name, kind="street_light", words="어두워요")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found[name, "sideways"] = wide
        if width == 320 and (wrong := faults_in_all_looks(page)):
            found[name, "axe"] = wrong
        page.evaluate("document.documentElement.dataset.textSize = '1.5'")
    leave(context)
    assert not found


def test_back_and_forth_keeps_everything(guest: Page, tmp_path: Path) -> None:
    write_report(guest, two_photos(tmp_path), "앞뒤로 다녀도 남아요", "pavement")
    steps = []
    while step_of(guest) != "photos":
        steps.append(step_of(guest))
        guest.go_back()
        expect(
            guest.locator(f'fieldset[data-step="{steps[-1]}"][data-now]')
        ).to_have_count(0)
    assert steps[0] == "promise"
    expect(guest.locator("[data-list] li")).to_have_count(2)
    answer_until(guest, "words", kind="pavement", words="")
    expect(guest.locator("textarea[name=words]")).to_have_value("앞뒤로 다녀도 남아요")


def test_a_kind_that_is_taken_elsewhere_says_whom_to_call(guest: Page) -> None:
    guest.goto("/report/")
    answer_until(guest, "what", kind="", words="")
    guest.locator('[data-kind="parking"]:visible').first.click()
    expect(guest.get_by_role("link", name="110에 전화하기")).to_be_visible()
    guest.locator("[data-now] [data-next]").click()
    assert step_of(guest) == "what"


def test_nothing_chosen_is_said_where_it_is_missing(here: BrowserContext) -> None:
    here.clear_permissions()
    page = here.new_page()
    page.goto("/report/")
    go_on(page)
    page.locator("[data-now] [data-next]").click()
    expect(page.get_by_role("alert").filter(has_text="위치를 알려")).to_be_visible()
    page.get_by_label("동네 이름으로 고르기").check()
    page.get_by_label("동네", exact=True).select_option(label="정왕1동")
    page.get_by_label("어디 근처인가요?").fill("정왕역 앞")
    go_on(page)
    assert step_of(page) == "what"


def test_near_a_border_the_phone_asks_which_neighbourhood(
    here: BrowserContext, lab: Running
) -> None:
    said = lab.build("tests.journeys.border").split()
    here.set_geolocation({"longitude": float(said[0]), "latitude": float(said[1])})
    page = here.new_page()
    page.goto("/report/")
    go_on(page)
    asked = page.get_by_role("group", name="어느 동네인가요?")
    expect(asked.get_by_role("radio")).to_have_count(2)
    other = asked.get_by_role("radio").nth(1).get_attribute("value")
    asked.locator("label").nth(1).click()
    answer_until(page, "promise", kind="noise", words="경계에서 소리가 커요")
    name = page.locator(f'option[value="{other}"]').first.text_content() or "?"
    expect(page.locator("[data-promise]")).to_contain_text(name)
    send(page)
    is_done(page)
    assert reports_with(lab, "경계에서 소리가 커요")[0]["place"] == name


def test_what_a_guest_sent_is_theirs_once_they_sign_up(
    guest: Page, lab: Running
) -> None:
    words = "가입 전에 보낸 제보예요"
    guest.goto("/report/")
    answer_until(guest, "promise", kind="noise", words=words)
    send(guest)
    is_done(guest)
    address = guest.url
    sign_up(guest, lab, "reported.first@example.org")
    guest.goto("/issues/mine/")
    expect(guest.get_by_text(words)).to_be_visible()
    guest.goto(address)
    expect(guest.get_by_role("heading", name="처리 소식을 받아 보세요")).to_be_hidden()


def test_a_known_one_needs_one_tap_and_counts_after_the_sign_in(
    guest: Page, browser: Browser, lab: Running
) -> None:
    words = "정류장 의자가 부서졌어요"
    guest.goto("/report/")
    answer_until(guest, "promise", kind="bus_stop", words=words)
    send(guest)
    is_done(guest)

    other = browser.new_context(
        base_url=lab.url, permissions=["geolocation"], geolocation=JEONGWANG, **PHONE
    )
    page = other.new_page()
    page.goto("/report/")
    answer_until(page, "known", kind="bus_stop", words="")
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("button", name="나도 겪었어요").first.click()
    expect(page.get_by_role("heading", name="한 단계 남았어요")).to_be_visible()
    sign_up(page, lab, "met.it.too@example.org")
    (one,) = reports_with(lab, words)
    assert one["supporters"] == 1
    leave(other)
