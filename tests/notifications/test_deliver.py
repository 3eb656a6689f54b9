"""Delivering: at most once, retried with patience, explained when not sent."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from livinglab.config.recovery import give_leases_back
from livinglab.notifications import kinds as registry
from livinglab.notifications.channels import letters
from livinglab.notifications.channels.parcel import Fate, Outcome
from livinglab.notifications.channels.ways import WAYS, Way
from livinglab.notifications.models import Delivery, Notice
from livinglab.notifications.services import sending
from livinglab.notifications.services.choosing import switch
from livinglab.notifications.services.sending import deliver_due
from tests.notifications.conftest import fates
from tests.notifications.test_notify import tell


@pytest.fixture
def answers(monkeypatch):
    """E-mail answers what is planned, in order; then it sends."""
    planned: list[Outcome] = []
    sent: list[str] = []

    def send(parcel):
        sent.append(parcel.key.hex)
        return planned.pop(0) if planned else Outcome(Fate.SENT)

    way = Way(send, letters.is_offered, letters.reaches)
    monkeypatch.setitem(WAYS, "email", way)
    return planned, sent


def test_what_is_due_goes_out_once(resident):
    tell(resident)
    assert deliver_due() == 1
    assert deliver_due() == 0

    assert len(mail.outbox) == 1
    assert Delivery.objects.get().sent_at


def test_a_worker_that_prepared_the_same_row_does_not_send_it_again(resident):
    tell(resident)
    row = Delivery.objects.select_related("person", "notice").get()
    sending.deliver(row)
    sending.deliver(row)

    assert len(mail.outbox) == 1


def test_an_unreachable_provider_is_tried_again_later_and_later(
    resident, answers, noon
):
    planned, sent = answers
    planned += [Outcome(Fate.LATER)] * 2
    tell(resident)

    deliver_due()
    assert fates() == [("email", "due", "unreachable")]
    assert deliver_due() == 0
    noon.shift(60)
    deliver_due()
    noon.shift(60)
    assert deliver_due() == 0
    noon.shift(180)
    deliver_due()

    assert fates() == [("email", "sent", "")]
    assert len(set(sent)) == 1  # the same key in every try
    assert Delivery.objects.get().tries == 3


def test_delays_grow_and_end():
    minutes = [sending.delay_s(tries) // 60 for tries in range(1, 8)]
    assert minutes == [1, 4, 16, 64, 256, 360, 360]


def test_the_provider_may_ask_for_more_patience(resident, answers):
    planned, _sent = answers
    planned.append(Outcome(Fate.LATER, wait_s=3600))
    tell(resident)
    deliver_due()

    wait = Delivery.objects.get().next_try_at - timezone.now()
    assert wait == timedelta(hours=1)


def test_after_enough_tries_it_has_failed(resident, answers, noon):
    planned, sent = answers
    planned += [Outcome(Fate.LATER)] * 20
    tell(resident)
    for _day in range(12):
        Delivery.objects.update(next_try_at=timezone.now())
        deliver_due()

    assert fates() == [("email", "failed", "gave_up")]
    assert len(sent) == sending.MOST_TRIES


@pytest.mark.parametrize(
    ("fate", "state", "reason"),
    [
        (Fate.REFUSED, "failed", "refused"),
        (Fate.NO_ADDRESS, "skipped", "no_address"),
        (Fate.UNKNOWN, "unknown", "interrupted"),
    ],
)
def test_every_end_says_why(resident, answers, fate, state, reason):
    planned, sent = answers
    planned.append(Outcome(fate))
    tell(resident)
    deliver_due()
    deliver_due()

    assert fates() == [("email", state, reason)]
    assert len(sent) == 1


def test_a_death_while_handing_over_is_never_sent_twice(resident, monkeypatch, noon):
    class Death(BaseException):
        """Like kill -9: nothing of ours runs afterwards."""

    def dies(parcel):
        raise Death

    tell(resident)
    real = WAYS["email"]
    monkeypatch.setitem(WAYS, "email", Way(dies, real.is_offered, real.reaches))
    with pytest.raises(Death):
        deliver_due()
    monkeypatch.setitem(WAYS, "email", real)

    assert fates() == [("email", "sending", "")]
    deliver_due()
    assert fates() == [("email", "sending", "")]  # its lease still stands
    noon.shift(sending.LEASE_S + 1)
    deliver_due()

    assert fates() == [("email", "unknown", "interrupted")]
    assert not mail.outbox


def test_a_restart_of_the_only_process_need_not_wait_for_the_lease(resident):
    tell(resident)
    Delivery.objects.update(
        state="sending", claimed_until=timezone.now() + timedelta(seconds=300)
    )
    give_leases_back()
    deliver_due()

    assert fates() == [("email", "unknown", "interrupted")]


def test_a_provider_that_keeps_keys_is_asked_again(resident, monkeypatch):
    keys = []

    def send(parcel):
        keys.append(parcel.key)
        return Outcome(Fate.SENT)

    way = Way(send, letters.is_offered, letters.reaches, lambda: True)
    monkeypatch.setitem(WAYS, "email", way)
    tell(resident)
    Delivery.objects.update(state="sending", tries=1)
    deliver_due()

    assert fates() == [("email", "sent", "")]
    assert keys == [Delivery.objects.get().key]


def test_a_late_answer_still_ends_what_was_unknown(resident, monkeypatch):
    def slow(parcel):
        Delivery.objects.update(state="unknown", reason="interrupted")
        return Outcome(Fate.SENT)

    way = Way(slow, letters.is_offered, letters.reaches)
    monkeypatch.setitem(WAYS, "email", way)
    tell(resident)
    deliver_due()

    assert fates() == [("email", "sent", "")]


def test_what_is_not_true_any_more_is_not_sent(resident):
    tell(resident, gone=True)
    deliver_due()

    assert fates() == [("email", "skipped", "not_true")]


def test_switched_off_in_the_meantime_is_not_sent(resident):
    tell(resident)
    switch(resident, subject="test.news", channel="email", is_on=False)
    deliver_due()

    assert fates() == [("email", "skipped", "switched_off")]


def test_an_account_closed_in_the_meantime_hears_nothing(resident):
    tell(resident)
    resident.is_active = False
    resident.save(update_fields=["is_active"])
    deliver_due()

    assert fates() == [("email", "skipped", "person_gone")]


def test_a_kind_no_app_declares_any_more_is_not_sent(resident, monkeypatch):
    tell(resident)
    monkeypatch.delitem(registry._kinds, "test.news")
    deliver_due()

    assert fates() == [("email", "skipped", "kind_gone")]


def test_a_row_that_breaks_its_worker_holds_up_nobody(resident, monkeypatch):
    tell(resident, event="bad")
    tell(resident, event="good")
    bad = Delivery.objects.order_by("pk").first()
    Delivery.objects.filter(pk=bad.pk).update(attempts=sending.MOST_CLAIMS)
    deliver_due()

    assert fates() == [("email", "failed", "gave_up"), ("email", "sent", "")]


def test_words_that_break_are_put_off_and_the_next_ones_leave(
    resident, neighbour, noon
):
    tell(resident, event="bad")
    Notice.objects.update(facts={"nothing": "of what the words need"})
    tell(neighbour, kind="test.safety")
    assert deliver_due() == 2

    assert fates() == [("email", "due", ""), ("email", "sent", "")]
    waits = []
    for _time in range(3):
        wait = Delivery.objects.get(state="due").next_try_at - timezone.now()
        waits.append(wait // timedelta(minutes=1))
        assert deliver_due() == 0
        noon.shift(wait)
        assert deliver_due() == 1
    assert waits == [1, 4, 16]


def test_words_that_always_break_are_given_up_at_last(resident, noon):
    tell(resident)
    Notice.objects.update(facts={})
    for _time in range(2 * sending.MOST_CLAIMS):  # nights do not count
        deliver_due()
        noon.shift(sending.LONGEST_DELAY_S)

    assert fates() == [("email", "failed", "gave_up")]


def test_a_channel_that_breaks_may_have_sent_and_stops_nobody(
    resident, neighbour, monkeypatch
):
    real = WAYS["email"]

    def breaks(parcel):
        if parcel.person == resident:
            raise ValueError("half way")
        return real.send(parcel)

    monkeypatch.setitem(WAYS, "email", Way(breaks, real.is_offered, real.reaches))
    tell(resident)
    tell(neighbour)
    deliver_due()

    assert fates() == [("email", "unknown", "interrupted"), ("email", "sent", "")]


def test_every_letter_counts_its_questions(resident, django_assert_max_num_queries):
    tell(resident)
    with django_assert_max_num_queries(22):
        deliver_due()
