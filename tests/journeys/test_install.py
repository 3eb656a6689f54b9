"""On the first screen of a phone: installed, renewed, shared with, signed out of."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    expect,
)

from tests.journeys.leaving import leave
from tests.journeys.lossy import Network
from tests.journeys.offline import (
    PHONE,
    cached,
    enter,
    keep_home,
    phone,
    settle,
    sign_in_as,
    stored,
    wait_until_kept,
    wire,
)
from tests.journeys.server import FLAGS, Running, chromium

__all__ = ["phone", "wire"]
SHARE = """(file) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/share/";
  form.enctype = "multipart/form-data";
  const input = document.createElement("input");
  input.type = "file";
  input.name = "files";
  const bag = new DataTransfer();
  bag.items.add(new File([file.text], file.name, { type: file.type }));
  input.files = bag.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""
FILE = {
    "name": "2026-03.csv",
    "type": "text/csv",
    "text": "날짜,시간,사용량(kWh)\n"
    + "".join(
        f"2026-03-{day:02d},{hour:02d}:00,0.25\n"
        for day in range(1, 4)
        for hour in range(1, 25)
    ),
}
PHOTO = {"name": "meter.svg", "type": "image/svg+xml", "text": "<svg/>"}
VIDEO = {"name": "walk.mp4", "type": "video/mp4", "text": "x"}


@pytest.fixture
def installed(browser: Browser, wire: Network, tmp_path: Path) -> Iterator[Page]:
    """A browser with a profile: a private window is never installable."""
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path),
        executable_path=chromium(),
        args=FLAGS,
        base_url=wire.url,
        **PHONE,
    )
    yield context.new_page()
    leave(context)


def test_the_app_can_be_installed(installed: Page) -> None:
    settle(installed, "/")
    cdp = installed.context.new_cdp_session(installed)
    manifest = cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert cdp.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    said = json.loads(manifest["data"])
    assert said["lang"] == "ko"
    for icon in [*said["icons"], *(one["icons"][0] for one in said["shortcuts"])]:
        assert installed.request.get(icon["src"]).status == 200
    for shortcut in said["shortcuts"]:
        assert installed.request.get(shortcut["url"]).ok


def test_a_new_version_waits_and_loses_nothing(
    phone: BrowserContext, lab: Running
) -> None:
    page = phone.new_page()
    settle(page, "/accounts/login/")
    page.get_by_label("이메일").fill("half@written")
    worker = lab.folder / "dist" / "sw.js"
    before = worker.read_text()
    worker.write_text(before + "\n// another version\n")
    try:
        page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
        expect(page.get_by_text("새 버전이 있어요")).to_be_visible()
        expect(page.get_by_label("이메일")).to_have_value("half@written")
        with page.expect_navigation():
            page.get_by_role("button", name="지금 바꾸기").click()
        expect(page.get_by_label("이메일")).to_have_value("half@written")
        expect(page.get_by_text("새 버전이 있어요")).to_be_hidden()
    finally:
        worker.write_text(before)


@pytest.fixture
def resident(phone: BrowserContext, wire: Network, lab: Running) -> Page:
    """The resident's phone, in a session of its own: these journeys end it."""
    key = lab.build("tests.journeys.another_session", "bora@example.org").split()[-1]
    sign_in_as(phone, wire, key)
    return phone.new_page()


def test_signing_out_asks_and_then_leaves_nothing(
    resident: Page, phone: BrowserContext, world: dict[str, Any]
) -> None:
    keep_home(resident, world["homes"]["saving"])
    resident.goto("/goals/")
    wait_until_kept(resident, "/goals/")
    phone.set_offline(True)
    resident.goto("/offline/reading/")
    enter(resident, "321.0")
    expect(resident.get_by_text("여기에 저장했어요")).to_be_visible()
    phone.set_offline(False)
    phone.route("**/api/v1/**", lambda route: route.abort())
    resident.goto("/accounts/logout/")
    expect(resident.get_by_text("아직 보내지 않은 기록: 1")).to_be_visible()
    resident.get_by_role("button", name="로그아웃").click()
    expect(resident).not_to_have_url("/accounts/logout/")
    resident.goto("/offline/")
    left = stored(resident)
    assert not any(left[name] for name in ("entries", "files", "homes", "receipts"))
    assert "/goals/" not in cached(resident).get("pages", {})


def test_another_person_neither_sees_nor_sends_what_waits(
    resident: Page, phone: BrowserContext, wire: Network, world: dict[str, Any]
) -> None:
    keep_home(resident, world["homes"]["saving"])
    phone.set_offline(True)
    resident.goto("/offline/reading/")
    enter(resident, "654.0")
    expect(resident.get_by_text("여기에 저장했어요")).to_be_visible()
    sign_in_as(phone, wire, world["sessions"]["newcomer"])  # the session had ended
    phone.set_offline(False)
    resident.goto("/me/")
    resident.goto("/outbox/")
    expect(resident.get_by_text("쓴 사람이 로그인하면 보낼 기록: 1")).to_be_visible()
    expect(resident.get_by_text("654")).to_have_count(0)
    left = stored(resident)
    assert [one["state"] for one in left["entries"]] == ["saved"]
    assert left["homes"] == []
    assert not [path for path in wire.posts if "/readings/" in path]


def test_a_shared_file_lands_at_its_preview(
    phone: BrowserContext, wire: Network, world: dict[str, Any]
) -> None:
    sign_in_as(phone, wire, world["sessions"]["resident"])
    page = phone.new_page()
    settle(page, "/about/")
    page.evaluate(SHARE, FILE)
    expect(page.get_by_text("어느 집의 파일인가요?")).to_be_visible()
    page.get_by_role("button", name="빈 집").click()
    expect(page.get_by_text("이렇게 읽었어요")).to_be_visible()
    assert stored(page)["shared"] == []


def test_what_was_shared_without_a_network_or_a_person_waits(
    phone: BrowserContext,
) -> None:
    page = phone.new_page()
    settle(page, "/about/")
    phone.set_offline(True)
    page.evaluate(SHARE, FILE)
    expect(page.get_by_text("이 휴대폰에 두었으니")).to_be_visible()
    phone.set_offline(False)
    page.get_by_role("button", name="다시 시도하기").click()
    expect(page.get_by_text("로그인할 때까지 이 휴대폰에 둘게요")).to_be_visible()
    assert [one["name"] for one in stored(page)["shared"]] == ["2026-03.csv"]


def test_a_photo_is_read_off_on_the_phone_and_a_video_is_refused(
    phone: BrowserContext, wire: Network, world: dict[str, Any]
) -> None:
    sign_in_as(phone, wire, world["sessions"]["resident"])
    page = phone.new_page()
    keep_home(page, world["homes"]["saving"])
    page.evaluate(SHARE, PHOTO)
    page.get_by_role("button", name="검침 입력").click()
    expect(page.get_by_role("img", name="찍어 둔 계량기 사진")).to_be_visible()
    page.goto("/about/")
    page.evaluate(SHARE, VIDEO)
    expect(page.get_by_text("여기에 공유할 수 없어요")).to_be_visible()
    page.get_by_role("button", name="버리기").first.click()
    assert not [path for path in wire.posts if "svg" in path]


def test_without_script_the_pages_say_what_they_need(
    browser: Browser, lab: Running
) -> None:
    context = browser.new_context(base_url=lab.url, java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto("/outbox/")
    expect(page.get_by_text("스크립트를 끄면")).to_be_visible()
    page.goto("/offline/reading/")
    expect(page.get_by_text("스크립트를 끄면")).to_be_visible()
    expect(page.get_by_role("button", name="저장")).to_be_hidden()
    page.goto("/share/")
    expect(page.get_by_role("link", name="파일 고르기")).to_be_visible()
    page.goto("/offline/")
    expect(page.get_by_role("button", name="다시 시도하기")).to_be_visible()
    leave(context)
