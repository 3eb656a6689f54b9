"""A coordinator's way into the admin site: by mail, one more lock, then in."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import Page, expect

from tests.journeys.axe import faults_in_all_looks
from tests.journeys.server import Running
from tests.journeys.sign_in import agree


def digits(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = mac[-1] & 15
    number = struct.unpack(">I", mac[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def mail_in(page: Page, lab: Running, email: str) -> None:
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="로그인")).to_be_visible()
    page.get_by_label("이메일").fill(email)
    page.get_by_role("button", name="코드 받기").click()
    page.locator("input[name=code]").fill(lab.code_mailed_to(email))
    page.get_by_role("button", name="계속").click()


def test_guided_through_the_second_step_into_the_admin_site(
    page: Page, lab: Running, world: dict
) -> None:
    mail_in(page, lab, "siheung@example.org")
    agree(page)
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="자물쇠 하나 더")).to_be_visible()
    assert faults_in_all_looks(page) == []
    page.get_by_role("link", name="인증 앱").click()
    expect(page.get_by_alt_text("인증 앱에 등록할 QR 코드")).to_be_visible()
    assert faults_in_all_looks(page) == []
    box = page.get_by_alt_text("인증 앱에 등록할 QR 코드").bounding_box()
    assert box
    assert box["width"] >= 180
    secret = page.locator("code").inner_text()
    page.locator("input[name=code]").fill(digits(secret))
    page.get_by_role("button", name="켜기").click()
    expect(page.get_by_role("heading", name="복구 코드")).to_be_visible()
    recovery = page.locator("li code").first.inner_text()
    page.get_by_role("link", name="담당자 화면으로").click()
    expect(page).to_have_url(f"{lab.url}/admin/")

    page.context.clear_cookies()
    mail_in(page, lab, "siheung@example.org")
    expect(page.get_by_role("heading", name="두 번째 단계")).to_be_visible()
    assert faults_in_all_looks(page) == []
    page.locator("input[name=code]").first.fill(recovery)
    page.get_by_role("button", name="로그인", exact=True).click()
    expect(page).to_have_url(f"{lab.url}/admin/")
