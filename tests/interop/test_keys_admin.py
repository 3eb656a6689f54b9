"""Keys of other software in the admin site: given, limited, taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from livinglab.interop.errors import GeoRefused
from livinglab.interop.models import ApiKey, Jurisdiction, Submission
from livinglab.interop.services.keys import give_key, key_of, revoke_key
from livinglab.kernel.errors import NotAllowed
from tests import make
from tests.interop.speaking import send
from tests.issues import world

pytestmark = pytest.mark.django_db
LIST = "/admin/interop/apikey/"


def give(client: Any, **fields: Any) -> Any:
    sent = {
        "name": "동네 앱",
        "city": make.city().pk,
        "owner_email": "",
        "quota_a_day": "50",
    } | fields
    return client.post(f"{LIST}add/", sent)


def a_key(owner: Any, *, city: str = "siheung", **facts: Any) -> ApiKey:
    return ApiKey.objects.create(
        name="앱",
        owner=owner,
        city=make.city(city),
        digest=f"{city}-{owner.pk}",
        **facts,
    )


def test_a_key_is_shown_once_and_works(client, coordinator):
    client.force_login(coordinator)
    answer = give(client)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    word = re.search(r'id="key-given"[^>]*>([\w-]+)<', answer.text)[1]

    key = key_of(word)
    assert (key.name, key.owner, key.quota_a_day) == ("동네 앱", coordinator, 50)
    for address in (LIST, f"{LIST}{key.pk}/change/"):
        page = client.get(address).text
        assert word not in page
        assert key.digest not in page


def test_somebody_else_may_answer_for_it(client, coordinator, resident):
    client.force_login(coordinator)
    assert give(client, owner_email="RESIDENT@example.org").status_code == 200
    assert ApiKey.objects.get().owner == resident


@pytest.mark.parametrize(
    "wrong",
    [
        {"owner_email": "nobody@example.org"},
        {"name": ""},
        {"city": ""},
        {"quota_a_day": "0"},
        {"quota_a_day": "-1"},
    ],
)
def test_what_is_missing_is_said_and_no_key_is_made(client, coordinator, wrong):
    client.force_login(coordinator)
    answer = give(client, **wrong)
    assert answer.status_code == 200
    assert "key-given" not in answer.text
    assert not ApiKey.objects.exists()


def test_nobody_gives_a_key_of_the_other_city(client, coordinator, daegu):
    client.force_login(coordinator)
    assert "key-given" not in give(client, city=daegu.pk).text
    assert not ApiKey.objects.exists()
    for city in (daegu, None):
        with pytest.raises(NotAllowed):
            give_key("앱", city=city, owner=coordinator, by=coordinator)


def test_the_quota_can_be_changed_and_nothing_else(client, coordinator, resident):
    key = a_key(resident)
    client.force_login(coordinator)
    sent = {"name": "other", "quota_a_day": "7", "owner": coordinator.pk}
    client.post(f"{LIST}{key.pk}/change/", sent)
    key.refresh_from_db()
    assert (key.name, key.quota_a_day, key.owner) == ("앱", 7, resident)


def test_a_key_is_taken_back_from_the_list(client, coordinator):
    word = give_key("앱", city=make.city(), owner=coordinator, by=coordinator)[1]
    key = key_of(word)
    client.force_login(coordinator)
    client.post(LIST, {"action": "take_back", "_selected_action": [key.pk]})
    assert ApiKey.objects.get().revoked_at
    assert client.get(f"{LIST}{key.pk}/change/").status_code == 200
    with pytest.raises(GeoRefused):
        key_of(word)


def test_the_list_says_how_much_was_sent_lately(
    client, coordinator, django_assert_max_num_queries
):
    key = a_key(coordinator, quota_a_day=9)
    for _each in range(2):
        Submission.objects.create(key=key, issue=world.issue())
    old = timezone.now() - timedelta(days=2)
    Submission.objects.create(key=key, issue=world.issue(), at=old)
    client.force_login(coordinator)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        page = client.get(LIST).text
    assert "2 / 9" in page


@pytest.mark.parametrize("verb", ["get", "post"])
def test_keys_of_the_other_city_are_not_there(
    client, daegu_coordinator, resident, verb
):
    key = a_key(resident)
    client.force_login(daegu_coordinator)
    assert "앱" not in client.get(LIST).text.split("result_list")[-1]
    address = f"{LIST}{key.pk}/change/"
    assert getattr(client, verb)(address, {"quota_a_day": 1}).status_code == 404
    with pytest.raises(NotAllowed):
        revoke_key(key, by=daegu_coordinator)


def test_an_evaluator_gives_nothing(client, evaluator):
    client.force_login(evaluator)
    assert client.get(f"{LIST}add/").status_code == 403


def test_a_key_of_one_city_opens_nothing_in_the_other(client, coordinator):
    make.neighbourhood("2714074200")
    world.category(city="daegu")
    for code in ("siheung", "daegu"):
        Jurisdiction.objects.create(code=f"{code}.go.kr", city=make.city(code))
    word = give_key("앱", city=make.city(), owner=coordinator, by=coordinator)[1]
    lon, lat = world.ANSIM
    sent = {
        "api_key": word,
        "jurisdiction_id": "daegu.go.kr",
        "service_code": "pothole",
        "lat": lat,
        "long": lon,
    }
    answer = client.post("/open311/v2/requests.json", sent)
    assert answer.status_code == 403
    assert answer.json()[0]["code"] == 403


def test_the_list_counts_what_each_key_sent_today(client, coordinator):
    busy, idle = a_key(coordinator), a_key(coordinator, city="daegu")
    ApiKey.objects.filter(pk=idle.pk).update(city=make.city())
    for days in (0, 0, 3):
        at = timezone.now() - timedelta(days=days)
        Submission.objects.create(key=busy, issue=world.issue(), at=at)
    client.force_login(coordinator)
    sent = {one.pk: one.sent_today for one in client.get(LIST).context["cl"].queryset}
    assert sent == {busy.pk: 2, idle.pk: 0}


def test_a_coordinator_sees_where_the_program_keeps_a_picture(
    client, cities, key, coordinator
):
    address = "https://pictures.example/a.jpg?x=<b>"
    send(client, key, media_url=address)
    sent = Submission.objects.get()
    client.force_login(coordinator)
    text = client.get(f"/admin/interop/submission/{sent.pk}/change/").text
    assert "https://pictures.example/a.jpg" in text
    assert "<b>" not in text.split("pictures.example", 1)[1][:40]


def test_a_key_is_stored_in_one_way_and_names_the_only_city(client, coordinator):
    client.force_login(coordinator)
    shown = client.get(f"{LIST}add/").text
    assert "_addanother" not in shown
    assert "_continue" not in shown
    assert f'value="{make.city().pk}" selected' in shown
