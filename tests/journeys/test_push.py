"""From a notice to the screen of a phone, and from there to the right page.

Our server really encrypts, signs and sends; a push service on this machine decrypts;
the clear text goes to our service worker as the browser would hand it over. A test
browser shows no notification one could tap and lets no script bring a window to the
front: the tap is an event in the worker, and `focus` and `openWindow` only take note.
"""

import json
import os
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Worker, expect

from tests.journeys.leaving import leave
from tests.journeys.push_service import PACKAGE, PushService, push_service
from tests.journeys.server import PATIENCE_MS, Running, serving
from tests.journeys.sign_in import use_session
from tests.journeys.waiting import until

ON, OFF = "이 휴대폰으로 알림 받기", "이 휴대폰 알림 끄기"
IS_ON = "이 휴대폰으로 알림을 보내고 있어요"
TAP = """async ({ action }) => {
  const [shown] = await self.registration.getNotifications();
  const facts = { notification: shown, action };
  const tap = new NotificationEvent("notificationclick", facts);
  let work;
  tap.waitUntil = (promise) => (work = promise);
  const opened = [];
  WindowClient.prototype.focus = async function () { return this; };
  self.clients.openWindow = async (address) => void opened.push(address);
  self.dispatchEvent(tap);
  await work;
  return opened;
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const shown = await registration.getNotifications();
  return shown.map(({ title, body, tag, lang }) => ({ title, body, tag, lang }));
}"""


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    if not PACKAGE.is_dir():
        pytest.skip("the front end's packages are not installed")
    with push_service() as found:
        yield found


@pytest.fixture(scope="module")
def lab(service: PushService) -> Iterator[Running]:
    """A server that knows the push service of this machine."""
    with mock.patch.dict(os.environ, {"PUSH_HOSTS": "localhost"}), serving() as found:
        yield found


@pytest.fixture(scope="module")
def person(lab: Running) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lab.build("tests.journeys.push_people"))
    return found


@pytest.fixture
def phone(
    browser: Browser, lab: Running, person: dict[str, Any], service: PushService
) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=lab.url, viewport={"width": 360, "height": 780}, locale="ko-KR"
    )
    context.set_default_timeout(PATIENCE_MS)
    service.stands_in(context)
    yield context
    leave(context)


@pytest.fixture
def page(phone: BrowserContext, lab: Running, person: dict[str, Any]) -> Page:
    found = phone.new_page()
    use_session(found, lab, person["session"])
    return found


def agree(page: Page) -> None:
    page.context.grant_permissions(["notifications"])
    page.goto("/me/notifications/")
    page.get_by_role("button", name=ON).click()
    expect(page.get_by_text(IS_ON)).to_be_visible()


def give_a_wrong_file(page: Page, home: int) -> int:
    """Something happens of which its person is told: a file nobody can read."""
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
    return int(answer.json()["id"])


def worker_of(page: Page) -> Worker:
    return until(page, lambda: next(iter(page.context.service_workers), None))


def hand_over(page: Page, message: str) -> None:
    """As the browser does when its push service has something."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    cdp = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(event["registrations"]),
    )
    cdp.send("ServiceWorker.enable")
    until(page, lambda: found)
    cdp.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": page.evaluate("location.origin"),
            "registrationId": found[0]["registrationId"],
            "data": message,
        },
    )


def test_a_notice_comes_to_the_phone_and_opens_the_right_page(
    page: Page, person: dict[str, Any], service: PushService
) -> None:
    agree(page)
    expect(page.get_by_text("지금 쓰는 것")).to_be_visible()
    upload = give_a_wrong_file(page, person["home"])

    (message,) = until(page, service.taken)
    assert "내려받은 파일.html" in json.loads(message)["body"]
    hand_over(page, message)
    (shown,) = until(page, lambda: page.evaluate(SHOWN))

    assert shown["title"] == "파일을 쓸 수 없었어요"
    assert "내려받은 파일.html" in shown["body"]
    assert shown["lang"] == "ko"
    opened = worker_of(page).evaluate(TAP, {"action": "open"})
    page.wait_for_url(f"**/energy/uploads/{upload}/")
    assert opened == []
    assert page.evaluate(SHOWN) == []
    unread = page.request.get("/api/v1/notices/unread/").json()
    assert unread == {"unread": 0}


def test_a_page_with_something_written_stays_and_a_new_one_opens(
    page: Page, person: dict[str, Any], service: PushService
) -> None:
    agree(page)
    give_a_wrong_file(page, person["home"])
    (message,) = until(page, service.taken)
    hand_over(page, message)
    until(page, lambda: page.evaluate(SHOWN))
    box = page.get_by_role("checkbox").last
    box.set_checked(not box.is_checked())

    opened = worker_of(page).evaluate(TAP, {"action": "open"})

    assert [address.split("/me/inbox/")[0] for address in opened] == [
        page.evaluate("location.origin")
    ]
    assert page.url.endswith("/me/notifications/")


def test_two_notices_of_one_home_are_one_line_on_the_screen(
    page: Page, person: dict[str, Any], service: PushService
) -> None:
    agree(page)
    for count in (1, 2):
        give_a_wrong_file(page, person["home"])
        messages = until(
            page, lambda n=count: len(service.taken()) == n and service.taken()
        )
        hand_over(page, messages[-1])
        until(
            page, lambda n=count: "그 밖에 1건" in str(page.evaluate(SHOWN)) or n == 1
        )
    assert len(page.evaluate(SHOWN)) == 1

    worker_of(page).evaluate(TAP, {"action": "read"})
    unread = page.request.get("/api/v1/notices/unread/").json()["unread"]
    assert unread > 0  # only the newest was marked


def test_a_browser_that_is_gone_is_forgotten(
    page: Page, person: dict[str, Any], service: PushService
) -> None:
    agree(page)
    before = page.locator("[data-browser]").count()
    service.expire()
    give_a_wrong_file(page, person["home"])

    def is_forgotten() -> bool:
        page.goto("/me/notifications/")
        return page.locator("[data-browser]").count() == before - 1

    until(page, is_forgotten)


def test_it_is_asked_only_after_a_press_and_says_what_to_do_when_blocked(
    page: Page, service: PushService
) -> None:
    page.add_init_script(
        "Notification.requestPermission = async () => (window.asked = true, 'denied')"
    )
    before = len(service.browsers)
    page.goto("/me/notifications/")
    button = page.get_by_role("button", name=ON)
    if page.evaluate("Notification.permission") == "default":
        expect(button).to_be_visible()
        assert not page.evaluate("window.asked")
        button.click()
    expect(page.get_by_text("브라우저가 알림을 막고 있어요")).to_be_visible()
    expect(button).to_be_hidden()
    assert len(service.browsers) == before


def test_it_can_be_stopped_here(page: Page, service: PushService) -> None:
    agree(page)
    before = page.locator("[data-browser]").count()
    page.get_by_role("button", name=OFF).click()
    expect(page.get_by_role("button", name=ON)).to_be_visible()
    expect(page.locator("[data-browser]")).to_have_count(before - 1)
