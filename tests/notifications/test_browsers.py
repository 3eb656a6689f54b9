"""Browsers that get push messages: whose, till when, and their new addresses."""

import pytest

from livinglab.notifications.models import PushSubscription
from livinglab.people.events import session_ended
from tests.notifications.conftest import new_browser
from tests.notifications.doubles import Browser

SUBSCRIPTIONS = "/api/v1/push/subscriptions/"
RENEWALS = "/api/v1/push/renewals/"
OLD, NEW = "http://127.0.0.1:1/old", "http://127.0.0.1:1/new"


def send(client, address, body):
    return client.post(address, body, content_type="application/json")


@pytest.fixture
def phone(client, resident):
    """The resident's phone, signed in, agreed."""
    client.force_login(resident)
    found = Browser()
    body = {"endpoint": OLD, "keys": found.keys}
    assert send(client, SUBSCRIPTIONS, body).status_code == 204
    return found


def renewal(held, **more):
    old = {"endpoint": OLD, "auth": held.keys["auth"]}
    return {"endpoint": NEW, "keys": Browser().keys, "old": old} | more


def test_signing_out_takes_the_phone_off(client, phone):
    client.logout()
    assert not PushSubscription.objects.exists()


def test_signing_out_elsewhere_leaves_this_phone_alone(client, phone, resident):
    other = type(client)()
    other.force_login(resident)
    other.logout()
    assert PushSubscription.objects.exists()


def test_ending_a_session_from_afar_takes_its_phone_off(client, phone):
    key = client.session.session_key
    session_ended.send(None, session_key="another")
    assert PushSubscription.objects.exists()
    session_ended.send(None, session_key=key)
    assert not PushSubscription.objects.exists()


def test_one_browser_can_be_taken_off_the_list(client, phone, resident, neighbour):
    other = new_browser(neighbour, NEW)
    mine = PushSubscription.objects.get(person=resident)
    hers = PushSubscription.objects.get(person=neighbour)

    foreign = client.post(f"/me/notifications/browsers/{hers.pk}/")
    own = client.post(f"/me/notifications/browsers/{mine.pk}/", follow=True)

    assert foreign.status_code == 404
    assert "이제 그 브라우저로는 알림이 가지 않아요" in own.text
    assert [row.auth for row in PushSubscription.objects.all()] == [other.keys["auth"]]


def test_only_ones_own_browsers_are_listed(client, phone, neighbour):
    new_browser(neighbour, NEW)
    assert len(client.get(SUBSCRIPTIONS).json()) == 1
    client.logout()
    assert client.get(SUBSCRIPTIONS).status_code == 401


def test_a_browser_renews_its_address_without_a_session(client, phone, resident):
    stranger = type(client)(enforce_csrf_checks=True)

    answer = send(stranger, RENEWALS, renewal(phone))

    assert answer.status_code == 204
    row = PushSubscription.objects.get()
    assert (row.endpoint, row.person) == (NEW, resident)
    assert send(stranger, RENEWALS, renewal(phone)).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"old": {"endpoint": OLD, "auth": "AAAAAAAAAAAAAAAAAAAAAA"}},
        {"old": {"endpoint": NEW, "auth": "AAAAAAAAAAAAAAAAAAAAAA"}},
        {"endpoint": "https://evil.example/x"},
        {"keys": {"p256dh": "x", "auth": "y"}},
    ],
)
def test_nobody_else_renews_it(client, phone, wrong):
    answer = send(client, RENEWALS, renewal(phone, **wrong))
    assert answer.status_code == 422
    assert "알림 주소" in answer.text
    assert PushSubscription.objects.get().endpoint == OLD


def test_renewing_again_and_again_is_stopped(client, phone):
    codes = {send(client, RENEWALS, {}).status_code for _n in range(31)}
    assert codes == {400, 429}
