"""Passkeys in a real browser, with the authenticator Chromium plays itself."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.axe import faults_in_all_looks
from tests.journeys.conftest import PHONE
from tests.journeys.leaving import leave
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.sign_in import agree, sign_up


@dataclass
class Device:
    """A phone and the passkeys it keeps."""

    page: Page
    cdp: CDPSession
    authenticator: str

    def keys(self) -> int:
        told = self.cdp.send(
            "WebAuthn.getCredentials", {"authenticatorId": self.authenticator}
        )
        return len(told["credentials"])

    def refuses(self) -> None:
        """The finger does not fit."""
        self.cdp.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.authenticator, "isUserVerified": False},
        )


@pytest.fixture
def device(browser: Browser, lab: Running) -> Iterator[Device]:
    """On `localhost`: an address of numbers cannot have passkeys."""
    context = browser.new_context(
        base_url=lab.url.replace("127.0.0.1", "localhost"),
        viewport=PHONE,
        locale="ko-KR",
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.on("pageerror", _raise)
    page.on("console", _no_policy_fault)
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield Device(page, cdp, made["authenticatorId"])
    leave(context)


def _raise(error: Exception) -> None:
    raise AssertionError(f"a script failed: {error}")


def _no_policy_fault(message) -> None:  # noqa: ANN001
    assert "Content Security Policy" not in message.text, message.text


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="로그아웃").click()
    page.wait_for_url(lambda address: "/logout/" not in address)


def add_key(page: Page, name: str) -> None:
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="패스키 추가").click()
    page.get_by_label("이름").fill(name)
    page.get_by_role("button", name="더하기").click()


def test_add_a_key_sign_out_come_back_with_it(device: Device, lab: Running) -> None:
    page = device.page
    sign_up(page, lab, "key@example.org")
    add_key(page, "내 휴대폰")
    expect(page.get_by_role("heading", name="복구 코드")).to_be_visible()
    assert faults_in_all_looks(page) == []
    assert device.keys() == 1
    sign_out(page)
    page.goto("/accounts/login/")
    assert faults_in_all_looks(page) == []
    page.get_by_role("button", name="패스키로 로그인").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)
    page.goto("/me/")
    expect(page.get_by_text("key@example.org").first).to_be_visible()


def test_rename_and_remove(device: Device, lab: Running) -> None:
    page = device.page
    sign_up(page, lab, "rename@example.org")
    add_key(page, "첫 번째")
    expect(page.get_by_role("heading", name="복구 코드")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    assert faults_in_all_looks(page) == []
    page.get_by_role("link", name="이름 바꾸기").click()
    page.get_by_label("이름").fill("할머니 폰")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_text("할머니 폰").first).to_be_visible()
    page.get_by_role("link", name="지우기").click()
    expect(page.get_by_role("heading", name="패스키 지우기")).to_be_visible()
    assert faults_in_all_looks(page) == []
    page.get_by_role("button", name="지우기").click()
    expect(page.get_by_text("아직 패스키가 없어요")).to_be_visible()


def test_sign_up_with_a_key_from_the_first_moment(device: Device, lab: Running) -> None:
    page, email = device.page, "from.key@example.org"
    page.goto("/accounts/signup/")
    page.get_by_role("link", name="패스키로 가입").click()
    page.get_by_label("이메일").fill(email)
    page.get_by_role("button", name="코드 받기").click()
    page.locator("input[name=code]").fill(lab.code_mailed_to(email))
    page.get_by_role("button", name="계속").click()
    expect(page.get_by_role("heading", name="패스키 만들기")).to_be_visible()
    assert faults_in_all_looks(page) == []
    page.get_by_role("button", name="만들기").click()
    agree(page)
    page.wait_for_url(lambda address: "/accounts/" not in address)
    assert device.keys() == 1
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="패스키로 로그인").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)
    page.goto("/me/")
    expect(page.get_by_text(email).first).to_be_visible()


def test_a_finger_that_does_not_fit_is_said_and_the_code_still_works(
    device: Device, lab: Running
) -> None:
    page = device.page
    sign_up(page, lab, "finger@example.org")
    add_key(page, "휴대폰")
    expect(page.get_by_role("heading", name="복구 코드")).to_be_visible()
    sign_out(page)
    device.refuses()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="패스키로 로그인").click()
    expect(page.get_by_text("잘되지 않았거나 취소했어요")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="패스키로 로그인")).to_be_enabled()
    page.get_by_label("이메일").fill("finger@example.org")
    page.get_by_role("button", name="코드 받기").click()
    page.locator("input[name=code]").fill(lab.code_mailed_to("finger@example.org"))
    page.get_by_role("button", name="계속").click()
    page.wait_for_url(lambda address: "/accounts/" not in address)
    page.goto("/me/")
    expect(page.get_by_text("finger@example.org").first).to_be_visible()
