"""Nobody learns who has an account here, and nobody can ask without end."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests import make

KNOWN, UNKNOWN = "known@example.org", "other@example.org"


def ask(where: str, field: str, email: str) -> tuple[int, str, str]:
    """Status, where it leads and what the last page says, tokens and address out."""
    client = Client()
    first = client.post(where, {field: email})
    page = client.get(first["Location"]) if first.status_code == 302 else first
    plain = page.text.replace(email, "ADDRESS")
    plain = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", plain)
    return first.status_code, first.get("Location", ""), plain


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("/accounts/login/", "login"),
        ("/accounts/login/code/", "email"),
        ("/accounts/signup/", "email"),
        ("/accounts/signup/passkey/", "email"),
    ],
)
def test_the_answer_is_the_same_to_the_byte(db, where, field):
    make.resident(KNOWN)

    assert ask(where, field, KNOWN) == ask(where, field, UNKNOWN)
    assert [letter.to for letter in mail.outbox] == [[KNOWN], [UNKNOWN]]


@pytest.mark.parametrize(
    ("where", "field"), [("/accounts/login/", "login"), ("/accounts/signup/", "email")]
)
def test_a_wrong_code_is_answered_the_same(db, where, field):
    make.resident(KNOWN)
    said = []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        at = client.post(where, {field: email})["Location"]
        page = client.post(at, {"code": "BCDF-GHJK"})
        again = client.post(at, {"action": "resend"})
        plain = re.sub(r'value="\w{64}"', "", page.text.replace(email, "ADDRESS"))
        said.append((page.status_code, plain, again.status_code))

    assert said[0] == said[1]


def test_upper_case_is_the_same_address(db):
    make.resident(KNOWN)
    ask("/accounts/signup/", "email", KNOWN.upper())

    assert mail.outbox[0].subject == "이미 가입되어 있어요"


def test_codes_to_one_address_are_few_whoever_asks(db):
    answers = [
        Client(REMOTE_ADDR=f"203.0.113.{n}").post(
            "/accounts/login/", {"login": UNKNOWN}
        )
        for n in range(5)
    ]
    assert [a.status_code for a in answers[:3]] == [302, 302, 302]
    assert len(mail.outbox) == 3


def test_a_network_may_try_so_often_and_is_told_when_again(db):
    client = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(20):
        client.post("/accounts/signup/", {"email": f"a{n}@example.org"})

    answer = client.post("/accounts/signup/", {"email": "b@example.org"})

    assert answer.status_code == 429
    assert 10 <= int(answer["Retry-After"]) <= 60
    assert "1분 뒤에 다시" in answer.text
    other = Client(REMOTE_ADDR="203.0.113.10")
    assert other.post("/accounts/signup/", {"email": "c@e.org"}).status_code == 302


def test_limits_know_no_difference_between_known_and_unknown(db):
    make.resident(KNOWN)
    for email in (KNOWN, UNKNOWN):
        statuses = [
            Client().post("/accounts/signup/", {"email": email}).status_code
            for _time in range(4)
        ]
        assert statuses == [302, 302, 429, 429], email


def test_behind_a_proxy_the_visitor_counts_not_the_proxy(db, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(25):
        answer = Client(
            REMOTE_ADDR="10.0.0.1",
            headers={"x-forwarded-for": f"6.6.6.6, 203.0.113.{n}"},
        ).post("/accounts/signup/", {"email": f"a{n}@example.org"})
        assert answer.status_code == 302


def test_without_a_proxy_a_made_up_header_helps_nobody(db):
    statuses = [
        Client(REMOTE_ADDR="203.0.113.5", headers={"x-forwarded-for": f"1.2.3.{n}"})
        .post("/accounts/signup/", {"email": f"a{n}@example.org"})
        .status_code
        for n in range(21)
    ]
    assert statuses[-1] == 429


def test_guessing_a_code_ends_after_three_tries(db):
    make.resident(KNOWN)
    client = Client()
    client.post("/accounts/login/", {"login": KNOWN})
    right = re.search(r"^[A-Z]{4}-[A-Z]{4}$", mail.outbox[-1].body, re.M)[0]
    for _try in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "BCDF-GHJK"})

    client.post("/accounts/login/code/confirm/", {"code": right})

    assert "_auth_user_id" not in client.session
