"""A report without a network: it arrives once, with both photos, whatever happens."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.lossy import Network
from tests.journeys.offline import PHONE, settle, sign_in_as, stored, wire
from tests.journeys.reporting import (
    JEONGWANG,
    SENT_TO,
    add_photos,
    answer_until,
    reports_with,
    send,
    step_of,
    two_photos,
    write_report,
)
from tests.journeys.server import PATIENCE_MS, PATIENCE_S, Running, serving
from tests.journeys.waiting import until

__all__ = ["wire"]


@pytest.fixture(scope="module")
def lab() -> Iterator[Running]:
    """A city of its own: reports of other journeys nearby would be asked about."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def world(lab: Running) -> dict[str, Any]:
    return json.loads(lab.build("tests.journeys.cast").splitlines()[-1])


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    return two_photos(tmp_path)


@pytest.fixture
def phone(browser: Browser, wire: Network) -> Any:
    """A phone that may say where it is."""
    found = browser.new_context(
        base_url=wire.url, permissions=["geolocation"], geolocation=JEONGWANG, **PHONE
    )
    found.set_default_timeout(PATIENCE_MS)
    yield found
    leave(found)


@pytest.fixture
def guest(phone: BrowserContext) -> Page:
    """Somebody without an account, who was here once."""
    page = phone.new_page()
    settle(page, "/")
    return page


def is_done(page: Page) -> None:
    page.wait_for_url("**/report/done/*/", timeout=PATIENCE_MS)


def is_sent(page: Page) -> None:
    expect(page.get_by_text("보냈어요")).to_be_visible()


def is_kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_be_visible()


def arrived_once(lab: Running, words: str) -> dict[str, Any]:
    found = reports_with(lab, words)
    assert [one["photos"] for one in found] == [2]
    assert found[0]["alts"] == ["움푹 파인 길", ""]
    return found[0]


def test_a_report_without_a_network_arrives_once_it_is_back(
    guest: Page, phone: BrowserContext, lab: Running, photos: list[Path]
) -> None:
    words = "길이 움푹 파였어요 (오프라인)"
    phone.set_offline(True)
    write_report(guest, photos, words)
    send(guest)
    is_kept(guest)
    guest.goto("/outbox/")
    expect(guest.get_by_text("제보: 도로 파임")).to_be_visible()
    assert reports_with(lab, words) == []
    phone.set_offline(False)
    is_sent(guest)
    one = arrived_once(lab, words)
    assert (one["kind"], one["place"]) == ("pothole", "정왕1동")
    left = stored(guest)
    assert (left["entries"], left["files"]) == ([], [])


def test_a_tab_killed_while_writing_loses_nothing(
    guest: Page, phone: BrowserContext, lab: Running, photos: list[Path]
) -> None:
    words = "보도블록 세 장이 깨졌어요"
    phone.set_offline(True)
    guest.goto("/report/")
    add_photos(guest, photos)
    guest.locator("[data-list] input[name=alts]").first.fill("움푹 파인 길")
    answer_until(guest, "words", kind="pavement", words=words)
    guest.locator("textarea[name=words]").fill(words)
    wait_for_draft(guest, words)
    guest.close()
    again = phone.new_page()
    again.goto("/report/")
    expect(again.get_by_text("전에 쓰던 제보예요")).to_be_visible()
    expect(again.locator("textarea[name=words]")).to_have_value(words)
    assert step_of(again) == "words"
    answer_until(again, "promise", kind="pavement", words=words)
    phone.set_offline(False)
    send(again)
    is_done(again)
    arrived_once(lab, words)


def wait_for_draft(page: Page, words: str) -> None:
    """Half a second after the last key everything stands on the phone."""
    until(
        page,
        lambda: any(words in str(one.get("form")) for one in stored(page)["entries"]),
    )


def test_a_tab_killed_while_sending_loses_and_doubles_nothing(
    guest: Page,
    phone: BrowserContext,
    wire: Network,
    lab: Running,
    photos: list[Path],
) -> None:
    words = "빗물받이가 낙엽으로 막혔어요"
    write_report(guest, photos, words, kind="drain")
    wire.hold_answer(SENT_TO)
    send(guest)
    assert wire.arrived.wait(PATIENCE_S)
    guest.close()
    wire.go_on.set()
    again = phone.new_page()
    again.goto("/outbox/")
    is_sent(again)
    arrived_once(lab, words)


def test_a_lost_answer_and_a_failing_server_make_no_second_report(
    guest: Page, wire: Network, lab: Running, photos: list[Path]
) -> None:
    words = "표지판 글자가 지워졌어요"
    write_report(guest, photos, words, kind="sign")
    wire.lose_answer(SENT_TO)  # the first time
    wire.fail(SENT_TO)  # and the second
    send(guest)
    is_kept(guest)
    guest.goto("/outbox/")
    press_until_sent(guest)
    arrived_once(lab, words)
    assert wire.posts.count(SENT_TO) >= 3


def press_until_sent(page: Page) -> None:
    """It would go by itself a little later; who does not want to wait presses."""
    sent, again = page.get_by_text("보냈어요"), page.locator("[data-send-all]")

    def is_there() -> bool:
        if sent.is_visible():
            return True
        if again.is_visible():
            again.click()
        return False

    until(page, is_there, every_ms=500)


def test_an_expired_session_keeps_the_report_for_its_person(
    phone: BrowserContext,
    wire: Network,
    lab: Running,
    world: dict[str, Any],
    photos: list[Path],
) -> None:
    words = "정류장 의자가 부서졌어요"
    sign_in_as(phone, wire, world["sessions"]["resident"])
    page = phone.new_page()
    settle(page, "/")
    write_report(page, photos, words, kind="bus_stop")
    phone.clear_cookies(name="sessionid")
    send(page)
    expect(page.get_by_text("로그인이 풀렸어요")).to_be_visible()
    assert reports_with(lab, words) == []
    sign_in_as(phone, wire, world["sessions"]["resident"])
    page.goto("/outbox/")
    is_sent(page)
    assert arrived_once(lab, words)["reporter"] == "보라"


def report_elsewhere(browser: Browser, wire: Network, words: str, kind: str) -> None:
    """Somebody else stands at the same place and has a network."""
    other = browser.new_context(base_url=wire.url)
    said = other.request.get("/outbox/who/").json()
    sent = other.request.post(
        SENT_TO,
        headers={"X-CSRFToken": said["csrf"], "Referer": wire.url},
        multipart={
            "category": kind,
            "lon": str(JEONGWANG["longitude"]),
            "lat": str(JEONGWANG["latitude"]),
            "place_from": "map",
            "words": words,
        },
    )
    assert sent.status == 201, sent.text()
    leave(other)


@pytest.fixture
def meanwhile(
    phone: BrowserContext,
    browser: Browser,
    wire: Network,
    world: dict[str, Any],
    photos: list[Path],
) -> Any:
    """Writes offline; meanwhile somebody else reports it; then the network is back."""

    def write(kind: str, first: str, words: str) -> Page:
        sign_in_as(phone, wire, world["sessions"]["resident"])
        page = phone.new_page()
        settle(page, "/")
        phone.set_offline(True)
        write_report(page, photos, words, kind=kind)
        send(page)
        is_kept(page)
        report_elsewhere(browser, wire, first, kind)
        phone.set_offline(False)
        page.goto("/outbox/")
        asks = page.get_by_text("답이 필요해요")
        expect(asks).to_be_visible()
        page.get_by_role("link", name="답하기").click()
        asked = page.get_by_role("region", name="이 가운데 있나요?")
        expect(asked.get_by_text(first)).to_be_visible()
        return page

    return write


def test_what_became_known_meanwhile_is_asked_and_may_still_be_sent(
    meanwhile: Any, lab: Running
) -> None:
    first, words = "가로수가 기울었어요", "나무가 넘어질 것 같아요"
    page = meanwhile("tree", first, words)
    assert reports_with(lab, words) == []
    page.get_by_role("button", name="내 제보 보내기").click()
    is_done(page)
    arrived_once(lab, words)
    assert len(reports_with(lab, first)) == 1


def test_what_became_known_meanwhile_may_be_met_too_with_its_photos(
    meanwhile: Any, lab: Running
) -> None:
    first, words = "화장실 문이 안 닫혀요", "화장실 문이 고장 났어요"
    page = meanwhile("toilet", first, words)
    page.get_by_role("button", name="나도 겪었어요").click()
    page.wait_for_url("**/report/met/*/", timeout=PATIENCE_MS)
    known = reports_with(lab, first)[0]
    assert (known["supporters"], known["photos"]) == (1, 2)
    assert words in known["said"]
    assert reports_with(lab, words) == []
    assert stored(page)["entries"] == []


def test_the_map_and_known_reports_are_there_without_a_network(
    guest: Page,
    phone: BrowserContext,
    browser: Browser,
    wire: Network,
    photos: list[Path],
) -> None:
    first = "맨홀 뚜껑이 덜컹거려요"
    report_elsewhere(browser, wire, first, "manhole")
    guest.goto("/report/")
    wait_until_remembered(guest, first)
    phone.set_offline(True)
    guest.goto("/report/")
    add_photos(guest, photos)
    answer_until(guest, "place", kind="manhole", words="")
    guest.get_by_text("지도에서 고르기").click()
    frame = guest.locator("[data-island=map] [data-frame]")
    expect(frame.locator("canvas")).to_be_visible()
    frame.click(position={"x": 120, "y": 120})
    expect(guest.locator("[data-island=map] [data-says]")).to_contain_text("고른 곳")
    guest.get_by_text("지금 있는 곳").click()
    answer_until(guest, "known", kind="manhole", words="")
    expect(guest.locator("[data-known]").get_by_text(first)).to_be_visible()
    guest.locator("[data-known]").get_by_role("button", name="나도 겪었어요").click()
    is_kept(guest)


def wait_until_remembered(page: Page, words: str) -> None:
    """Public reports are fetched beside the page."""
    until(page, lambda: words in str(stored(page)["facts"]))
