"""What every answer tells the browser: framing, embedding, scripts, keeping."""

import re

import pytest

from tests import make
from tests.security.doors import doors

# Nothing but our own files; the admin site's two exceptions are said where they stand.
STRICT = {
    "default-src": {"'self'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'none'"},
    "frame-src": {"'none'"},
    "frame-ancestors": {"'none'"},
}
ADMIN_ONLY = {"script-src": {"'unsafe-eval'"}, "style-src-attr": {"'unsafe-inline'"}}
RISKY = {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "data:", "http:"}


SAID = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OUR_KINDS = {
    "text/html",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/geo+json",
    "application/manifest+json",
    "application/xml",
    "text/xml",
    "text/plain",
    "application/vnd.oai.openapi",
}


def policy(answer) -> dict[str, set[str]]:
    parts = answer.headers["Content-Security-Policy"].split(";")
    named = [part.split() for part in parts if part.strip()]
    return {name: set(sources) for name, *sources in named}


WHO = {"guest": False, "resident": False, "coordinator": True}


@pytest.fixture(params=WHO)
def answers(request, client) -> list:
    """Every address once, with whatever it answers: pages, errors, redirects.

    A coordinator walks the admin site, the others everything else.
    """
    if request.param != "guest":
        client.force_login(request.getfixturevalue(request.param))
    at_admin = WHO[request.param]
    walked = [door for door in doors() if door.is_admin == at_admin]
    return [(door, client.get(door.address)) for door in walked]


@pytest.mark.django_db
def test_every_answer_says_what_may_be_done_with_it(answers):
    assert not {d.route: x for d, a in answers if (x := unsaid(a))}
    assert not {d.route: x for d, a in answers if (x := loose(d, a))}
    assert not {d.route: x for d, a in answers if (x := shown_not_downloaded(a))}


def unsaid(answer) -> set[str]:
    """Headers against framing, embedding and guessing that are not as they must be."""
    said = answer.headers
    wrong = {name for name, value in SAID.items() if said.get(name) != value}
    allowed = said.get("Permissions-Policy", "")
    for sensor in ("camera=()", "microphone=()", "geolocation=(self)"):
        if sensor not in allowed:
            wrong.add(sensor)
    return wrong


def loose(door, answer) -> dict[str, set[str]]:
    """Parts of the content policy that would run what is not a file of ours."""
    said, allowed = policy(answer), ADMIN_ONLY if door.is_admin else {}
    wrong = {}
    for name, sources in said.items():
        risky = sources & RISKY - allowed.get(name, set())
        if risky - ({"data:"} if name == "img-src" else set()):
            wrong[name] = risky
    for name, wanted in STRICT.items():
        if said.get(name, set()) - allowed.get(name, set()) != wanted:
            wrong[name] = said.get(name, set())
    return wrong


def shown_not_downloaded(answer) -> str:
    """The kind of content that is neither a page of ours nor a download."""
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if answer.status_code != 200 or kind in OUR_KINDS:
        return ""
    is_download = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return "" if is_download else kind


@pytest.mark.django_db
def test_pages_outside_the_admin_site_carry_no_exception_of_it(client, coordinator):
    client.force_login(coordinator)
    admin = policy(client.get("/admin/"))
    assert "'unsafe-eval'" in admin["script-src"]
    assert "'unsafe-inline'" not in admin["script-src"] | admin["style-src"]
    assert "unsafe" not in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/energy/premises/", "/admin/goals/goal/"]
)
def test_an_admin_page_holds_no_script_and_no_style_sheet(address, client, coordinator):
    client.force_login(coordinator)
    text = client.get(address).text
    bare = [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag]
    assert not [tag for tag in bare if "application/json" not in tag]
    assert "<style" not in text
    assert not re.search(r"\son(click|load|change|submit)=", text)


@pytest.mark.django_db
def test_the_admin_sites_colours_come_as_a_style_sheet(client):
    answer = client.get("/admin/colours.css")
    assert answer.headers["Content-Type"] == "text/css"
    assert "--color-primary-600:#0b50d0" in answer.text


@pytest.mark.django_db
def test_the_page_for_developers_holds_no_script(client):
    text = client.get("/api/docs/").text
    assert "<style" not in text
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    script = re.findall(r'<script src="([^"]+)"', text)[-1]
    answer = client.get(script.replace("&amp;", "&"))
    assert "javascript" in answer.headers["Content-Type"]
    assert "SwaggerUIBundle" in answer.text


@pytest.mark.django_db
def test_a_page_of_somebody_signed_in_is_kept_nowhere(client, resident):
    home = make.premises(resident)
    client.force_login(resident)
    for address in ["/", "/energy/", "/me/", f"/energy/homes/{home.pk}/", "/goals/"]:
        kept = client.get(address).headers["Cache-Control"]
        assert {"private", "no-store"} <= set(kept.split(", ")), address


@pytest.mark.django_db
def test_an_answer_to_a_token_is_kept_nowhere(client, resident):
    client.force_login(resident)
    token = client.post("/api/v1/me/tokens/").json()["token"]
    client.logout()
    answer = client.get("/api/v1/me/", headers={"Authorization": f"Token {token}"})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_guests_page_is_not_kept_by_anything_on_the_way(client):
    for address in ["/", "/goals/", "/places/", "/nothing/"]:
        kept = client.get(address).headers["Cache-Control"]
        assert "private" in kept, address


@pytest.mark.django_db
def test_the_answer_that_signs_in_is_kept_nowhere(client, resident):
    client.force_login(resident)
    answer = client.post("/accounts/logout/")
    assert "no-store" in answer.headers["Cache-Control"]
