"""Staff at the door, homes in two cities."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.energy.models import (
    EVERY_MONTH,
    AreaDue,
    Baseline,
    Bill,
    BillChange,
    DailyUse,
    DeclaredEvent,
    Device,
    Membership,
    Premises,
    PremisesInvitation,
    RegisterReading,
    RegisterReadingChange,
    Saving,
    SavingsDue,
    Upload,
    UsageDay,
)
from livinglab.people.models import Person
from tests import make

MARCH = date(2026, 3, 1)


def furnish(home: Premises) -> Premises:
    """A row of every kind that tells about a home."""
    Upload.objects.create(
        premises=home,
        name="usage.csv",
        state=Upload.State.REFUSED,
        messages=[{"code": "empty"}],
    )
    Baseline.objects.create(
        premises=home,
        kind=Baseline.Kind.DAILY,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        n=350,
        mu=7.654321,
        input_digest="0" * 64,
        method="test",
    )
    Saving.objects.create(
        premises=home, month=MARCH, days=31, saved_won=12345, method="test"
    )
    return home


def rows_about(home: Premises, person: Person) -> list[Any]:
    """One more row of each of the other kinds that hang on a home."""
    meter = make.meter(home)
    moment = timezone.now()
    reading = RegisterReading.objects.create(
        meter=meter, read_at=moment, kwh=Decimal(1)
    )
    bill = Bill.objects.create(
        premises=home, start=MARCH, end=date(2026, 4, 1), kwh=Decimal(1)
    )
    return [
        meter,
        reading,
        bill,
        RegisterReadingChange.objects.create(reading=reading, old={"kwh": "2"}),
        BillChange.objects.create(premises=home, bill=bill, old={"kwh": "2"}),
        UsageDay.objects.create(meter=meter, day=MARCH, blob=b"12"),
        DailyUse.objects.create(meter=meter, year=2026, wh=b"1234"),
        Device.objects.create(meter=meter, name="plug", token_digest="d"),
        DeclaredEvent.objects.create(
            premises=home, kind="other", effect="freeze", on=MARCH
        ),
        SavingsDue.objects.create(premises=home, month=EVERY_MONTH, token=1),
        AreaDue.objects.create(city=home.neighbourhood.city, month=MARCH, token=1),
        Membership.objects.get(premises=home),
        PremisesInvitation.objects.create(
            premises=home, code_digest="d", made_by=person, expires_at=moment
        ),
        home.neighbourhood,
        home.neighbourhood.city,
    ]


@pytest.fixture
def siheung_home(resident: Person) -> Premises:
    return furnish(make.premises(owner=resident))


@pytest.fixture
def daegu_home(neighbour: Person) -> Premises:
    place = make.neighbourhood("2714074200")
    return furnish(make.premises(owner=neighbour, neighbourhood=place))


@pytest.fixture
def operator(db: None) -> Person:
    return make.person("operator@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def as_coordinator(client: Client, coordinator: Person) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def as_evaluator(client: Client, evaluator: Person) -> Client:
    client.force_login(evaluator)
    return client


@pytest.fixture
def as_operator(client: Client, operator: Person) -> Client:
    client.force_login(operator)
    return client


def changelist(model: Any) -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def page_of(row: Any) -> str:
    return f"{changelist(type(row))}{row.pk}/change/"
