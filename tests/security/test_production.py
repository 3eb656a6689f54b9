"""The settings of a city's servers, as the servers get them."""

import importlib
import sys
from types import ModuleType

import pytest
from django.core.exceptions import ImproperlyConfigured

SECRET = "k9-" * 25
ENVIRONMENT = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "lab.example"}


@pytest.fixture
def production(monkeypatch) -> ModuleType:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return _fresh()


def _fresh() -> ModuleType:
    sys.modules.pop("livinglab.config.settings.production", None)
    return importlib.import_module("livinglab.config.settings.production")


def test_everything_goes_over_tls_and_stays_there(production):
    assert production.SECURE_SSL_REDIRECT
    assert production.SECURE_HSTS_SECONDS >= 31_536_000
    assert production.SECURE_HSTS_INCLUDE_SUBDOMAINS
    directives = production.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["upgrade-insecure-requests"]


def test_every_cookie_is_for_tls_alone(production):
    assert production.SESSION_COOKIE_SECURE
    assert production.CSRF_COOKIE_SECURE
    assert production.SESSION_COOKIE_NAME.startswith("__Host-")


def test_no_debugging_and_no_key_of_the_project(production):
    assert production.DEBUG is False
    assert production.SECRET_KEY == SECRET
    assert production.ALLOWED_HOSTS == ["lab.example"]
    assert not getattr(production, "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", False)


def test_nothing_starts_without_its_secret(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        _fresh()


@pytest.mark.django_db
def test_an_answer_over_tls_says_to_stay(client, settings, production):
    settings.SECURE_HSTS_SECONDS = production.SECURE_HSTS_SECONDS
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_PRELOAD = production.SECURE_HSTS_PRELOAD
    # the middleware reads them when it is made
    client.handler.load_middleware()
    said = client.get("/", secure=True).headers["Strict-Transport-Security"]
    assert said == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.django_db
def test_cookies_over_tls_are_marked(client, settings, resident):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.post("/accounts/login/code/", {"email": resident.email}, secure=True)
    client.get("/", secure=True)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["secure"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert client.cookies["sessionid"]["httponly"]
    look = client.post("/look/", {"language": "en"}, secure=True)
    assert look.cookies["django_language"]["secure"]
