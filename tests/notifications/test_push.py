"""Web push against a push service on this machine: encrypted, signed, pruned."""

import stat

import pytest

from livinglab.notifications.channels import vapid
from livinglab.notifications.channels.push import is_known_service
from livinglab.notifications.errors import SubscriptionRefused
from livinglab.notifications.models import Notice, PushSubscription
from livinglab.notifications.services.browsers import (
    MOST_BROWSERS,
    Address,
    subscribe,
    unsubscribe,
)
from livinglab.notifications.services.choosing import switch
from livinglab.notifications.services.sending import deliver_due
from tests.notifications.conftest import fates, new_browser
from tests.notifications.doubles import Browser, is_signed_by, plain64
from tests.notifications.test_notify import tell


@pytest.fixture(autouse=True)
def push_only(resident):
    for urgency in ("news", "action", "safety"):
        switch(resident, subject=urgency, channel="email", is_on=False)


def test_the_browser_reads_what_the_server_signed(resident, browser, push_service):
    tell(resident, kind="test.safety")
    deliver_due()

    (request,) = push_service.taken
    assert is_signed_by(request, vapid.public_key())
    assert request["headers"]["Urgency"] == "high"
    message = browser.read(request)
    assert message["title"] == "rain happened"
    assert message["page"] == "/about/?what=rain"
    assert message["url"] == f"/me/inbox/{Notice.objects.get().pk}/"
    assert fates() == [("push", "sent", "")]


def test_every_browser_gets_it_once(resident, browser, push_service):
    other = new_browser(resident, f"{push_service.url}/two")
    tell(resident)
    deliver_due()
    deliver_due()

    taken = {request["path"]: request for request in push_service.taken}
    assert set(taken) == {"/one", "/two"}
    assert len(push_service.taken) == 2
    assert other.read(taken["/two"])["title"] == "rain happened"
    assert fates() == [("push", "sent", "")]


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_browser_is_forgotten(resident, browser, push_service, status):
    push_service.statuses["/one"] = status
    tell(resident)
    deliver_due()

    assert fates() == [("push", "skipped", "no_address")]
    assert not PushSubscription.objects.exists()


def test_one_dead_browser_does_not_hide_the_living_one(resident, browser, push_service):
    new_browser(resident, f"{push_service.url}/two")
    push_service.statuses["/one"] = 410
    tell(resident)
    deliver_due()

    assert fates() == [("push", "sent", "")]
    assert PushSubscription.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (429, ("due", "unreachable")),
        (503, ("due", "unreachable")),
        (413, ("failed", "refused")),
        (302, ("failed", "refused")),
        (500, ("unknown", "interrupted")),
    ],
)
def test_what_the_push_service_answers(resident, browser, push_service, status, fate):
    push_service.statuses["/one"] = status
    push_service.headers_out["Location"] = f"{push_service.url}/elsewhere"
    tell(resident)
    deliver_due()

    assert fates() == [("push", *fate)]
    assert [request["path"] for request in push_service.taken] == ["/one"]


def test_a_service_that_hangs_up_may_have_taken_it(resident, browser, push_service):
    push_service.cut_off = True
    tell(resident)
    deliver_due()

    assert fates() == [("push", "unknown", "interrupted")]


def test_a_service_that_is_away_took_nothing(resident, browser):
    PushSubscription.objects.update(endpoint="http://127.0.0.1:9/gone")
    tell(resident)
    deliver_due()

    assert fates() == [("push", "due", "unreachable")]


def test_the_key_is_made_once_and_only_we_can_read_it(tmp_path):
    first = vapid.public_key()
    vapid._read.cache_clear()

    assert vapid.public_key() == first
    assert stat.S_IMODE((tmp_path / "vapid.pem").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["vapid.pem"]


def test_without_a_key_a_server_of_many_machines_offers_no_push(
    resident, browser, settings
):
    settings.EMBEDDED = False
    tell(resident)

    assert fates() == []


@pytest.mark.parametrize(
    ("endpoint", "is_known"),
    [
        ("https://fcm.googleapis.com/fcm/send/x", True),
        ("https://web.push.apple.com/x", True),
        ("http://fcm.googleapis.com/fcm/send/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com@evil.example/x", False),
        ("https://evil.example/fcm.googleapis.com", False),
        ("https://evilpush.apple.com.example/", False),
        ("http://127.0.0.1:8000/admin/", False),
        ("http://169.254.169.254/", False),
        ("https://[", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_the_browsers_own_services_are_called(settings, endpoint, is_known):
    settings.PUSH_HOSTS = ["fcm.googleapis.com", ".push.apple.com"]
    assert is_known_service(endpoint) == is_known


NO_POINT = plain64(b"\x04" + b"\x01" * 64)  # as long as one, and not on the curve


def test_a_browser_with_a_key_for_nothing_is_given_up_and_holds_up_nobody(
    resident, neighbour, browser, push_service
):
    bad = new_browser(resident, f"{push_service.url}/bad")
    rows = PushSubscription.objects.filter(auth=bad.keys["auth"])
    assert rows.update(p256dh=NO_POINT) == 1  # kept before this was looked at
    new_browser(neighbour, f"{push_service.url}/hers")
    tell(resident)
    tell(neighbour)
    deliver_due()

    assert {request["path"] for request in push_service.taken} == {"/one", "/hers"}
    assert fates(channel="push") == [("push", "sent", "")] * 2
    assert not rows.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": "x"},
        {"p256dh": NO_POINT},
        {"p256dh": plain64(b"\x02" + b"\x01" * 64)},
        {"p256dh": "열쇠"},
        {"auth": "!!"},
        {"endpoint": "https://evil.example/"},
    ],
)
def test_unusable_subscriptions_are_refused_in_words(resident, wrong):
    facts = {"endpoint": "http://127.0.0.1:1/x", **Browser().keys} | wrong
    with pytest.raises(SubscriptionRefused, match="알림 주소"):
        subscribe(resident, Address(**facts))


def test_a_browser_belongs_to_who_is_signed_in_last(resident, neighbour, browser):
    endpoint = PushSubscription.objects.get().endpoint
    new_browser(neighbour, endpoint)

    assert PushSubscription.objects.get().person == neighbour
    unsubscribe(resident, endpoint=endpoint)
    assert PushSubscription.objects.exists()


def test_nobody_collects_browsers_without_end(resident, push_service):
    for number in range(MOST_BROWSERS + 2):
        new_browser(resident, f"{push_service.url}/{number}")
    assert PushSubscription.objects.count() == MOST_BROWSERS


def test_the_key_may_come_from_the_environment_in_one_line(settings, tmp_path):
    wanted = vapid.public_key()
    lines = (tmp_path / "vapid.pem").read_text().splitlines()
    settings.VAPID_PRIVATE_KEY = "".join(line for line in lines if "-----" not in line)
    settings.DATA_DIR = tmp_path / "elsewhere"

    assert vapid.public_key() == wanted
    assert not settings.DATA_DIR.exists()
