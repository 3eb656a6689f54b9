"""What staff see of messages, what one takes along, what goes at the end."""

import pytest

from livinglab.kernel.personal_data import holder, rows_of
from livinglab.notifications.models import (
    Delivery,
    MobileNumber,
    Notice,
    Preference,
    PushSubscription,
    Rhythm,
)
from livinglab.notifications.services.choosing import switch
from livinglab.notifications.services.sending import deliver_due
from livinglab.notifications.today import failed_messages
from tests.notifications.test_notify import tell

LIST = "/admin/notifications/delivery/"


@pytest.fixture
def a_delivery(resident):
    tell(resident, what="a secret")
    deliver_due()
    return Delivery.objects.get()


def test_a_coordinator_sees_states_and_no_words(client, coordinator, a_delivery):
    client.force_login(coordinator)
    for address in (LIST, f"{LIST}{a_delivery.pk}/change/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "보냄" in page.text
        for hidden in ("a secret", "resident@example.org", "보라네"):
            assert hidden not in page.text


def test_another_citys_messages_are_not_there(client, daegu_coordinator, a_delivery):
    client.force_login(daegu_coordinator)
    assert f"#{a_delivery.pk}" not in client.get(LIST).text
    assert client.get(f"{LIST}{a_delivery.pk}/change/").status_code == 404


def test_nobody_changes_a_delivery_by_hand(client, coordinator, a_delivery):
    client.force_login(coordinator)
    client.post(f"{LIST}{a_delivery.pk}/change/", {"state": "due"})
    client.post(f"{LIST}{a_delivery.pk}/delete/", {"post": "yes"})
    a_delivery.refresh_from_db()
    assert a_delivery.state == "sent"


def test_failed_messages_wait_for_the_coordinator(coordinator, resident, a_delivery):
    Delivery.objects.update(state="failed")
    assert [card.count for card in failed_messages(coordinator)] == [1, 0]
    assert failed_messages(resident) == []


def test_everything_is_exported_and_erased(resident, neighbour, browser, mobile):
    tell(resident)
    tell(neighbour)
    switch(resident, subject="news", channel="email", is_on=False)
    held = holder("notifications")

    told = {one.model: list(rows_of(one, resident)) for one in held.held}
    assert told["notifications.Notice"][0]["facts"] == {"what": "rain"}
    assert told["notifications.MobileNumber"][0]["number"] == "01012345678"
    assert len(told["notifications.PushSubscription"]) == 1

    gone = held.erase(resident, {})
    assert gone["notifications.Notice"] == 1
    for model in (
        Notice,
        Delivery,
        Preference,
        Rhythm,
        PushSubscription,
        MobileNumber,
    ):
        assert not model.objects.filter(person=resident).exists()
    assert Notice.objects.filter(person=neighbour).exists()
