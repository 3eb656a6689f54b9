"""A first day: sign up by code, add the home, give a file, see the figures."""

import csv
import io
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.sign_in import sign_in, sign_up
from tests.journeys.waiting import until


def usage_file(folder: Path, days: int = 500) -> Path:
    """Hourly use up to yesterday, as a flat's office would hand it out."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["날짜", "시간", "사용량(kWh)"])
    today = datetime.now(ZoneInfo("Asia/Seoul")).date()  # the lab's, wherever this runs
    first = today - timedelta(days=days)
    for n in range(days):
        day = first + timedelta(days=n)
        for hour in range(1, 25):
            rows.writerow(
                [day.isoformat(), f"{hour:02d}:00", f"{0.2 + hour / 100:.2f}"]
            )
    path = folder / "우리집_사용량.csv"
    path.write_bytes(text.getvalue().encode("cp949"))
    return path


def add_home(page: Page) -> None:
    page.goto("/energy/")
    page.get_by_role("link", name="우리 집 등록하기").click()
    page.get_by_label("동네").select_option(label="정왕본동")
    page.get_by_text("우리 집 에너지 데이터로 절감량을 계산하는 데 동의해요").click()
    page.get_by_role("button", name="우리 집 등록하기").click()


def give_file(page: Page, path: Path) -> None:
    page.get_by_role("link", name="파일 한전").click()
    page.get_by_label("파일").set_input_files(path)
    page.get_by_role("button", name="먼저 살펴보기").click()
    expect(page.get_by_text("이렇게 읽었어요")).to_be_visible()
    expect(page.get_by_text("cp949")).to_be_visible()
    page.get_by_role("button", name="네, 넣을게요").click()


def test_from_an_address_to_the_first_figures(
    page: Page, lab: Running, world: dict, tmp_path: Path
) -> None:
    sign_up(page, lab, "first.day@example.org")
    add_home(page)
    give_file(page, usage_file(tmp_path))
    told = page.locator(".ll-alert__title", has_text="파일을 넣었어요")
    expect(told).to_be_visible()  # a screen reader is told too, in words of the frame
    page.get_by_role("link", name="에너지 보기").click()
    expect(page.get_by_text("하루하루")).to_be_visible(timeout=60_000)
    # The fragment may be drawn again at any moment: no handle of it is kept.
    page.evaluate("document.querySelector('[data-frame]').scrollIntoView()")
    expect(page.locator("[data-frame] canvas")).to_be_visible()


def test_who_comes_back_signs_in_with_a_new_code(page: Page, lab: Running) -> None:
    sign_up(page, lab, "back@example.org")
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="로그아웃").click()
    page.wait_for_url(lambda address: "/logout/" not in address)
    sign_in(page, lab, "back@example.org")
    page.goto("/me/")
    expect(page.get_by_text("back@example.org").first).to_be_visible()


@pytest.fixture
def bare(browser: Browser, lab: Running):
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


def test_everything_works_without_script(
    bare: Page, lab: Running, world: dict, tmp_path: Path
) -> None:
    sign_up(bare, lab, "no.script@example.org")
    add_home(bare)
    give_file(bare, usage_file(tmp_path, days=40))
    load_again_until_told(bare)
    bare.goto("/energy/")
    bare.get_by_text("같은 숫자를 표로 보기").click()
    expect(bare.get_by_role("columnheader", name="쓴 양 (kWh)")).to_be_visible()


def load_again_until_told(page: Page) -> None:
    """By the page's own link: without script nothing comes by itself."""
    told = page.get_by_text("파일을 넣었어요")
    again = page.get_by_role("link", name="다시 불러오기")
    expect(told.or_(again).first).to_be_visible()
    until(page, lambda: told.count() or again.click(), every_ms=500)
