"""Signing in as a person does: address, code from the mail, on."""

from playwright.sync_api import Page, expect

from tests.journeys.server import Running


def sign_up(page: Page, lab: Running, email: str) -> None:
    """Begin with an address nobody used here before."""
    page.goto("/accounts/signup/")
    page.get_by_label("이메일").fill(email)
    page.get_by_role("button", name="코드 받기").click()
    _enter_code(page, lab, email)
    agree(page)


def agree(page: Page, dong: str = "", *, age: str = "만 14세 이상이에요") -> None:
    """The two pages after the code: a dong or later, and the two needed yeses."""
    if dong:
        page.get_by_label("동 이름").fill(dong)
        page.get_by_role("button", name="찾기").click()
        page.get_by_role("button", name=dong).click()
    else:
        page.get_by_role("button", name="나중에 고를게요").click()
    page.get_by_label(age).check()
    page.get_by_label("앱 이용").check()
    page.get_by_label("계정을 위해").check()
    page.get_by_role("button", name="시작하기").click()
    page.wait_for_url(lambda address: "/welcome/consents/" not in address)


def sign_in(page: Page, lab: Running, email: str) -> None:
    """Come back with a code."""
    page.goto("/accounts/login/")
    page.get_by_label("이메일").fill(email)
    page.get_by_role("button", name="코드 받기").click()
    _enter_code(page, lab, email)


def _enter_code(page: Page, lab: Running, email: str) -> None:
    expect(page.get_by_role("heading", name="코드 입력")).to_be_visible()
    page.locator("input[name=code]").fill(lab.code_mailed_to(email))
    page.get_by_role("button", name="계속").click()
    page.wait_for_url(lambda address: "/confirm" not in address)


def use_session(page: Page, lab: Running, key: str) -> None:
    """Be somebody who signed in before."""
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": lab.url}])
