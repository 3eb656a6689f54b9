"""Residents say what changed their home."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.energy.errors import EventRefused
from livinglab.energy.models import EVERY_MONTH, DeclaredEvent, Membership, Premises
from livinglab.energy.services.savings import declare_event, take_back_event
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person
from tests import make
from tests.energy import savings_world as lab

pytestmark = pytest.mark.django_db

MOVED, RESTART = DeclaredEvent.Kind.MOVED, DeclaredEvent.Effect.RESTART
FREEZE = DeclaredEvent.Effect.FREEZE
DAY = date(2026, 5, 2)


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(owner=resident)


def test_the_owner_declares_and_the_home_is_due(
    home: Premises, resident: Person
) -> None:
    event = declare_event(home, kind=MOVED, effect=RESTART, on=DAY, by=resident)
    assert list(home.declared_events.all()) == [event]
    assert lab.due() == {(home.pk, EVERY_MONTH)}


def test_what_was_declared_can_be_taken_back(home: Premises, resident: Person) -> None:
    event = declare_event(home, kind=MOVED, effect=RESTART, on=DAY, by=resident)
    take_back_event(event, by=resident)
    assert not home.declared_events.exists()


@pytest.mark.parametrize(
    "said",
    [
        {"effect": RESTART, "on": timezone.localdate() + timedelta(days=1)},
        {"effect": RESTART, "on": DAY, "until": DAY},
        {"effect": FREEZE, "on": DAY, "until": DAY - timedelta(days=1)},
    ],
)
def test_what_contradicts_itself_is_refused(
    home: Premises, resident: Person, said: dict[str, Any]
) -> None:
    with pytest.raises(EventRefused):
        declare_event(home, kind=MOVED, by=resident, **said)
    assert lab.due() == set()


def test_the_same_new_start_twice_is_refused(home: Premises, resident: Person) -> None:
    declare_event(home, kind=MOVED, effect=RESTART, on=DAY, by=resident)
    with pytest.raises(EventRefused):
        declare_event(home, kind=MOVED, effect=RESTART, on=DAY, by=resident)


def test_only_the_owner_may_declare(home: Premises, neighbour: Person) -> None:
    Membership.objects.create(premises=home, person=neighbour)
    with pytest.raises(NotAllowed):
        declare_event(home, kind=MOVED, effect=RESTART, on=DAY, by=neighbour)


def test_the_api_lists_declares_and_takes_back(
    home: Premises, resident: Person, client: Client
) -> None:
    client.force_login(resident)
    door = f"/api/v1/premises/{home.pk}/events/"
    said = {"kind": "other", "effect": "freeze", "on": "2026-05-02"}
    answer = client.post(door, said, content_type="application/json")
    assert answer.status_code == 201
    assert [row["on"] for row in client.get(door).json()] == ["2026-05-02"]
    one = f"{door}{answer.json()['id']}/"
    assert client.delete(one).status_code == 204
    assert client.get(door).json() == []
    late = said | {"on": "2999-01-01"}
    refused = client.post(door, late, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "event_refused")


def test_another_persons_events_are_not_found(
    home: Premises, resident: Person, neighbour: Person, client: Client
) -> None:
    event = declare_event(home, kind=MOVED, effect=RESTART, on=DAY, by=resident)
    client.force_login(neighbour)
    door = f"/api/v1/premises/{home.pk}/events/"
    assert client.get(door).status_code == 404
    assert client.delete(f"{door}{event.pk}/").status_code == 404
