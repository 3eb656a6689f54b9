"""The JSON doors of data: given out, and closed to everybody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import AsyncClient, Client

from livinglab.energy.models import (
    Device,
    Membership,
    Premises,
    RegisterReading,
    Upload,
)
from livinglab.energy.services.devices import add_device
from livinglab.people.models import Person
from tests import make
from tests.signing_in import SignedInClient, forget_proofs, remember_proofs

CSV = "일시,사용량(kWh)\n" + "".join(
    f"2025-09-01 {hour:02d}:00,0.25\n" for hour in range(24)
)


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(resident)


@pytest.fixture
def client(resident: Person) -> Client:
    client = SignedInClient(headers={"accept-language": "en"})
    client.force_login(resident)
    client.cookies["django_language"] = "en"
    return client


def file(text: str | bytes = CSV, name: str = "usage.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def put(client: Client, path: str, body: Any, method: str = "post") -> Any:
    if method == "get":
        return client.get(path)
    return getattr(client, method)(
        path, json.dumps(body), content_type="application/json"
    )


def test_a_home_is_given_out_whatever_the_client_accepts(
    client: Client, home: Premises
) -> None:
    put(
        client,
        f"/api/v1/premises/{home.pk}/readings/",
        {"read_at": "2026-03-01T09:00:00+09:00", "kwh": "1"},
    )
    xml = client.get(
        f"/api/v1/premises/{home.pk}/export.xml", headers={"accept": "text/html"}
    )
    text = b"".join(xml.streaming_content).decode()
    assert text.startswith("<?xml")
    assert xml["Content-Disposition"].endswith('.xml"')
    csv = client.get(f"/api/v1/premises/{home.pk}/export.csv")
    assert b"register" in b"".join(csv.streaming_content)


def test_an_old_sign_in_is_asked_again_before_data_leave(
    client: Client, home: Premises
) -> None:
    forget_proofs(client)
    door = f"/api/v1/premises/{home.pk}/export.csv"
    assert client.get(door).json()["code"] == "not_proven"
    page = client.get(door, headers={"accept": "text/html"})
    assert page["Location"].startswith("/me/prove/?next=")


@pytest.mark.django_db(transaction=True)
async def test_the_asynchronous_server_streams_too() -> None:
    person, home = await _a_home()
    client = AsyncClient()
    await client.aforce_login(person)
    await sync_to_async(remember_proofs)(client, person)
    answer = await client.get(f"/api/v1/premises/{home.pk}/export.csv")
    assert answer.is_async
    assert b"start,end" in b"".join([piece async for piece in answer.streaming_content])
    # The thread that asked the database would keep its connection.
    await sync_to_async(connections.close_all)()


async def _a_home() -> tuple[Person, Premises]:
    person = await sync_to_async(make.resident)("async@example.org")
    return person, await sync_to_async(make.premises)(person)


@pytest.fixture
def belongings(home: Premises, resident: Person) -> dict[str, int]:
    device, _token = add_device(home, name="a", by=resident)
    upload = Upload.objects.create(premises=home, by=resident, name="a.csv")
    reading = RegisterReading.objects.create(
        meter=device.meter, read_at=datetime(2026, 1, 1, tzinfo=UTC), kwh=1
    )
    return {
        "home": home.pk,
        "device": device.pk,
        "upload": upload.pk,
        "reading": reading.pk,
    }


DOORS = [
    ("get", "/api/v1/premises/{home}/"),
    ("patch", "/api/v1/premises/{home}/"),
    ("put", "/api/v1/premises/{home}/discounts/"),
    ("post", "/api/v1/premises/{home}/invitations/"),
    ("get", "/api/v1/premises/{home}/devices/"),
    ("post", "/api/v1/premises/{home}/devices/"),
    ("delete", "/api/v1/devices/{device}/"),
    ("get", "/api/v1/premises/{home}/uploads/"),
    ("get", "/api/v1/uploads/{upload}/"),
    ("delete", "/api/v1/uploads/{upload}/"),
    ("post", "/api/v1/uploads/{upload}/confirm/"),
    ("get", "/api/v1/premises/{home}/readings/"),
    ("post", "/api/v1/premises/{home}/readings/"),
    ("put", "/api/v1/premises/{home}/readings/{reading}/"),
    ("delete", "/api/v1/premises/{home}/readings/{reading}/"),
    ("get", "/api/v1/premises/{home}/export.xml"),
    ("get", "/api/v1/premises/{home}/export.csv"),
]
BODIES = {
    "/api/v1/premises/{home}/discounts/": {"names": []},
    "/api/v1/premises/{home}/devices/": {"name": "a"},
    "/api/v1/premises/{home}/readings/": {
        "read_at": "2026-03-01T09:00:00+09:00",
        "kwh": "1",
    },
    "/api/v1/premises/{home}/readings/{reading}/": {
        "read_at": "2026-03-01T09:00:00+09:00",
        "kwh": "1",
    },
}


@pytest.mark.parametrize(("method", "door"), DOORS)
def test_another_persons_ids_are_not_found(
    neighbour: Person,
    coordinator: Person,
    daegu_coordinator: Person,
    belongings: dict[str, int],
    method: str,
    door: str,
) -> None:
    for person in (neighbour, coordinator, daegu_coordinator):
        other = SignedInClient()
        other.force_login(person)
        answer = put(other, door.format(**belongings), BODIES.get(door, {}), method)
        assert answer.status_code == 404, (person, method, door)
    assert Device.objects.working().count() == 1
    assert RegisterReading.objects.count() == 1


@pytest.mark.parametrize(("method", "door"), DOORS)
def test_nobody_comes_in_unknown(
    belongings: dict[str, int], method: str, door: str
) -> None:
    answer = put(Client(), door.format(**belongings), BODIES.get(door, {}), method)
    assert answer.status_code == 401


def test_a_file_for_another_home_is_not_found(
    neighbour: Person, home: Premises
) -> None:
    other = Client()
    other.force_login(neighbour)
    answer = other.post(f"/api/v1/premises/{home.pk}/uploads/", {"file": file()})
    assert answer.status_code == 404
    assert not Upload.objects.exists()


def test_a_member_reads_but_the_owner_decides(
    client: Client, neighbour: Person
) -> None:
    theirs = make.premises(neighbour)
    Membership.objects.create(
        premises=theirs, person=Person.objects.get(email="resident@example.org")
    )
    assert client.get(f"/api/v1/premises/{theirs.pk}/").json()["right"] == "member"
    assert (
        put(client, f"/api/v1/premises/{theirs.pk}/devices/", {"name": "a"}).status_code
        == 403
    )
    assert (
        put(
            client, f"/api/v1/premises/{theirs.pk}/", {"name": "a"}, "patch"
        ).status_code
        == 403
    )
