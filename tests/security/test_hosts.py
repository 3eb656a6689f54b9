"""The name a browser sends is never believed, and never written into letters."""

import pytest
from django.core import mail

from tests import make

BAD = ["evil.test", "testserver.evil.test", "testserver:80@evil.test", "test server"]


@pytest.mark.django_db
@pytest.mark.parametrize("host", BAD)
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/api/v1/goals/"])
def test_another_name_is_a_bad_request(address, host, client):
    answer = client.get(address, headers={"host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.django_db
def test_a_forwarded_name_is_not_believed(client):
    answer = client.get("/", headers={"x-forwarded-host": "evil.test"})
    assert answer.status_code == 200
    assert "evil.test" not in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/signup/", "/accounts/login/code/"]
)
@pytest.mark.parametrize("email", ["new@example.org", "known@example.org"])
def test_a_letter_names_our_site_whatever_the_browser_calls_it(
    address, email, client, settings
):
    make.person("known@example.org")
    settings.SITE_URL = "https://lab.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(address, {"email": email}, headers={"host": "evil.test"})
    for letter in mail.outbox:
        assert "evil.test" not in letter.subject + letter.body


@pytest.mark.django_db
def test_the_letter_to_an_unknown_address_leads_to_our_site(client, settings):
    settings.SITE_URL = "https://lab.example"
    client.post("/accounts/login/code/", {"email": "nobody@example.org"})
    assert "https://lab.example/accounts/signup/" in mail.outbox[0].body
