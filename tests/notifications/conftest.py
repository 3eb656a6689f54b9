"""A quiet noon, kinds of our own, a push service and a gateway on this machine."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from livinglab.notifications import kinds as registry
from livinglab.notifications.models import Delivery, MobileNumber
from livinglab.notifications.services.browsers import Address, subscribe
from livinglab.people.models import Person
from tests.notifications import kinds
from tests.notifications.doubles import Browser, Double, serving

NOON = "2026-11-25T12:00:00+09:00"  # a Wednesday


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in kinds.ALL:
        monkeypatch.setitem(registry._kinds, kind.name, kind)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def no_gateway(settings: Any, tmp_path: Any) -> None:
    """Push and text messages only where a test asks for them."""
    settings.SMS_GATEWAY = ""
    settings.VAPID_PRIVATE_KEY = ""
    settings.EMBEDDED = True
    settings.DATA_DIR = tmp_path
    settings.PUSH_HOSTS = ["127.0.0.1"]
    settings.SITE_URL = "https://lab.example"


@pytest.fixture
def push_service() -> Iterator[Double]:
    with serving() as double:
        yield double


@pytest.fixture
def browser(resident: Person, push_service: Double) -> Browser:
    """The resident's browser agreed to push messages."""
    return new_browser(resident, f"{push_service.url}/one")


def new_browser(person: Person, endpoint: str) -> Browser:
    found = Browser()
    subscribe(person, Address(endpoint, **found.keys))
    return found


@pytest.fixture
def gateway(settings: Any) -> Iterator[Double]:
    with serving() as double:
        settings.SMS_GATEWAY = "http"
        settings.SMS_GATEWAY_URL = f"{double.url}/messages/v4/send"
        settings.SMS_GATEWAY_KEY = "key"
        settings.SMS_GATEWAY_SECRET = "secret"
        settings.SMS_SENDER = "0310000000"
        yield double


@pytest.fixture
def mobile(resident: Person) -> MobileNumber:
    return MobileNumber.objects.create(
        person=resident, number="01012345678", confirmed_at=timezone.now()
    )


def fates(**which: Any) -> list[tuple[str, str, str]]:
    """Channel, state and reason of deliveries, in the order they were planned."""
    rows = Delivery.objects.filter(**which).order_by("pk")
    return [(row.channel, row.state, row.reason) for row in rows]


def asked_in(page: str) -> str:
    """Which switches a page asks about, as its form sends it."""
    [asked] = re.findall(r'name="asked" value="([^"]*)"', page)
    return str(asked)
