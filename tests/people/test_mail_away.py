"""A mail server that is away: a sentence, nothing half done, nobody given away."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail

from livinglab.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db
WORDS = "지금은 메일을 보내지 못했어요"
KNOWN, UNKNOWN = "known@example.org", "other@example.org"
DOORS = [
    ("/accounts/login/", "login"),
    ("/accounts/login/code/", "email"),
    ("/accounts/signup/", "email"),
    ("/accounts/signup/passkey/", "email"),
]


@pytest.fixture
def away(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def main_of(answer):
    return answer.text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("where", "field"), DOORS)
def test_known_and_unknown_addresses_get_the_same_sentence(client, away, where, field):
    make.resident(KNOWN)
    known = client.post(where, {field: KNOWN})
    unknown = client.post(where, {field: UNKNOWN})

    assert (known.status_code, unknown.status_code) == (503, 503)
    assert WORDS in main_of(known)
    assert main_of(known) == main_of(unknown)
    assert not Person.objects.filter(email=UNKNOWN).exists()
    assert not EmailAddress.objects.filter(email=UNKNOWN).exists()
    assert Person.objects.filter(email=KNOWN).exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize(("where", "field"), DOORS[2:])
def test_signing_up_works_once_the_server_is_back(
    client, settings, where, field, request
):
    backend = settings.EMAIL_BACKEND
    request.getfixturevalue("away")
    client.post(where, {field: UNKNOWN})
    settings.EMAIL_BACKEND = backend
    answer = client.post(where, {field: UNKNOWN})

    assert answer.status_code == 302
    assert Person.objects.filter(email=UNKNOWN).exists()
    assert mail.outbox[-1].to == [UNKNOWN]


def test_no_proof_is_out_when_its_code_did_not_leave(client, resident, away):
    client.force_login(resident)
    answer = client.post("/me/prove/", {"action": "send"})

    assert answer.status_code == 503
    assert WORDS in main_of(answer)
    assert "proof_code" not in client.session


def test_software_is_told_in_json(client, resident, away):
    client.force_login(resident)
    answer = client.post(
        "/me/prove/", {"action": "send"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 503
    assert answer.json()["code"] == "letter_not_sent"
