"""The JSON doors of homes and files, from outside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from livinglab.energy.models import (
    Premises,
    Upload,
    UsageDay,
)
from livinglab.energy.services.uploads import read_upload
from livinglab.people.models import Person
from tests import make
from tests.signing_in import SignedInClient

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
