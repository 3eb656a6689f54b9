"""A photo says where it was taken, once, and what is stored says nothing any more."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.images.corpus import SECRET, picture
from tests.images.reading import metadata
from tests.journeys.leaving import leave
from tests.journeys.offline import PHONE
from tests.journeys.reporting import add_photos, answer_until, go_on, reports_with, send
from tests.journeys.server import Running

THE_PHOTOS = "사진을 찍은 곳"


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """In Jeongwang 1-dong, as a camera writes it, with words it should not carry."""
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(picture("jpeg with place and comments"))
    assert metadata(path.read_bytes())
    return path


@pytest.fixture
def phone(browser: Browser, lab: Running) -> Iterator[BrowserContext]:
    """It does not say where it is."""
    found = browser.new_context(base_url=lab.url, service_workers="block", **PHONE)
    found.set_default_timeout(15_000)
    yield found
    leave(found)


def stored(lab: Running, words: str) -> dict[str, Any]:
    """The one report, once its photo lies there in both kinds of files."""
    end = time.monotonic() + 60
    while True:
        (one,) = reports_with(lab, words)
        if len(one["files"]) > 3 or time.monotonic() > end:
            return one
        time.sleep(0.5)


def tells_nothing(one: dict[str, Any]) -> None:
    assert {Path(name).suffix for name in one["files"]} == {".webp", ".avif"}
    for name in one["files"]:
        kept = Path(name).read_bytes()
        assert not metadata(kept), name
        assert SECRET not in kept


def test_the_place_step_offers_where_the_photo_was_taken(
    phone: BrowserContext, lab: Running, taken: Path
) -> None:
    page, words = phone.new_page(), "난간이 휘었어요 (사진의 장소)"
    page.goto("/report/")
    add_photos(page, [taken])
    go_on(page)
    page.get_by_role("radio", name=THE_PHOTOS).check()
    expect(page.locator("[data-found]")).to_contain_text("정왕1동")
    go_on(page)
    answer_until(page, "promise", kind="pavement", words=words)
    with page.expect_request(lambda one: one.url.endswith("/api/v1/issues/")) as sent:
        send(page)
    page.wait_for_url("**/report/done/*/")

    body = sent.value.post_data_buffer or b""
    assert SECRET not in body  # it left the phone without them
    one = stored(lab, words)
    assert (one["place_from"], one["place"]) == ("photo", "정왕1동")
    tells_nothing(one)


def test_a_photo_left_out_takes_its_place_along(
    phone: BrowserContext, taken: Path
) -> None:
    page = phone.new_page()
    page.goto("/report/")
    add_photos(page, [taken])
    expect(page.locator("[data-from-photo]")).not_to_have_attribute("hidden", "")
    page.locator("[data-list] [data-remove]").click()
    expect(page.locator("[data-from-photo]")).to_have_attribute("hidden", "")
    go_on(page)
    expect(page.locator("[name=place_from][value=map]")).to_be_visible()
    expect(page.get_by_role("radio", name=THE_PHOTOS)).to_be_hidden()


def test_without_a_script_the_server_reads_it_before_it_goes(
    browser: Browser, lab: Running, taken: Path
) -> None:
    context = browser.new_context(base_url=lab.url, java_script_enabled=False, **PHONE)
    page, words = context.new_page(), "난간이 휘었어요 (스크립트 없이)"
    page.goto("/report/")
    expect(page.get_by_role("radio", name=THE_PHOTOS)).to_be_hidden()
    page.locator("input[name=photos]").set_input_files(taken)
    page.locator('[data-kind="pavement"] input').check()
    page.get_by_label("설명").fill(words)
    page.get_by_role("button", name="먼저 살펴보기").click()

    expect(page.get_by_role("radio", name=THE_PHOTOS)).to_be_checked()
    expect(page.get_by_text("장소는 사진을 찍은 곳이에요: 정왕1동.")).to_be_visible()
    page.get_by_role("button", name="제보 보내기").first.click()
    page.wait_for_url("**/report/done/*/")

    one = stored(lab, words)
    assert (one["place_from"], one["place"]) == ("photo", "정왕1동")
    tells_nothing(one)
    leave(context)


def test_files_leave_the_server_without_a_warning(
    phone: BrowserContext, lab: Running
) -> None:
    """Style sheets, scripts, icons, pages, photos: under the asynchronous server."""
    page = phone.new_page()
    page.goto("/issues/")
    assert page.request.get("/static/" + _a_static_file(page)).ok
    log = lab.log.read_text("utf-8", "replace")
    assert "must consume" not in log
    assert "Warning:" not in log


def _a_static_file(page: Page) -> str:
    found = page.locator("link[rel=stylesheet]").first.get_attribute("href") or ""
    return found.partition("/static/")[2]
