"""Telling: once a person, kind and event; rows for what the person chose."""

import pytest
from django.db import transaction

from livinglab.notifications.models import Delivery, Notice
from livinglab.notifications.services import Told, notify, notify_all, withdraw_notices
from livinglab.notifications.services.choosing import switch
from livinglab.people.models import Person
from tests import make
from tests.notifications.conftest import fates


def tell(person: Person, kind: str = "test.news", event: str = "e1", **facts: object):
    return notify(person, kind=kind, event=event, facts={"what": "rain"} | facts)


def test_an_event_told_five_times_is_one_notice_and_one_delivery(resident):
    notices = {tell(resident).pk for _time in range(5)}

    assert len(notices) == 1
    assert fates() == [("email", "due", "")]


def test_another_event_and_another_person_are_other_notices(resident, neighbour):
    tell(resident)
    tell(resident, event="e2")
    tell(neighbour)

    assert Notice.objects.count() == 3


def test_the_notice_stands_or_falls_with_what_happened(resident):
    with transaction.atomic():
        tell(resident)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_only_channels_that_reach_the_person_are_planned(resident, browser, mobile):
    tell(resident)

    assert {channel for channel, _state, _why in fates()} == {"email", "push"}


def test_a_kind_without_channels_stands_in_the_inbox_only(resident):
    tell(resident, kind="test.quiet")

    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_the_switch_of_a_kind_outweighs_that_of_its_urgency(resident):
    switch(resident, subject="news", channel="email", is_on=False)
    tell(resident)
    assert not Delivery.objects.exists()

    switch(resident, subject="test.news", channel="email", is_on=True)
    tell(resident, event="e2")
    assert fates() == [("email", "due", "")]


def test_a_repeated_event_does_not_go_out_on_a_channel_switched_on_since(resident):
    switch(resident, subject="test.news", channel="email", is_on=False)
    tell(resident)
    switch(resident, subject="test.news", channel="email", is_on=True)
    tell(resident)

    assert not Delivery.objects.exists()


def test_closed_accounts_are_told_nothing(resident):
    resident.is_active = False
    assert tell(resident) is None


def test_an_unknown_kind_is_a_mistake_of_ours(resident):
    with pytest.raises(ValueError, match="no app declares"):
        tell(resident, kind="test.nothing")


def test_a_thousand_people_are_told_in_few_questions(db, django_assert_max_num_queries):
    people = [make.person() for _n in range(20)]
    told = [Told(person, "e1", {"what": "rain"}) for person in people]

    with django_assert_max_num_queries(12):
        assert notify_all(told, kind="test.news") == 20
    assert notify_all(told, kind="test.news") == 0


def test_one_person_hears_of_two_things_at_once(resident):
    told = [Told(resident, event, {"what": event}) for event in ("a", "b")]

    assert notify_all(told, kind="test.news") == 2
    assert Delivery.objects.count() == 2


def test_what_was_withdrawn_leaves_the_inbox_and_is_not_sent(resident):
    notify(resident, kind="test.news", event="e", facts={"what": "x"}, about="thing:1")
    assert withdraw_notices(about="thing:1") == 1

    assert fates() == [("email", "skipped", "withdrawn")]
    assert not Notice.objects.visible_to(resident).exists()


def test_who_looks_at_the_inbox_hears_of_it(
    resident, monkeypatch, django_capture_on_commit_callbacks
):
    heard = []
    monkeypatch.setattr(
        "livinglab.notifications.listeners.announce_all",
        lambda names, what: heard.extend((name, what) for name in names),
    )
    with django_capture_on_commit_callbacks(execute=True):
        tell(resident)

    assert heard == [(f"person:{resident.pk}", "inbox")]
    assert Delivery.objects.get().state == Delivery.State.SENT
