"""One's own data through the JSON door, and nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from livinglab.people.models import Consent, Download, Helping, Leaving
from livinglab.people.services import log_read
from livinglab.people.services.downloads import ask_download
from livinglab.people.services.helping import invite_helper
from tests.people.test_helping import helped
from tests.signing_in import forget_proofs


@pytest.fixture
def mine(client, resident):
    client.force_login(resident)
    return client


def put(client, address, facts):
    return client.put(address, facts, content_type="application/json")


def post(client, address, facts=None):
    return client.post(address, facts or {}, content_type="application/json")


def test_the_profile_is_read_and_corrected(mine, resident):
    answer = mine.patch(
        "/api/v1/me/profile/", {"name": "새이름"}, content_type="application/json"
    )
    assert answer.json() == {
        "name": "새이름",
        "neighbourhood": "4139059100",
        "language": "ko",
    }
    resident.refresh_from_db()
    assert resident.name == "새이름"


@pytest.mark.parametrize(
    "facts", [{"name": "n" * 41}, {"neighbourhood": "nowhere"}, {"language": "xx"}]
)
def test_odd_profiles_are_refused(mine, facts):
    answer = mine.patch("/api/v1/me/profile/", facts, content_type="application/json")
    assert answer.status_code in {400, 422}


def test_consents_with_words_and_history(mine, resident):
    told = {one["purpose"]: one for one in mine.get("/api/v1/me/consents/").json()}
    assert set(told) == set(Consent.Purpose.values)
    assert told["service"]["is_required"]
    answer = put(mine, "/api/v1/me/consents/comparison/", {"agreed": False}).json()
    assert not answer["is_on"]
    assert [one["is_yes"] for one in answer["history"]] == [False, True]


def test_what_cannot_be_withdrawn_says_so(mine):
    answer = put(mine, "/api/v1/me/consents/service/", {"agreed": False})
    assert answer.status_code == 409
    assert answer.json()["code"] == "not_withdrawable"
    assert mine.get("/api/v1/me/consents/nothing/").status_code == 404


def test_looks_come_with_role_and_city(mine, resident, coordinator):
    log_read(resident, by=coordinator, what="집", why="점검")
    read = mine.get("/api/v1/me/reads/").json()["results"][0]
    assert (read["reader_as"], read["city"]) == ("coordinator", "siheung")
    assert read["reader"] is None
    assert mine.get("/api/v1/me/reads/?who=helper").json()["results"] == []


def test_a_download_is_asked_for_once(mine):
    assert post(mine, "/api/v1/me/downloads/").status_code == 201
    again = post(mine, "/api/v1/me/downloads/")
    assert (again.status_code, again.json()["code"]) == (409, "download_refused")
    assert [one["state"] for one in mine.get("/api/v1/me/downloads/").json()] == ["due"]


def test_the_list_holds_only_ones_own(mine, neighbour):
    ask_download(neighbour)
    assert mine.get("/api/v1/me/downloads/").json() == []
    assert Download.objects.exists()


def test_leaving_needs_a_fresh_proof_and_ends_the_session(mine, resident):
    forget_proofs(mine)
    assert post(mine, "/api/v1/me/leaving/").status_code == 403
    assert not Leaving.objects.exists()
    mine.force_login(resident)
    answer = post(mine, "/api/v1/me/leaving/", {"answers": {}})
    assert answer.status_code == 201
    assert answer.json()["is_leaving"]
    assert mine.get("/api/v1/me/").status_code == 401


def test_thinking_again(mine, resident):
    post(mine, "/api/v1/me/leaving/")
    resident.refresh_from_db()
    mine.force_login(resident)
    assert mine.get("/api/v1/me/leaving/").json()["is_leaving"]
    answer = mine.delete("/api/v1/me/leaving/")
    assert not answer.json()["is_leaving"]
    assert mine.get("/api/v1/me/").status_code == 200


def test_a_token_neither_leaves_nor_confirms(mine, resident, neighbour):
    token = mine.post("/api/v1/me/tokens/").json()["token"]
    mine.logout()
    with_token = {"Authorization": f"Token {token}"}
    for address in ("/api/v1/me/leaving/", "/api/v1/me/helping/1/confirm/"):
        answer = mine.post(address, headers=with_token)
        assert answer.status_code == 401


def test_help_from_code_to_end(mine, client, resident, neighbour):
    until = (timezone.localdate() + timedelta(days=20)).isoformat()
    wish = {"areas": ["energy"], "until": until}
    made = post(mine, "/api/v1/me/helping/", wish).json()
    pk = made["helping"]["id"]
    other = type(client)()
    other.force_login(neighbour)
    answer = post(other, "/api/v1/me/helping/accept/", {"code": made["code"]})
    assert answer.json()["state"] == "accepted"
    assert post(other, f"/api/v1/me/helping/{pk}/confirm/").status_code == 404
    assert post(mine, f"/api/v1/me/helping/{pk}/confirm/").json()["is_active"]
    assert other.get(f"/api/v1/me/helping/{pk}/acts/").json() == []
    assert other.delete(f"/api/v1/me/helping/{pk}/").json()["ended_by"] == "helper"
    assert not Helping.objects.active().exists()


@pytest.mark.parametrize("rest", ["", "acts/"])
def test_other_peoples_help_is_not_there(mine, neighbour, stranger, rest):
    helping = helped(neighbour, stranger)
    assert mine.get(f"/api/v1/me/helping/{helping.pk}/{rest}").status_code == 404
    assert mine.delete(f"/api/v1/me/helping/{helping.pk}/").status_code == 404


def test_the_code_is_shown_once(mine, resident):
    _helping, code = invite_helper(
        resident, areas=["energy"], until=timezone.localdate()
    )
    assert code not in mine.get("/api/v1/me/helping/").text
