"""Every failure in our words: to people, to htmx, to software; really provoked."""

import pytest
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path

from livinglab.config.urls import *  # noqa: F403  the site map, with doors that fail
from livinglab.config.urls import urlpatterns as site
from livinglab.kernel.errors import Invalid, Refused
from livinglab.kernel.pace import keep_pace
from tests import make

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


def breaks(request):
    raise RuntimeError("nobody saw this coming")


def collides(request):
    raise Refused("다른 분이 먼저 했어요.", faster="누군가")


def misunderstands(request):
    raise Invalid("숫자가 아니에요.")


def hurries(request):
    keep_pace("tests.hurry", "somebody")
    raise AssertionError("the pace should have been kept")


def reads(request):
    raise AssertionError(request.POST)


urlpatterns = [
    *site,
    path("tests/breaks/", breaks),
    path("api/v1/tests/breaks/", breaks),
    path("tests/collides/", collides),
    path("tests/misunderstands/", misunderstands),
    path("tests/hurries/", hurries),
    path("tests/reads/", reads),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client(client, settings):
    settings.PACE = {"tests.hurry": (0, 60)}
    client.raise_request_exception = False
    return client


FAILURES = [
    ("/nothing/", 404, "여기에는 아무것도 없어요"),
    ("/tests/collides/", 409, "다른 분이 먼저 했어요."),
    ("/tests/misunderstands/", 422, "숫자가 아니에요."),
    ("/tests/hurries/", 429, "짧은 시간에"),
    ("/tests/breaks/", 500, "저희 쪽에 문제가"),
]


@pytest.mark.parametrize(("address", "status", "said"), FAILURES)
def test_a_person_gets_a_page(address, status, said, client):
    answer = client.get(address)
    assert answer.status_code == status
    assert said in answer.text
    assert answer.text.count("<h1") == 1
    assert "처음으로" in answer.text


@pytest.mark.parametrize(("address", "status", "said"), FAILURES)
def test_htmx_gets_a_piece(address, status, said, client):
    answer = client.get(address, headers=HTMX)
    assert answer.status_code == status
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(("address", "status", "said"), FAILURES)
def test_software_gets_json(address, status, said, client):
    answer = client.get(address, headers=JSON)
    assert answer.status_code == status
    assert set(answer.json()) >= {"code", "detail"}


def test_every_failure_under_the_api_is_json(client):
    assert client.get("/api/v1/nothing/").json()["code"] == "not_found"
    assert client.get("/api/v1/tests/breaks/").json()["code"] == "our_fault"


def test_a_refusal_tells_software_its_facts(client):
    body = client.get("/tests/collides/", headers=JSON).json()
    assert body == {
        "code": "refused", "detail": "다른 분이 먼저 했어요.", "faster": "누군가",
    }  # fmt: skip


def test_a_refusal_leads_people_back_where_they_were(client):
    here = {"Referer": "http://testserver/goals/"}
    answer = client.post("/tests/collides/", headers=here)
    assert answer.url == "/goals/" or answer.url.endswith("/goals/")
    assert "다른 분이 먼저 했어요." in client.get("/goals/").text


def test_somebody_elses_thing_is_not_found_and_a_members_verb_is_forbidden(
    resident, neighbour, client
):
    home = make.premises(resident)
    client.force_login(neighbour)
    assert client.get(f"/energy/homes/{home.pk}/").status_code == 404
    home.memberships.create(person=neighbour)
    answer = client.post(f"/energy/homes/{home.pk}/invite/")
    assert answer.status_code == 403
    assert answer.text.count("<h1") == 1


def test_a_form_without_its_token_is_refused_in_words():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/look/", {"language": "en"})
    assert answer.status_code == 403
    assert "화면이 오래됐어요" in answer.text
    assert strict.post("/look/", headers=JSON).json()["code"] == "form_too_old"


def test_a_host_nobody_knows_is_not_understood(client):
    answer = client.get("/goals/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_more_than_we_take_is_refused_before_anybody_reads_it(client, settings):
    settings.REQUEST_MAX_BYTES = 1000
    answer = client.post("/look/", {"file": "x" * 1001})
    assert answer.status_code == 413
    assert "20MB" in answer.text
    piece = client.post("/look/", {"file": "x" * 1001}, headers=HTMX)
    assert piece.status_code == 413
    assert "<html" not in piece.text


def test_a_body_too_large_for_a_form_is_said_so(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(
        "/tests/reads/", "x=" + "y" * 2000,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code == 413


def test_our_own_fault_stands_without_database_and_session(client, monkeypatch):
    def gone(*words, **more):
        raise DatabaseError("the database is gone")

    client.cookies["text-size"] = "1.5"
    client.cookies["sessionid"] = "a-session-nobody-can-read"
    client.cookies["django_language"] = "en"
    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/")
    monkeypatch.undo()
    assert answer.status_code == 500
    assert 'data-text-size="1.5"' in answer.text
    assert 'lang="en"' in answer.text
    assert "What you had saved is safe" in answer.text


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 429])
def test_a_template_that_a_package_asks_for_is_the_same_page(status, rf):
    text = render_to_string(f"{status}.html", {}, rf.get("/x/"))
    assert text.count("<h1") == 1
    assert "ll-empty__words" in text
