"""Devices send readings with a token of their own: all or nothing, twice is once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from livinglab.energy.errors import DeviceRefused, UsageRefused
from livinglab.energy.models import Device, Membership, Premises, UsageDay
from livinglab.energy.services.devices import (
    MOST_DEVICES,
    add_device,
    device_of,
    revoke_device,
    store_device_usage,
)
from livinglab.kernel.errors import NotAllowed
from livinglab.people.models import Person
from livinglab.people.services import withdraw_consent
from tests import make

START = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(resident)


@pytest.fixture
def device(home: Premises, resident: Person) -> Device:
    return add_device(home, name="현관 계량기", by=resident)[0]


def rows(count: int = 96, **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "start": (START + timedelta(minutes=15 * step)).isoformat(),
            "duration_s": 900,
            "value": 55.5,
        }
        | more
        for step in range(count)
    ]


def errors(
    device: Device, sent: list[Any], unit: str = "Wh"
) -> list[tuple[int, str, str]]:
    with pytest.raises(UsageRefused) as refused:
        store_device_usage(device, sent, unit=unit)
    assert not UsageDay.objects.exists()
    told: Any = refused.value.facts["errors"]
    return [(error["index"], error["field"], error["code"]) for error in told]


def test_a_token_opens_its_device_and_is_kept_only_as_a_digest(
    home: Premises, resident: Person
) -> None:
    device, token = add_device(home, name="a", by=resident)
    assert device_of(token) == device
    assert device_of("wrong") is None
    assert token not in device.token_digest


def test_a_revoked_token_opens_nothing(home: Premises, resident: Person) -> None:
    device, token = add_device(home, name="a", by=resident)
    revoke_device(device, by=resident)
    assert device_of(token) is None


def test_a_withdrawn_consent_closes_the_door(home: Premises, resident: Person) -> None:
    _device, token = add_device(home, name="a", by=resident)
    withdraw_consent(resident, "energy")
    assert device_of(token) is None


def test_a_day_of_quarters_is_stored_once(device: Device) -> None:
    first = store_device_usage(device, rows(), unit="Wh")
    again = store_device_usage(device, rows(), unit="Wh")
    assert (first.new, first.same, again.new, again.same) == (96, 0, 0, 96)
    device.refresh_from_db()
    assert device.last_seen_at is not None


@pytest.mark.parametrize(
    ("unit", "value"), [("Wh", 55.5), ("kWh", "0.0555"), ("mWh", 55_500)]
)
def test_units_come_to_the_same(device: Device, unit: str, value: Any) -> None:
    store_device_usage(device, rows(value=value), unit=unit)
    assert device.meter.years.count() == 1


def test_errors_are_listed_and_nothing_is_half_stored(device: Device) -> None:
    future = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    sent = rows(9)
    sent[1]["start"] = "2026-01-05T00:15:00"
    sent[2]["value"] = -1
    sent[3]["duration_s"] = 0
    sent[4] = "no object"  # type: ignore[call-overload]
    sent[5]["quality"] = 99
    sent[6]["start"] = future.isoformat()
    sent[7]["value"] = 90_000
    sent[8]["value"] = float("nan")
    assert errors(device, sent) == [
        (1, "start", "no_zone"),
        (2, "value", "negative"),
        (3, "duration_s", "out_of_range"),
        (4, "", "not_an_object"),
        (5, "quality", "out_of_range"),
        (6, "start", "future"),
        (7, "value", "implausible"),
        (8, "value", "not_a_number"),
    ]


def test_too_many_none_and_other_units_are_refused(device: Device) -> None:
    assert errors(device, rows(10_001))[0] == (-1, "intervals", "too_many")
    assert errors(device, [])[0] == (-1, "intervals", "empty")
    assert errors(device, rows(), unit="therm")[0] == (-1, "unit", "unknown_unit")


def test_ten_thousand_are_taken(device: Device) -> None:
    assert store_device_usage(device, rows(10_000), unit="Wh").new == 10_000


def test_only_owners_add_and_remove_devices(
    home: Premises, neighbour: Person, device: Device
) -> None:
    with pytest.raises(NotAllowed):
        add_device(home, name="a", by=neighbour)
    Membership.objects.create(premises=home, person=neighbour)
    with pytest.raises(NotAllowed):
        revoke_device(device, by=neighbour)


def test_there_is_an_end_to_devices(home: Premises, resident: Person) -> None:
    for number in range(MOST_DEVICES):
        add_device(home, name=str(number), by=resident)
    with pytest.raises(DeviceRefused):
        add_device(home, name="one more", by=resident)
