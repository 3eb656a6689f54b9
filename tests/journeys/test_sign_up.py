"""Signing up as a resident does, with the clock running and the taps counted."""

import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import faults_in_all_looks
from tests.journeys.leaving import leave
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.sign_in import agree, sign_up
from tests.journeys.waiting import alone

# A person reads and types: counted as this long each, on top of what the pages take.
READS_A_PAGE_S, TYPES_S, TAP_S = 5.0, 6.0, 1.0


class Thumb:
    """Counts what a person does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.typed = self.pages = 0
        self.beside_s = 0.0  # spent by axe, not by anybody who signs up

    def tap(self, where) -> None:  # noqa: ANN001
        where.click()
        self.taps += 1

    def type(self, where, words: str) -> None:  # noqa: ANN001
        where.fill(words)
        self.typed += 1

    def reads(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading)).to_be_visible()
        self.pages += 1
        begun = time.monotonic()
        assert faults_in_all_looks(self.page) == [], heading
        self.beside_s += time.monotonic() - begun


def test_within_a_minute_and_a_dozen_taps(page: Page, lab: Running) -> None:
    email, thumb = "minute@example.org", Thumb(page)
    page.goto("/")
    begun = time.monotonic()
    page.goto("/accounts/signup/")
    thumb.reads("가입")
    thumb.type(page.get_by_label("이메일"), email)
    thumb.tap(page.get_by_role("button", name="코드 받기"))
    thumb.reads("코드 입력")
    thumb.type(page.locator("input[name=code]"), lab.code_mailed_to(email))
    thumb.tap(page.get_by_role("button", name="계속"))
    thumb.reads("어느 동네에 사세요?")
    thumb.type(page.get_by_label("동 이름"), "정왕본")
    thumb.tap(page.get_by_role("button", name="찾기"))
    thumb.tap(page.get_by_role("button", name="정왕본동"))
    thumb.reads("무엇에 동의하나요")
    thumb.tap(page.get_by_label("만 14세 이상이에요"))
    thumb.tap(page.get_by_label("앱 이용"))
    thumb.tap(page.get_by_label("계정을 위해"))
    thumb.tap(page.get_by_role("button", name="시작하기"))
    expect(page).to_have_url(f"{lab.url}/")
    machine = alone(time.monotonic() - begun - thumb.beside_s)
    person = READS_A_PAGE_S * thumb.pages + TYPES_S * thumb.typed + TAP_S * thumb.taps
    print(
        f"\nsign-up: {thumb.pages} pages, {thumb.taps} taps, {thumb.typed} fields; "
        f"{machine:.1f} s of the machine, "
        f"{person:.0f} s allowed for reading, typing and tapping"
    )
    assert thumb.taps <= 12
    assert person + machine < 60
    page.goto("/me/")
    expect(page.get_by_text(email).first).to_be_visible()


def test_back_keeps_everything(page: Page, lab: Running) -> None:
    email = "back.and.forth@example.org"
    page.goto("/accounts/signup/")
    page.get_by_label("이메일").fill(email)
    page.get_by_role("button", name="코드 받기").click()
    page.locator("input[name=code]").fill(lab.code_mailed_to(email))
    page.get_by_role("button", name="계속").click()
    page.get_by_label("동 이름").fill("정왕본")
    page.get_by_role("button", name="찾기").click()
    page.get_by_role("button", name="정왕본동").click()
    page.get_by_label("아직 만 14세가 아니에요").check()
    page.get_by_label("앱 이용").check()
    page.get_by_label("계정을 위해").check()
    page.get_by_role("button", name="시작하기").click()
    expect(page.get_by_role("heading", name="보호자에게 여쭤 볼게요")).to_be_visible()
    assert faults_in_all_looks(page) == []
    page.locator("a.ll-back").click()
    expect(page.get_by_label("앱 이용")).to_be_checked()
    expect(page.get_by_label("아직 만 14세가 아니에요")).to_be_checked()
    page.locator("a.ll-back").click()
    expect(page.get_by_role("button", name="정왕본동")).to_be_visible()


@pytest.fixture
def bare(browser: Browser, lab: Running):  # noqa: ANN201
    """A phone on which no script runs."""
    context = browser.new_context(
        base_url=lab.url,
        viewport={"width": 360, "height": 780},
        java_script_enabled=False,
        locale="ko-KR",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    leave(context)


def test_all_of_it_without_script(bare: Page, lab: Running) -> None:
    sign_up(bare, lab, "without.script@example.org")
    bare.goto("/me/")
    expect(bare.get_by_text("without.script@example.org").first).to_be_visible()
    bare.goto("/accounts/logout/")
    expect(bare.get_by_role("button", name="로그아웃")).to_be_visible()


def test_a_child_looks_around_until_the_guardian_agrees(
    bare: Page, lab: Running
) -> None:
    child, guardian = "child@example.org", "guardian@example.org"
    bare.goto("/accounts/signup/")
    bare.get_by_label("이메일").fill(child)
    bare.get_by_role("button", name="코드 받기").click()
    bare.locator("input[name=code]").fill(lab.code_mailed_to(child))
    bare.get_by_role("button", name="계속").click()
    agree(bare, age="아직 만 14세가 아니에요")
    bare.get_by_label("보호자 이메일").fill(guardian)
    bare.get_by_role("button", name="편지 보내기").click()
    expect(bare).to_have_url(f"{lab.url}/")
    bare.goto("/me/guardian/")
    expect(bare.get_by_text(guardian)).to_be_visible()
    bare.goto(lab.link_mailed_to(guardian, "/me/guardian/"))
    expect(bare.get_by_role("heading", name="아이가 동의를 부탁해요")).to_be_visible()
    bare.get_by_role("button", name="보호자이고 동의해요").click()
    expect(bare.get_by_text("이제 아이가")).to_be_visible()
    bare.goto("/me/guardian/")
    expect(bare).to_have_url(f"{lab.url}/me/")
