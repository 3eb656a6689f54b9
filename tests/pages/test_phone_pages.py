"""Worker, manifest and the pages a phone keeps: what may be cached, and what never."""

import json
import re

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from PIL import Image

from livinglab.kernel.shell import is_public, is_shell, public_patterns, shell_paths
from livinglab.people.http import tag_of
from tests import make

# The only pages whose guest's rendering may stay on a phone. Everything else: never.
KEPT = {
    "pages:home",
    "pages:about",
    "goals:list",
    "goals:goal",
    "places:list",
    "places:city",
    "places:neighbourhood",
    "energy:how",
    "issues:list",
    "issues:map",
    "issues:issue",
    "legal:terms",
    "legal:terms-of",
    "legal:privacy",
    "legal:privacy-of",
}
SHELL = {
    "pages:offline",
    "pages:offline-reading",
    "pages:outbox",
    "pages:share",
    "report:form",
}
NEVER = ("/me/", "/api/", "/accounts/", "/admin/", "/energy/homes/", "/energy/uploads/")
SAMPLES = {"int": "7", "slug": "abc-1", "str": "abc1", "uuid": "0" * 8, "path": "a/b"}


def addresses(resolver=None, prefix="", spaces=()):
    """Every address of the site map with made-up parts, and its view's name."""
    for found in (resolver or get_resolver()).url_patterns:
        route = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            space = (*spaces, found.namespace) if found.namespace else spaces
            yield from addresses(found, route, space)
        elif isinstance(found, URLPattern):
            path = re.sub(
                r"<(?:(\w+):)?\w+>", lambda m: SAMPLES.get(m[1] or "str", "x1"), route
            )
            name = ":".join((*spaces, found.name or ""))
            yield name, "/" + path.replace("^", "").replace("$", "")


def test_every_address_is_classified_and_only_the_listed_are_kept():
    found = list(addresses())
    assert len(found) > 100
    assert {name for name, path in found if is_public(path)} == KEPT
    assert {name for name, path in found if is_shell(path)} == SHELL


@pytest.mark.parametrize("prefix", NEVER)
def test_nothing_personal_is_ever_public(prefix):
    inside = [path for _name, path in addresses() if path.startswith(prefix)]
    assert inside
    assert not [path for path in inside if is_public(path) or is_shell(path)]


def test_no_listed_page_reaches_further_than_its_path():
    for path in ("/energy/", "/goals/a/b/", "/places/x/y/", "/about/x", "/search/"):
        assert not is_public(path)
    assert not is_public("/goals/가/")  # what JavaScript's \w would not take either


@pytest.mark.django_db
def test_a_guests_page_may_be_kept_and_a_persons_never(client, resident):
    assert client.get("/goals/")["X-Shell"] == "public"
    client.force_login(resident)
    answer = client.get("/goals/")
    assert "X-Shell" not in answer
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_signed_in_phone_may_ask_for_the_guests_page(client, resident):
    client.force_login(resident)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = client.get("/", headers={"X-Shell": "guest"})
    assert answer["X-Shell"] == "public"
    assert 'lang="en"' in answer.text  # how it looks stays
    assert tag_of(resident) not in answer.text
    assert resident.name not in answer.text
    assert "sessionid" not in answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/energy/", "/me/", "/energy/uploads/"])
def test_asking_as_a_guest_opens_and_closes_nothing_else(client, resident, address):
    client.force_login(resident)
    plain = client.get(address)
    asked = client.get(address, headers={"X-Shell": "guest"})
    assert asked.status_code == plain.status_code
    assert "X-Shell" not in asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/goals/?year=2026", {}),
        ("/goals/nothing-like-this/", {}),
        ("/goals/", {"HX-Request": "true"}),
        ("/accounts/login/", {}),
    ],
)
def test_parts_queries_and_errors_are_not_kept(client, address, headers):
    assert "X-Shell" not in client.get(address, headers=headers)


@pytest.mark.django_db
def test_a_message_for_somebody_is_neither_kept_nor_used_up(client):
    client.cookies["messages"] = "x"
    assert "X-Shell" not in client.get("/goals/")
    assert client.get("/goals/", headers={"X-Shell": "guest"})["X-Shell"] == "public"
    assert client.cookies["messages"].value == "x"


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(shell_paths()))
def test_a_page_of_the_shell_knows_nobody(client, resident, address):
    guest = client.get(address)
    client.force_login(resident)
    mine = client.get(address)
    assert guest["X-Shell"] == mine["X-Shell"] == "public"
    assert "data-who" not in mine.text
    assert resident.name not in mine.text


@pytest.mark.django_db
def test_other_pages_say_whose_phone_it_is(client, resident):
    assert 'data-who=""' in client.get("/goals/").text
    client.force_login(resident)
    assert f'data-who="{tag_of(resident)}"' in client.get("/me/").text


@pytest.mark.django_db
def test_who_is_signed_in_is_asked_fresh(client, resident):
    assert client.get("/outbox/who/").json()["who"] == ""
    client.force_login(resident)
    answer = client.get("/outbox/who/")
    assert answer.json()["who"] == tag_of(resident)
    assert answer.json()["csrf"]
    assert "no-store" in answer["Cache-Control"]
    assert "X-Shell" not in answer


@pytest.mark.django_db
def test_signing_out_clears_what_the_browser_kept(client, resident):
    client.force_login(resident)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/")
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'


def test_the_worker_is_served_at_the_root_and_knows_its_pages(client, tmp_path):
    settings_dist = tmp_path / "sw.js"
    settings_dist.write_text("start()")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "FRONTEND_DIST", tmp_path)
        answer = client.get("/sw.js")
    known, script = answer.text.split(";\n", 1)
    lab = json.loads(known.removeprefix("self.lab="))
    assert script == "start()"
    assert lab["pages"] == public_patterns()
    assert lab["shell"] == shell_paths()
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")


def test_without_a_build_there_is_no_worker(client, tmp_path, settings):
    settings.FRONTEND_DIST = tmp_path
    assert client.get("/sw.js").status_code == 404


@pytest.mark.parametrize(("language", "name"), [("ko", "검침 입력"), ("en", "Enter a")])
def test_the_manifest_speaks_each_language_of_one_app(client, language, name):
    answer = client.get(f"/manifest.webmanifest?lang={language}")
    said = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["id"], said["scope"], said["display"]) == ("/", "/", "standalone")
    assert said["lang"] == language
    assert any(one["name"].startswith(name) for one in said["shortcuts"])
    purposes = {icon["purpose"] for icon in said["icons"]}
    assert purposes == {"any", "maskable", "monochrome"}


def test_the_manifest_takes_what_apps_take(client):
    said = client.get("/manifest.webmanifest").json()
    accept = said["share_target"]["params"]["files"][0]["accept"]
    assert {"image/*", "text/csv", ".xml"} <= set(accept)
    assert said["share_target"]["method"] == "POST"


@pytest.mark.django_db
def test_the_reading_page_thanks_when_the_phone_has_sent(client, resident):
    client.force_login(resident)
    page = f"/energy/homes/{make.premises(resident).pk}/add/reading/"
    assert "검침 숫자를 저장했어요" not in client.get(page).text
    assert "검침 숫자를 저장했어요" in client.get(f"{page}?saved").text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_manifest_shows_the_app_before_one_installs_it(client, db, language):
    said = client.get(f"/manifest.webmanifest?lang={language}").json()
    shown = said["screenshots"]

    assert len(shown) >= 3
    for one in shown:
        assert one["form_factor"] == "narrow"
        assert one["label"]
        assert one["src"].endswith(f"-{language}.webp")
        path = settings.ROOT / "frontend" / "public" / one["src"].split("/static/")[1]
        assert path.stat().st_size < 60_000
        with Image.open(path) as picture:
            assert "{}x{}".format(*picture.size) == one["sizes"]


@pytest.mark.django_db
def test_without_a_network_one_can_report_as_well_as_read_the_meter(client):
    for page in ("/offline/", "/outbox/"):
        text = client.get(page).text
        main = text[text.index("<main") : text.index("</main")]
        assert 'href="/report/"' in main, page
        assert 'href="/offline/reading/"' in main, page
