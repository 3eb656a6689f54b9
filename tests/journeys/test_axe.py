"""axe: no fault on any page in any look, nor with everything open or refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.axe import faults, faults_in_all_looks
from tests.journeys.leaving import leave
from tests.journeys.pages import people, shots
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.sign_in import use_session

PEOPLE = ["", "guest", "newcomer", "resident", "caregiver", "helper", "leaving"]


@pytest.fixture
def visit(browser: Browser, lab: Running) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=lab.url, viewport={"width": 360, "height": 780}, locale="ko-KR",
        reduced_motion="reduce", service_workers="block",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    yield context
    leave(context)


def of(who: str, visit: BrowserContext, lab: Running, world: dict) -> Page:
    page = visit.new_page()
    if who:
        use_session(page, lab, world["sessions"][who])
    return page


def test_nobody_who_sees_a_page_is_left_out(world: dict) -> None:
    assert set(people(world)) - {"coordinator"} == set(PEOPLE)


def go(page: Page, address: str) -> None:
    """Open a page and let what is in view come alive: axe must not read it half-way."""
    page.goto(address)
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-island]:not([data-alive])')]
          .every(root => !root.checkVisibility()
            || root.getBoundingClientRect().top > innerHeight + 400)"""
    )


def open_everything(page: Page) -> None:
    """Menus, disclosures, whatever opens where it stands."""
    page.evaluate(
        "document.querySelectorAll('details:not([open])').forEach(d => d.open = true)"
    )


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_has_a_fault_closed_or_open_in_any_look(
    who: str, visit: BrowserContext, lab: Running, world: dict
) -> None:
    page, found = of(who, visit, lab, world), {}
    for shot in shots(world):
        if shot.who != who:
            continue
        go(page, shot.address)
        if closed := faults(page):
            found[shot.name, "closed"] = closed
        open_everything(page)
        if opened := faults_in_all_looks(page):
            found[shot.name, "open"] = opened
    assert not found


@pytest.mark.parametrize("who", PEOPLE)
def test_no_form_that_says_what_is_wrong_has_a_fault(
    who: str, visit: BrowserContext, lab: Running, world: dict
) -> None:
    page, found = of(who, visit, lab, world), {}
    for shot in shots(world):
        if shot.who != who or not shot.has_form:
            continue
        go(page, shot.address)
        form = page.locator("main form[method=post]").first
        form.evaluate("form => { form.noValidate = true }")
        with page.expect_navigation():
            form.locator("button[type=submit], button:not([type])").first.click()
        if not page.locator("[aria-invalid=true], .ll-alert").count():
            found[shot.name, "says nothing"] = [page.url]
        if wrong := faults_in_all_looks(page):
            found[shot.name, "refused"] = wrong
    assert not found


def test_the_admin_site_has_no_fault_in_what_is_ours(
    visit: BrowserContext, lab: Running, world: dict
) -> None:
    page = of("coordinator", visit, lab, world)
    page.set_viewport_size({"width": 1280, "height": 900})
    go(page, "/admin/")
    expect(page.locator("#content h1")).to_be_visible()
    assert not [fault for fault in faults(page) if "color-contrast" in fault]
