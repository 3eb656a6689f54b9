"""Kakao and Naver open one's own account, and nobody else's."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.kakao.views import KakaoOAuth2Adapter
from allauth.socialaccount.providers.naver.views import NaverOAuth2Adapter
from django.core import mail
from django.core.cache import caches
from django.test import Client

from livinglab.people.models import Person
from tests.people.social_server import SocialServer
from tests.people.test_prove import mailed_code
from tests.people.test_sign_up import CONSENTS, PLACE, YES
from tests.signing_in import forget_proofs

KEYS = [{"client_id": "lab", "secret": "kept"}]


@pytest.fixture(scope="module")
def server() -> Iterator[SocialServer]:
    running = SocialServer()
    yield running
    running.close()


@pytest.fixture
def far(server: SocialServer, settings: Any, monkeypatch: Any, db: None) -> Any:
    """The real provider classes, with this machine in place of the far ones."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "kakao": settings.SOCIALACCOUNT_PROVIDERS["kakao"] | {"APPS": KEYS},
        "naver": settings.SOCIALACCOUNT_PROVIDERS["naver"] | {"APPS": KEYS},
    }
    for adapter in (KakaoOAuth2Adapter, NaverOAuth2Adapter):
        monkeypatch.setattr(adapter, "access_token_url", f"{server.url}/oauth/token")
        monkeypatch.setattr(adapter, "profile_url", f"{server.url}/me")
    server.asked.clear()
    return server


def come_back(client: Client, name: str, *, code: str = "good", **query: str) -> Any:
    """Press the button, say yes over there, come back with a code."""
    away = client.post(
        f"/accounts/{name}/login/?process={query.pop('process', 'login')}"
    )
    state = parse_qs(urlparse(away["Location"]).query)["state"][0]
    facts = {"code": code, "state": state} | query
    return client.get(f"/accounts/{name}/login/callback/", facts)


def signed_in_as(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_the_buttons_stand_only_where_a_city_has_keys(client, far, settings):
    assert "/accounts/kakao/login/" in client.get("/accounts/login/").text
    settings.SOCIALACCOUNT_PROVIDERS = {"kakao": {"APPS": []}, "naver": {"APPS": []}}
    caches["pages"].clear()  # a new process, as new settings mean
    page = client.get("/accounts/login/").text

    assert "kakao" not in page
    assert "naver" not in page
    assert client.post("/accounts/kakao/login/").status_code == 404
    assert client.get("/accounts/naver/login/callback/").status_code == 404


def test_the_way_there_carries_a_state_and_a_challenge(client, far):
    away = urlparse(client.post("/accounts/kakao/login/")["Location"])
    query = parse_qs(away.query)

    assert f"{away.scheme}://{away.netloc}" == "https://kauth.kakao.com"
    assert query["scope"] == ["account_email"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["state"][0]) >= 16


def test_a_link_alone_sends_nobody_away(client, far):
    assert client.get("/accounts/kakao/login/").status_code == 200


def test_a_confirmed_kakao_address_signs_up_without_a_code(far):
    far.kakao(4242, "new@example.org")
    phone = Client()

    assert come_back(phone, "kakao")["Location"] == PLACE
    phone.post(PLACE, {"place": "later"})
    phone.post(CONSENTS, YES)

    person = Person.objects.get()
    assert signed_in_as(phone) == str(person.pk)
    assert person.email == "new@example.org"
    assert EmailAddress.objects.get().verified
    assert not mail.outbox


def test_nothing_but_a_number_is_kept_of_them(far):
    far.kakao(4242, "new@example.org")
    come_back(Client(), "kakao")

    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data) == ("4242", {})
    assert not SocialToken.objects.exists()
    assert Person.objects.get().name == ""


@pytest.mark.parametrize("name", ["kakao", "naver"])
def test_an_unconfirmed_address_needs_the_code(far, name):
    far.kakao(1, "new@example.org", verified=False)
    if name == "naver":
        far.naver("abc", "new@example.org")
    phone = Client()

    answer = come_back(phone, name)

    assert answer["Location"] == "/accounts/confirm-email/"
    assert not EmailAddress.objects.get().verified
    after = phone.post("/accounts/confirm-email/", {"code": mailed_code()})
    assert after["Location"] == PLACE


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("name", ["kakao", "naver"])
def test_somebody_s_address_over_there_opens_nobody_s_account(
    far, resident, name, verified
):
    far.kakao(666, resident.email, verified=verified)
    if name == "naver":
        far.naver("evil", resident.email)
    phone = Client()

    answer = come_back(phone, name)

    assert signed_in_as(phone) == ""
    assert not SocialAccount.objects.exists()
    assert Person.objects.count() == 1
    assert answer["Location"] == "/accounts/confirm-email/"
    assert mail.outbox[0].to == [resident.email]
    assert mail.outbox[0].subject == "이미 가입되어 있어요"


def test_without_an_address_one_is_asked_for(far):
    far.kakao(7)
    phone = Client()

    assert come_back(phone, "kakao")["Location"] == "/accounts/3rdparty/signup/"
    phone.post("/accounts/3rdparty/signup/", {"email": "new@example.org"})
    phone.post("/accounts/confirm-email/", {"code": mailed_code()})
    phone.post(PLACE, {"place": "later"})
    phone.post(CONSENTS, YES)

    assert signed_in_as(phone)


def test_the_second_time_one_is_in_at_once(far):
    far.kakao(4242, "new@example.org")
    phone = Client()
    come_back(phone, "kakao")
    phone.post(PLACE, {"place": "later"})
    phone.post(CONSENTS, YES)
    other = Client()

    come_back(other, "kakao")

    assert signed_in_as(other) == signed_in_as(phone) != ""


def test_joining_one_s_own_account(client, far, resident):
    far.naver("mine", "another@example.org")
    client.force_login(resident)

    come_back(client, "naver", process="connect")

    assert SocialAccount.objects.get().user == resident
    other = Client()
    come_back(other, "naver")
    assert signed_in_as(other) == str(resident.pk)


def test_joining_asks_for_a_fresh_proof(client, far, resident):
    far.naver("mine", "another@example.org")
    client.force_login(resident)
    forget_proofs(client)

    answer = come_back(client, "naver", process="connect")

    assert not SocialAccount.objects.exists()
    assert client.get(answer["Location"])["Location"] == "/me/prove/"
    client.post("/me/prove/", {"action": "send"})
    client.post("/me/prove/", {"code": mailed_code()})
    assert SocialAccount.objects.get().user == resident


def test_parting_from_one_leaves_the_code_in_the_mail(client, far, resident):
    joined = SocialAccount.objects.create(user=resident, provider="naver", uid="mine")
    client.force_login(resident)
    page = client.get("/accounts/3rdparty/")
    assert f'value="{joined.pk}"' in page.text

    client.post("/accounts/3rdparty/", {"account": joined.pk})

    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].to == [resident.email]


def test_what_belongs_to_another_account_stays_there(client, far, resident, neighbour):
    far.naver("theirs", "x@example.org")
    SocialAccount.objects.create(user=neighbour, provider="naver", uid="theirs")
    client.force_login(resident)

    come_back(client, "naver", process="connect")

    assert SocialAccount.objects.get().user == neighbour


@pytest.mark.parametrize(
    "query",
    [
        {"code": "bad"},
        {"error": "access_denied"},
        {"state": "somebody-else-s"},
        {"state": ""},
    ],
)
def test_a_no_a_bad_code_or_a_foreign_state_signs_nobody_in(far, query):
    far.kakao(4242, "new@example.org")
    phone = Client()

    answer = come_back(phone, "kakao", **query)

    assert answer.status_code in {200, 302, 401}
    assert signed_in_as(phone) == ""
    assert not Person.objects.exists()


def test_coordinators_need_the_second_factor_here_too(far, coordinator):
    for purpose in ("service", "personal_data"):
        coordinator.consents.create(purpose=purpose, version="2026-11")
    SocialAccount.objects.create(user=coordinator, provider="kakao", uid="4242")
    far.kakao(4242, coordinator.email)
    phone = Client()
    come_back(phone, "kakao")

    assert signed_in_as(phone) == str(coordinator.pk)
    assert phone.get("/admin/").status_code == 302
