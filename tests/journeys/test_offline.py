"""Without a network: last seen pages open, readings wait and arrive exactly once."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.journeys.lossy import Network
from tests.journeys.offline import (
    cached,
    enter,
    keep_home,
    phone,
    readings,
    settle,
    sign_in_as,
    stored,
    wait_until_kept,
    wait_until_sent,
    wire,
)

__all__ = ["phone", "wire"]
SENT_TO = "/readings/"


@pytest.fixture
def resident(phone: BrowserContext, wire: Network, world: dict[str, Any]) -> Any:
    """The resident's phone."""
    sign_in_as(phone, wire, world["sessions"]["resident"])
    return phone.new_page()


def test_a_page_seen_before_opens_without_a_network(phone: BrowserContext) -> None:
    page = phone.new_page()
    settle(page, "/")
    page.goto("/goals/")
    heading = page.get_by_role("heading", level=1).inner_text()
    wait_until_kept(page, "/goals/")
    phone.set_offline(True)
    page.goto("/goals/")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_text("마지막으로 본 화면이에요")).to_be_visible()
    page.goto("/energy/")
    expect(page.get_by_role("heading", name="연결되지 않았어요")).to_be_visible()
    page.locator("[data-island=last-seen]").get_by_role("link", name="목표").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_first_page_ever_counts_as_seen(phone: BrowserContext) -> None:
    page = phone.new_page()
    settle(page, "/about/")
    wait_until_kept(page, "/about/")
    phone.set_offline(True)
    page.goto("/about/")
    expect(page.get_by_text("마지막으로 본 화면이에요")).to_be_visible()


def test_nothing_of_a_person_is_ever_kept(resident, world: dict[str, Any]) -> None:
    settle(resident, "/")
    for address in ("/goals/", "/energy/", "/me/", f"/places/{world['place']}/"):
        resident.goto(address)
    resident.goto("/outbox/")
    seen = {"/", "/goals/", f"/places/{world['place']}/"}
    pages = wait_until_kept(resident, *seen)
    kept = cached(resident)
    assert set(kept) - {"shapes"} == {"pages", "shell", "assets"}
    assert all(one.startswith("/places/shapes/") for one in kept.get("shapes", []))
    assert set(pages) == seen
    for texts in (kept["pages"], kept["shell"]):
        for text in texts.values():
            assert 'data-who=""' in text or "data-who" not in text
            assert "보라" not in text
            assert "우리집" not in text


def test_a_reading_without_a_network_arrives_once_it_is_back(
    resident, phone: BrowserContext, world: dict[str, Any]
) -> None:
    home = world["homes"]["none"]
    keep_home(resident, home)
    phone.set_offline(True)
    resident.goto("/offline/reading/")
    expect(resident.get_by_label("어느 집")).to_have_value(str(home))
    enter(resident, "12000.5")
    expect(resident.get_by_text("여기에 저장했어요")).to_be_visible()
    expect(resident.get_by_text("이 휴대폰에서 기다리는 기록: 1")).to_be_visible()
    resident.goto("/outbox/")
    expect(resident.get_by_text("12,000.5 kWh")).to_be_visible()
    phone.set_offline(False)
    expect(resident.get_by_text("보냈어요")).to_be_visible()
    assert [one["kwh"] for one in readings(resident, home)] == ["12000.5"]
    assert not stored(resident)["entries"]


def test_a_lost_answer_is_no_second_reading(
    resident, wire: Network, world: dict[str, Any]
) -> None:
    home = world["homes"]["using_more"]
    keep_home(resident, home)
    wire.lose_answer(SENT_TO)
    resident.goto("/offline/reading/")
    resident.get_by_label("어느 집").select_option(str(home))
    enter(resident, "500.0")
    expect(resident.get_by_text("여기에 저장했어요")).to_be_visible()
    assert len(readings(resident, home)) == 1  # it had arrived
    wait_until_sent(resident)  # by itself, a little later
    assert len(readings(resident, home)) == 1
    assert len([path for path in wire.posts if SENT_TO in path]) == 2


def test_a_tab_killed_in_the_middle_loses_and_doubles_nothing(
    resident, phone: BrowserContext, wire: Network, world: dict[str, Any]
) -> None:
    home = world["homes"]["collecting"]
    keep_home(resident, home)
    wire.hold_answer(SENT_TO)
    resident.goto("/offline/reading/")
    resident.get_by_label("어느 집").select_option(str(home))
    enter(resident, "700.0")
    assert wire.arrived.wait(10)
    resident.close()
    wire.go_on.set()
    again = phone.new_page()
    wait_until_sent(again)
    assert [one["kwh"] for one in readings(again, home)] == ["700.0"]


def test_a_question_of_the_lab_is_answered_on_the_phone(
    resident, phone: BrowserContext, world: dict[str, Any]
) -> None:
    home = world["homes"]["no_visible_change"]
    keep_home(resident, home)
    resident.goto("/offline/reading/")
    resident.get_by_label("어느 집").select_option(str(home))
    resident.get_by_label("검침한 날").fill("2026-10-01")
    enter(resident, "99900.0")
    expect(resident.get_by_text("검침 숫자를 저장했어요")).to_be_visible()
    phone.set_offline(True)
    resident.goto("/offline/reading/")
    resident.get_by_label("어느 집").select_option(str(home))
    enter(resident, "120.0")
    phone.set_offline(False)
    resident.goto("/outbox/")
    expect(resident.get_by_text("답이 필요해요")).to_be_visible()
    resident.get_by_role("link", name="답하기").click()
    expect(resident.get_by_label("계량기 숫자")).to_have_value("120.0")
    resident.get_by_text("숫자가 끝까지 차서").click()
    resident.get_by_role("button", name="저장").click()
    expect(resident.get_by_text("검침 숫자를 저장했어요")).to_be_visible()
    assert [one["rolled_over"] for one in readings(resident, home)] == [False, True]
