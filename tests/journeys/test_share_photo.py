"""A photo handed over by the phone's share sheet arrives in a report, once."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.leaving import leave
from tests.journeys.offline import PHONE, settle, stored
from tests.journeys.reporting import (
    JEONGWANG,
    answer_until,
    reports_with,
    send,
    two_photos,
)
from tests.journeys.server import PATIENCE_MS, Running
from tests.journeys.waiting import until

# As the share sheet does it: a form of files, sent to the app's own address.
SHARE = """(photo) => {
  const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/share/";
  form.enctype = "multipart/form-data";
  const input = document.createElement("input");
  input.type = "file";
  input.name = "files";
  const bag = new DataTransfer();
  bag.items.add(new File([bytes], "street.jpg", { type: "image/jpeg" }));
  input.files = bag.files;
  form.append(input);
  document.body.append(form);
  form.submit();
}"""


@pytest.fixture
def phone(browser: Browser, lab: Running) -> Iterator[BrowserContext]:
    """A guest's phone in Jeongwang, with the worker the share sheet asks."""
    found = browser.new_context(
        base_url=lab.url,
        permissions=["geolocation"],
        geolocation=JEONGWANG,
        **PHONE,
    )
    found.set_default_timeout(PATIENCE_MS)
    yield found
    leave(found)


def share(page: Page, photo: Path) -> None:
    page.evaluate(SHARE, base64.b64encode(photo.read_bytes()).decode())


def test_a_shared_photo_arrives_in_a_report(
    phone: BrowserContext, lab: Running, tmp_path: Path
) -> None:
    words, page = "공유한 사진으로 알려요", phone.new_page()
    settle(page, "/about/")
    share(page, two_photos(tmp_path)[0])
    page.get_by_role("button", name="제보하기").click()

    shown = page.locator("[data-island=report-photos] [data-list] li")
    expect(shown).to_have_count(1)
    until(page, lambda: stored(page)["shared"] == [])  # not before a draft holds it
    assert len(stored(page)["files"]) == 1
    page.locator("[data-list] input[name=alts]").first.fill("움푹 파인 길")
    answer_until(page, "promise", kind="pavement", words=words)
    send(page)
    page.wait_for_url("**/report/done/*/")
    (one,) = reports_with(lab, words)
    assert (one["photos"], one["alts"]) == (1, ["움푹 파인 길"])

    page.goto("/report/")  # nothing of it waits there again
    expect(page.locator("[data-step][data-now]")).to_be_visible()
    expect(shown).to_have_count(0)
