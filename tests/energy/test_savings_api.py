"""Savings and baselines at the JSON door."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from livinglab.energy.models import Baseline, Membership, Premises, Saving
from livinglab.energy.services.savings import mark_everything_due
from livinglab.people.models import Person
from tests import make
from tests.energy import savings_world as lab

pytestmark = pytest.mark.django_db

PROMISED = {
    "month",
    "days",
    "expected_kwh",
    "actual_kwh",
    "saved_kwh",
    "saved_kwh_low",
    "saved_kwh_high",
    "expected_won",
    "actual_won",
    "saved_won",
    "state",
    "method",
}


@pytest.fixture
def home(resident: Person) -> Premises:
    home = lab.world(homes=1).homes[0]
    Membership.objects.create(
        premises=home, person=resident, right=Membership.Right.OWNER
    )
    mark_everything_due()
    lab.compute_all()
    return home


def test_there_is_one_row_a_month_with_the_promised_names(
    home: Premises, resident: Person, client: Client
) -> None:
    client.force_login(resident)
    rows = client.get(f"/api/v1/premises/{home.pk}/savings/").json()
    assert [row["month"] for row in rows[:2]] == ["2025-01", "2025-02"]
    assert set(rows[0]) >= PROMISED
    stored = Saving.objects.get(premises=home, span="month", month=date(2025, 7, 1))
    july = rows[6]
    assert july["saved_kwh"] == float(stored.saved_kwh)
    assert july["saved_won"] == stored.saved_won
    assert july["state"] == "saving"


def test_the_twelve_months_can_be_asked_for(
    home: Premises, resident: Person, client: Client
) -> None:
    client.force_login(resident)
    rows = client.get(f"/api/v1/premises/{home.pk}/savings/?span=year").json()
    assert rows[11]["month"] == "2025-12"
    assert rows[11]["days"] == 364


def test_an_unknown_span_is_refused(
    home: Premises, resident: Person, client: Client
) -> None:
    client.force_login(resident)
    answer = client.get(f"/api/v1/premises/{home.pk}/savings/?span=week")
    assert answer.status_code == 400


def test_the_baseline_can_be_read(
    home: Premises, resident: Person, client: Client
) -> None:
    client.force_login(resident)
    model = client.get(f"/api/v1/premises/{home.pk}/baseline/").json()
    stored = Baseline.objects.get(premises=home)
    assert (model["n"], model["mu"]) == (365, stored.mu)
    assert model["days_needed"] == 329


def test_a_home_without_a_baseline_has_none_to_read(
    resident: Person, client: Client
) -> None:
    home = make.premises(owner=resident)
    client.force_login(resident)
    assert client.get(f"/api/v1/premises/{home.pk}/baseline/").status_code == 404


@pytest.mark.parametrize("door", ["savings", "baseline"])
def test_another_persons_home_is_not_found(
    home: Premises, neighbour: Person, coordinator: Person, client: Client, door: str
) -> None:
    for person in (neighbour, coordinator):
        client.force_login(person)
        assert client.get(f"/api/v1/premises/{home.pk}/{door}/").status_code == 404
    client.logout()
    assert client.get(f"/api/v1/premises/{home.pk}/{door}/").status_code in {401, 403}


def test_the_rows_ask_the_database_little(
    home: Premises, resident: Person, client: Client, django_assert_max_num_queries
) -> None:
    client.force_login(resident)
    with django_assert_max_num_queries(4):
        client.get(f"/api/v1/premises/{home.pk}/savings/")
