"""The JSON doors of data in and out, from outside."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
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
    UsageDay,
)
from livinglab.energy.services.devices import add_device
from livinglab.energy.services.uploads import read_upload
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


# Homes --------------------------------------------------------------------------------


def test_a_home_is_added_listed_and_corrected(client: Client, db: None) -> None:
    make.neighbourhood()
    sent = {"name": "새집", "neighbourhood": "4139059100", "dwelling": "flat"}
    made = put(client, "/api/v1/premises/", sent)
    assert (made.status_code, made.json()["right"]) == (201, "owner")
    path = f"/api/v1/premises/{made.json()['id']}/"
    assert put(client, path, {"name": "헌집"}, "patch").json()["name"] == "헌집"
    assert [home["name"] for home in client.get("/api/v1/premises/").json()] == ["헌집"]
    assert client.get(path).json()["neighbourhood_name"]


def test_listing_homes_asks_the_database_little(
    client: Client, resident: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        make.premises(resident)
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/premises/").json()) == 3


def test_a_code_lets_somebody_join(
    client: Client, home: Premises, neighbour: Person
) -> None:
    code = client.post(f"/api/v1/premises/{home.pk}/invitations/").json()["code"]
    other = Client()
    other.force_login(neighbour)
    assert (
        put(other, "/api/v1/premises/join/", {"code": code}).json()["right"] == "member"
    )
    assert put(other, "/api/v1/premises/join/", {"code": code}).status_code == 409


def test_discounts_go_in_and_are_never_given_out(
    client: Client, home: Premises
) -> None:
    path = f"/api/v1/premises/{home.pk}/discounts/"
    assert put(client, path, {"names": []}, "put").status_code == 204
    assert client.get(path).status_code == 405
    assert "discount" not in json.dumps(
        client.get(f"/api/v1/premises/{home.pk}/").json()
    )


# Files --------------------------------------------------------------------------------


def test_a_preview_reads_and_stores_nothing(client: Client, home: Premises) -> None:
    answer = client.post(
        f"/api/v1/premises/{home.pk}/uploads/", {"file": file(), "preview": "true"}
    )
    body = answer.json()
    assert answer.status_code == 200
    assert (body["state"], body["id"], body["rows_read"], body["kwh"]) == (
        "preview",
        None,
        24,
        "6.000",
    )
    assert body["understood"]["first_interval"]
    assert not Upload.objects.exists()
    assert not UsageDay.objects.exists()


def test_a_preview_tells_the_question_a_file_leaves(
    client: Client, home: Premises
) -> None:
    bare = file(CSV.replace("사용량(kWh)", "사용량"))
    path = f"/api/v1/premises/{home.pk}/uploads/"
    body = client.post(path, {"file": bare, "preview": "true"}).json()
    (question,) = body["understood"]["questions"]
    assert question["code"] == "unit"
    assert "kWh a day" in question["options"][0]["words"]
    answers = json.dumps({"unit": "kWh"})
    bare.seek(0)
    body = client.post(
        path, {"file": bare, "preview": "true", "answers": answers}
    ).json()
    assert body["understood"]["questions"] == []


def test_a_file_is_received_read_and_its_fate_seen(
    client: Client, home: Premises
) -> None:
    answer = client.post(f"/api/v1/premises/{home.pk}/uploads/", {"file": file()})
    assert (answer.status_code, answer.json()["state"]) == (202, "received")
    pk = answer.json()["id"]
    read_upload(pk)
    body = client.get(f"/api/v1/uploads/{pk}/").json()
    assert (
        body["state"],
        body["rows_new"],
        body["rows_same"],
        body["rows_refused"],
    ) == ("imported", 24, 0, 0)
    assert body["messages"] == ["Imported 24 readings: 24 new, 0 already there."]
    assert body["first"].startswith("2025-09-01")


def test_an_open_question_is_answered_by_confirming(
    client: Client, home: Premises
) -> None:
    path = f"/api/v1/premises/{home.pk}/uploads/"
    pk = client.post(path, {"file": file(CSV.replace("(kWh)", ""))}).json()["id"]
    read_upload(pk)
    assert client.get(f"/api/v1/uploads/{pk}/").json()["state"] == "preview"
    assert put(client, f"/api/v1/uploads/{pk}/confirm/", {}).status_code == 422
    answer = put(client, f"/api/v1/uploads/{pk}/confirm/", {"answers": {"unit": "kWh"}})
    assert answer.status_code == 202
    read_upload(pk)
    assert client.get(f"/api/v1/uploads/{pk}/").json()["state"] == "imported"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"),
        (b"<html><body></body></html>", "web page"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', "document type"),
        (b"PK\x03\x04" + b"0" * 99, "packed file"),
        (b"\xff\xff\xff\x80\n", "letters"),
    ],
)
def test_a_bad_file_is_refused_in_words(
    client: Client, home: Premises, text: bytes, words: str
) -> None:
    path = f"/api/v1/premises/{home.pk}/uploads/"
    answer = client.post(path, {"file": file(text), "preview": "true"})
    assert answer.status_code == 422
    assert answer.json()["state"] == "refused"
    assert words in answer.json()["messages"][0]
    assert words in answer.json()["detail"]


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(
    client: Client, home: Premises
) -> None:
    answer = client.post(
        f"/api/v1/premises/{home.pk}/uploads/",
        {"file": file()},
        CONTENT_LENGTH=str(40 * 1024 * 1024),
    )
    assert answer.status_code == 413
    assert "20 MB" in answer.json()["detail"]


# Devices ------------------------------------------------------------------------------


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
    assert put(as_device(token), "/api/v1/energy/usage/", body).status_code == 422


def test_a_message_without_end_is_not_read(home: Premises, resident: Person) -> None:
    _device, token = add_device(home, name="a", by=resident)
    answer = as_device(token).post(
        "/api/v1/energy/usage/",
        json.dumps(sent()),
        content_type="application/json",
        CONTENT_LENGTH=str(90_000_000),
    )
    assert answer.status_code == 413


def test_people_do_not_send_as_devices(client: Client, home: Premises) -> None:
    assert put(client, "/api/v1/energy/usage/", sent()).status_code == 401
    assert put(as_device("wrong"), "/api/v1/energy/usage/", sent()).status_code == 401


# Readings -----------------------------------------------------------------------------


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


# Out ----------------------------------------------------------------------------------


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


# From the outside ---------------------------------------------------------------------


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
