"""The JSON doors of devices and meter readings, from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from livinglab.energy.models import (
    Premises,
    UsageDay,
)
from livinglab.energy.services.devices import add_device
from livinglab.people.models import Person
from tests import make
from tests.signing_in import SignedInClient


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(resident)


@pytest.fixture
def client(resident: Person) -> Client:
    client = SignedInClient(headers={"accept-language": "en"})
    client.force_login(resident)
    client.cookies["django_language"] = "en"
    return client


def put(client: Client, path: str, body: Any, method: str = "post") -> Any:
    if method == "get":
        return client.get(path)
    return getattr(client, method)(
        path, json.dumps(body), content_type="application/json"
    )


def sent(count: int = 4) -> dict[str, Any]:
    start = datetime(2026, 1, 5, tzinfo=UTC)
    rows = [
        {
            "start": (start + timedelta(minutes=15 * n)).isoformat(),
            "duration_s": 900,
            "value": 62.5,
        }
        for n in range(count)
    ]
    return {"unit": "Wh", "intervals": rows}


def as_device(token: str) -> Client:
    return Client(headers={"authorization": f"Token {token}"})


def test_a_device_is_added_sends_and_is_revoked(client: Client, home: Premises) -> None:
    made = put(
        client, f"/api/v1/premises/{home.pk}/devices/", {"name": "계량기"}
    ).json()
    device = as_device(made["token"])
    assert put(device, "/api/v1/energy/usage/", sent()).json()["new"] == 4
    assert put(device, "/api/v1/energy/usage/", sent()).json()["same"] == 4
    assert "token" not in client.get(f"/api/v1/premises/{home.pk}/devices/").json()[0]
    assert client.delete(f"/api/v1/devices/{made['id']}/").status_code == 204
    assert put(device, "/api/v1/energy/usage/", sent()).status_code == 401


def test_errors_of_a_device_are_listed(home: Premises, resident: Person) -> None:
    _device, token = add_device(home, name="a", by=resident)
    body = sent()
    body["intervals"][2]["start"] = "2026-01-05T00:00:00"
    answer = put(as_device(token), "/api/v1/energy/usage/", body)
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"index": 2, "field": "start", "code": "no_zone"}
    ]
    assert not UsageDay.objects.exists()


@pytest.mark.parametrize("body", [[], {}, {"intervals": 5}, {"intervals": []}])
def test_a_message_that_is_none_is_refused(
    home: Premises, resident: Person, body: Any
) -> None:
    _device, token = add_device(home, name="a", by=resident)
    answer = put(as_device(token), "/api/v1/energy/usage/", body)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "usage_refused")
    assert told["error_count"] == len(told["errors"]) == 1
    assert (told["errors"][0]["index"], told["errors"][0]["field"]) == (-1, "intervals")


@pytest.mark.parametrize("length", [str(90_000_000), "9" * 20, "²", "abc"])
def test_a_message_without_end_is_not_read(
    home: Premises, resident: Person, length: str
) -> None:
    _device, token = add_device(home, name="a", by=resident)
    answer = as_device(token).post(
        "/api/v1/energy/usage/",
        json.dumps(sent()),
        content_type="application/json",
        CONTENT_LENGTH=length,
    )
    assert answer.status_code == 413


def test_people_do_not_send_as_devices(client: Client, home: Premises) -> None:
    assert put(client, "/api/v1/energy/usage/", sent()).status_code == 401
    assert put(as_device("wrong"), "/api/v1/energy/usage/", sent()).status_code == 401


def test_readings_are_checked_kept_corrected_and_removed(
    client: Client, home: Premises
) -> None:
    path = f"/api/v1/premises/{home.pk}/readings/"
    first = {"read_at": "2026-03-01T09:00:00+09:00", "kwh": "12000"}
    later = {"read_at": "2026-04-01T09:00:00+09:00", "kwh": "12310.5"}
    assert put(client, path, first).status_code == 201
    assert put(client, path, {**later, "preview": True}).json() == {"used_kwh": "310.5"}
    made = put(client, path, later)
    one = f"{path}{made.json()['id']}/"
    changed = put(client, one, {**later, "kwh": "12300"}, "put").json()
    assert changed["changes"][0]["old"]["kwh"] == "12310.5"
    asked = put(
        client, path, {**later, "read_at": "2026-05-01T09:00:00+09:00", "kwh": "1"}
    )
    assert (asked.status_code, asked.json()["question"]) == (422, "smaller")
    assert client.delete(one).status_code == 204
    assert len(client.get(path).json()) == 1
