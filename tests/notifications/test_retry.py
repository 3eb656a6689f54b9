"""What staff may do about messages that could not be sent: let them go once more."""

import pytest
from django.core import mail
from django.utils import timezone

from livinglab.kernel.errors import NotAllowed
from livinglab.notifications.errors import CannotBeRetried
from livinglab.notifications.models import Delivery
from livinglab.notifications.selectors import count_deliveries
from livinglab.notifications.services.retrying import retry_delivery
from livinglab.notifications.services.sending import deliver_due
from tests.notifications.conftest import fates
from tests.notifications.test_notify import tell

LIST = "/admin/notifications/delivery/"


@pytest.fixture
def failed(resident):
    tell(resident)
    Delivery.objects.update(state="failed", reason="gave_up", tries=8)
    return Delivery.objects.get()


def test_a_failed_message_leaves_once_more(failed, coordinator):
    key = failed.key
    retry_delivery(failed, by=coordinator)
    deliver_due()

    assert fates() == [("email", "sent", "")]
    assert Delivery.objects.get().key == key
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("state", ["unknown", "sent", "skipped", "sending", "due"])
def test_what_may_have_been_sent_or_was_not_to_be_stays(failed, coordinator, state):
    Delivery.objects.update(state=state, sent_at=timezone.now())
    with pytest.raises(CannotBeRetried):
        retry_delivery(failed, by=coordinator)
    assert Delivery.objects.get().state == state


def test_only_the_persons_own_city_may(failed, daegu_coordinator, resident, evaluator):
    for person in (daegu_coordinator, resident, evaluator):
        with pytest.raises(NotAllowed):
            retry_delivery(failed, by=person)
    assert Delivery.objects.get().state == "failed"


def test_a_coordinator_sends_again_from_the_list(client, coordinator, failed, resident):
    tell(resident, event="e2")
    Delivery.objects.filter(state="due").update(state="unknown")
    client.force_login(coordinator)
    rows = list(Delivery.objects.values_list("pk", flat=True))

    page = client.post(
        LIST, {"action": "try_again", "_selected_action": rows}, follow=True
    ).text

    assert "메시지 1건을 다시 보내요" in page
    assert "보내지 못한 메시지만" in page
    assert sorted(state for _c, state, _r in fates()) == ["due", "unknown"]


def test_another_city_cannot_even_choose_it(client, daegu_coordinator, failed):
    client.force_login(daegu_coordinator)
    client.post(LIST, {"action": "try_again", "_selected_action": [failed.pk]})
    assert Delivery.objects.get().state == "failed"


def test_the_list_counts_the_week_by_channel_and_says_why_not(
    client, coordinator, failed, resident, noon
):
    tell(resident, event="e2")
    deliver_due()
    counts = count_deliveries(Delivery.objects.all(), since=timezone.now())
    email = dict(zip(counts.states, counts.channels[1].counts, strict=True))
    assert (email["보냄"], email["보내지 못함"], email["대기 중"]) == (1, 1, 0)
    assert counts.reasons == [("여러 번 해 보고 그만뒀어요", 1)]

    client.force_login(coordinator)
    page = client.get(LIST).text
    assert "지난 7일 동안" in page

    noon.shift(8 * 24 * 3600)
    client.force_login(coordinator)
    later = count_deliveries(Delivery.objects.all(), since=timezone.now())
    assert sum(sum(row.counts) for row in later.channels) == 0


def test_counting_is_one_question(resident, django_assert_max_num_queries):
    for number in range(5):
        tell(resident, event=str(number))
    with django_assert_max_num_queries(1):
        count_deliveries(Delivery.objects.all(), since=timezone.now())
