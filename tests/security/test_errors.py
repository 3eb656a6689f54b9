"""Errors say what happened to people and nothing to attackers."""

import pytest
from django.http import Http404
from django.test import Client
from django.urls import path

from livinglab.config.urls import *  # noqa: F403
from livinglab.config.urls import urlpatterns as real

SECRET = "postgres://lab:hunter2@db/lab"


def broken(request):
    connection = SECRET
    raise RuntimeError(f"cannot reach {connection}")


def lost(request):
    raise Http404(f"no row in {SECRET}")


urlpatterns = [*real, path("broken/", broken), path("lost/", lost)]


@pytest.mark.urls("tests.security.test_errors")
@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/lost/", 404)])
def test_an_error_page_leaks_nothing(address, status):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    for leaked in ("hunter2", "Traceback", "RuntimeError", "test_errors", "settings"):
        assert leaked not in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("/api/v1/push/subscriptions/", "{"),
        ("/api/v1/premises/join/", "[]"),
        ("/api/v1/premises/1/bills/", '{"a": NaN}'),
    ],
)
def test_the_api_answers_nonsense_with_a_sentence(address, body, client, resident):
    client.force_login(resident)
    answer = client.post(address, body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


@pytest.mark.django_db
def test_a_body_that_is_too_long_is_refused_before_it_is_kept(client, resident):
    client.force_login(resident)
    answer = client.post(
        "/api/v1/premises/join/", "x" * 6_000_000, content_type="application/json"
    )
    assert answer.status_code in {400, 413}


@pytest.mark.django_db
def test_the_page_for_developers_refuses_in_every_tongue(resident):
    """Asked for JSON with a cookie and no token it broke in its own template."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(resident)
    for accept in ("application/json", "text/html", "*/*"):
        said = client.post("/api/docs/", headers={"accept": accept}).status_code
        assert said in {405, 406}, accept
