"""A page that follows what happens: over its socket, and without one."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.server import FLAGS, PATIENCE_MS, Running, chromium
from tests.journeys.sign_in import use_session
from tests.journeys.waiting import until

# Leads the page's socket to an address where the server refuses the upgrade.
NO_SOCKET = """
const Real = WebSocket;
window.refused = 0;
window.WebSocket = class extends Real {
  constructor(address) {
    super(address.replace("/ws/live/", "/ws/nowhere/"));
    this.addEventListener("error", () => (window.refused += 1));
  }
};
"""
SOCKETS = """
const Real = WebSocket;
window.sockets = [];
window.WebSocket = class extends Real {
  constructor(address) { super(address); window.sockets.push(this); }
};
"""
OPEN = "() => (window.sockets ?? []).filter((one) => one.readyState === 1).length"


@pytest.fixture(scope="module")
def person(lab: Running) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lab.build("tests.journeys.live_people"))
    return found


@pytest.fixture
def signed_in(page: Page, lab: Running, person: dict[str, Any]) -> Page:
    use_session(page, lab, person["session"])
    return page


def until_open(page: Page, count: int = 1) -> None:
    until(page, lambda: page.evaluate(OPEN) == count, every_ms=50)


def unread(page: Page) -> int:
    return int(page.locator("#unread-tab").get_attribute("data-unread") or 0)


def give_a_wrong_file(page: Page, home: int) -> None:
    """Something happens in the server that this person is told of."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    wrong = {
        "name": "내려받은 파일.html",
        "mimeType": "text/html",
        "buffer": b"<!doctype html><html><body>login</body></html>",
    }
    answer = page.request.post(
        f"/api/v1/premises/{home}/uploads/",
        multipart={"file": wrong},
        headers={"X-CSRFToken": token, "Referer": page.url},
    )
    assert answer.ok, answer.text()


def test_a_notice_appears_by_itself_and_is_said_once(
    signed_in: Page, person: dict[str, Any]
) -> None:
    page = signed_in
    page.add_init_script(SOCKETS)
    page.goto("/me/inbox/")
    until_open(page)
    before = unread(page)
    page.evaluate(
        """() => {
          window.said = [];
          const region = document.getElementById("live-says");
          const note = () => region.textContent && said.push(region.textContent);
          new MutationObserver(note).observe(region, { childList: true });
        }"""
    )

    give_a_wrong_file(page, person["home"])

    expect(page.locator("#unread-tab")).to_have_attribute(
        "data-unread", str(before + 1)
    )
    expect(page.locator("#inbox")).to_contain_text("내려받은 파일.html")
    expect(page.get_by_role("status").filter(has_text="새 알림 1건")).to_have_count(1)
    page.wait_for_timeout(500)
    assert page.evaluate("window.said") == ["새 알림 1건"]


def test_where_the_server_refuses_the_socket_the_page_asks_every_minute(
    signed_in: Page, lab: Running
) -> None:
    page = signed_in
    page.add_init_script(NO_SOCKET)
    page.clock.install()
    page.goto("/me/inbox/")
    page.clock.run_for(2_000)
    before = unread(page)
    lab.build("tests.journeys.live_people", "looking@example.org")

    page.clock.run_for(61_000)

    expect(page.locator("#unread-tab")).to_have_attribute(
        "data-unread", str(before + 1)
    )
    assert page.evaluate("window.refused") > 0


def test_the_socket_comes_back_with_the_network_and_catches_up(
    signed_in: Page, lab: Running
) -> None:
    page = signed_in
    page.add_init_script(SOCKETS)
    page.goto("/me/inbox/")
    until_open(page)
    before = unread(page)
    page.context.set_offline(True)
    until_open(page, 0)
    lab.build("tests.journeys.live_people", "looking@example.org")

    page.context.set_offline(False)

    expect(page.locator("#unread-tab")).to_have_attribute(
        "data-unread", str(before + 1)
    )
    until_open(page)


def test_signing_out_in_another_tab_ends_the_socket_and_says_so(
    page: Page, lab: Running, person: dict[str, Any]
) -> None:
    use_session(page, lab, person["other"])
    page.add_init_script(SOCKETS)
    page.goto("/me/inbox/")
    until_open(page)
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.get_by_role("main").get_by_role("button", name="로그아웃").click()

    until_open(page, 0)
    expect(page.locator("#live-says")).to_contain_text("로그아웃")
    assert page.locator("[data-live]").count() == 0


def test_a_guest_hears_of_a_neighbourhood_and_back_brings_the_page_back_alive(
    browser: Browser, lab: Running, world: dict[str, Any]
) -> None:
    """With a browser that keeps pages for "back", as people's browsers do."""
    keeping = browser.browser_type.launch(
        executable_path=chromium(),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    context = keeping.new_context(base_url=lab.url, service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.add_init_script(SOCKETS)
    said: list[str] = []
    page.on(
        "websocket",
        lambda one: one.on("framereceived", lambda text: said.append(str(text))),
    )
    page.goto(f"/places/{world['place']}/")
    until_open(page)
    until(page, lambda: said)
    assert json.loads(said[0])["listening"] == [f"area:{world['place']}"]
    page.evaluate(
        "() => addEventListener('pageshow', (event) => (window.kept = event.persisted))"
    )

    page.goto("/about/")
    page.go_back(wait_until="commit")  # a page that was kept loads nothing

    assert page.evaluate("window.kept") is True
    until_open(page)
    assert page.evaluate("window.sockets.length") == 2
    leave(context)
    keeping.close()
