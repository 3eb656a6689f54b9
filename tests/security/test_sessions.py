"""A session that somebody prepared is worth nothing after the sign-in."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail

from tests import make


def code_from_the_letter() -> str:
    found = re.search(r"^[A-Z0-9-]{6,9}$", mail.outbox[-1].body, re.M)
    assert found, mail.outbox[-1].body
    return found[0]


def sign_in(client, email: str) -> str:
    """By a code in the mail; the session key before it was entered."""
    client.post("/accounts/login/code/", {"email": email})
    before = client.session.session_key
    client.post("/accounts/login/code/confirm/", {"code": code_from_the_letter()})
    return before


@pytest.mark.django_db
def test_the_session_key_changes_at_sign_in(client):
    make.resident("known@example.org")
    before = sign_in(client, "known@example.org")
    assert before
    assert client.session["_auth_user_id"]
    assert client.session.session_key != before


@pytest.mark.django_db
def test_a_planted_session_is_not_the_signed_in_one(client, client_of):
    """Somebody visits with a key another person knows; the other learns nothing."""
    make.resident("known@example.org")
    thief = client_of()
    thief.get("/accounts/login/")
    thief.post("/accounts/login/code/", {"email": "known@example.org"})
    client.cookies["sessionid"] = thief.cookies["sessionid"].value
    code = code_from_the_letter()
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"]
    assert thief.get("/me/").status_code == 302
    assert thief.get("/api/v1/me/").status_code == 401


@pytest.mark.django_db
def test_the_session_key_changes_at_the_second_factor(client):
    person = make.resident("known@example.org")
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    sign_in(client, "known@example.org")
    between = client.session.session_key
    assert "_auth_user_id" not in client.session

    step = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, step))
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != between


@pytest.mark.django_db
def test_signing_out_ends_the_session_for_good(client, client_of, resident):
    client.force_login(resident)
    key = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    copy = client_of()
    copy.cookies["sessionid"] = key
    assert copy.get("/me/").status_code == 302


@pytest.mark.django_db
def test_somebody_who_was_locked_out_is_out_at_once(client, resident):
    client.force_login(resident)
    resident.is_active = False
    resident.save(update_fields=["is_active"])
    assert client.get("/me/").status_code == 302
    assert client.get("/api/v1/me/").status_code == 401
