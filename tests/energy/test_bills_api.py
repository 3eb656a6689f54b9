"""Paper bills over the JSON door: preview first, one's own only."""

from typing import Any

import pytest
from django.test import Client

from livinglab.energy.models import Bill, Premises
from livinglab.people.models import Person
from tests import make

MARCH = {"start": "2026-03-01", "end": "2026-04-01", "kwh": "300", "amount_won": 57760}


@pytest.fixture
def home(resident: Person) -> Premises:
    return make.premises(owner=resident)


@pytest.fixture
def door(client: Client, home: Premises, resident: Person) -> str:
    client.force_login(resident)
    return f"/api/v1/premises/{home.pk}/bills/"


def post(client: Client, url: str, **facts: Any) -> Any:
    return client.post(url, {**MARCH, **facts}, content_type="application/json")


def test_a_preview_says_what_we_make_of_it_and_stores_nothing(
    client: Client, door: str
) -> None:
    for answer in (
        post(client, door, preview=True),
        post(client, f"{door}?preview=true"),
    ):
        body = answer.json()
        assert answer.status_code == 200
        assert (body["id"], body["check"]["matches"]) == (None, True)
        assert body["check"]["parts"]["total"] == 57_760
    assert not Bill.objects.exists()


def test_a_bill_is_stored_listed_corrected_and_taken_back(
    client: Client, door: str
) -> None:
    made = post(client, door)
    assert made.status_code == 201
    one = f"{door}{made.json()['id']}/"
    assert [row["kwh"] for row in client.get(door).json()] == ["300.0"]

    facts = {**MARCH, "kwh": "310"}
    changed = client.put(one, facts, content_type="application/json")
    assert (changed.status_code, changed.json()["kwh"]) == (200, "310.0")
    assert changed.json()["check"]["matches"] is False

    assert client.delete(one).status_code == 204
    assert client.get(door).json() == []


def test_a_refusal_is_a_sentence(client: Client, door: str) -> None:
    answer = post(client, door, end="2026-03-01")
    assert answer.status_code == 422
    assert answer.json()["code"] == "bill_refused"
    assert post(client, door, kwh="much").status_code == 400


def test_a_question_is_answered_with_confirm(client: Client, door: str) -> None:
    asked = post(client, door, kwh="30000")
    assert (asked.status_code, asked.json()["code"]) == (422, "please_confirm")
    assert post(client, door, kwh="30000", confirm=True).status_code == 201


def test_somebody_elses_bills_are_not_found(
    client: Client, door: str, neighbour: Person
) -> None:
    one = f"{door}{post(client, door).json()['id']}/"
    own = make.premises(owner=neighbour)
    client.force_login(neighbour)
    bill = one.rstrip("/").rsplit("/", 1)[1]
    for url in (door, one, f"/api/v1/premises/{own.pk}/bills/{bill}/"):
        assert client.get(url).status_code in {404, 405}
        assert client.put(url, MARCH, content_type="application/json").status_code in {
            404,
            405,
        }
        assert client.delete(url).status_code in {404, 405}
    assert post(client, door).status_code == 404
    assert Bill.objects.count() == 1


def test_nobody_gets_in_without_signing_in(client: Client, home: Premises) -> None:
    assert client.get(f"/api/v1/premises/{home.pk}/bills/").status_code in {401, 403}


def test_a_list_of_bills_asks_the_database_little(
    client: Client, door: str, home: Premises, django_assert_max_num_queries: Any
) -> None:
    for month in range(1, 10):
        Bill.objects.create(
            premises=home,
            start=f"2025-{month:02}-01",
            end=f"2025-{month:02}-28",
            kwh=200,
            tariff_kind="residential_low",
        )
    with django_assert_max_num_queries(5):
        assert len(client.get(door).json()) == 9


@pytest.mark.parametrize("what", ["bills", "readings"])
@pytest.mark.parametrize("numbers", [(10**30, 1), (1, 10**30), (10**30, 10**30)])
def test_a_number_no_row_can_have_is_not_found(
    what: str, numbers: tuple[int, int], client: Client, door: str
) -> None:
    home, row = numbers
    answer = client.delete(f"/api/v1/premises/{home}/{what}/{row}/")
    assert answer.status_code == 404
