"""A coordinator meets the rows of the own city, by list and by id."""

from typing import Any

import pytest
from django.test import Client

from livinglab.energy.models import Baseline, Premises, Saving, SavingsDue, Upload
from livinglab.energy.words import reader as reader_words
from livinglab.people.models import Person
from tests.admin.conftest import changelist, page_of, rows_about

OF_HOMES = [Premises, Upload, Baseline, Saving]


def row_of(model: Any, home: Premises) -> Any:
    return home if model is Premises else model.objects.get(premises=home)


@pytest.mark.parametrize("model", OF_HOMES)
def test_a_siheung_coordinator_sees_no_daegu_row(
    model: Any, as_coordinator: Client, siheung_home: Premises, daegu_home: Premises
) -> None:
    own, other = row_of(model, siheung_home), row_of(model, daegu_home)
    listed = as_coordinator.get(changelist(model)).text
    assert page_of(own) in listed
    assert page_of(other) not in listed
    assert as_coordinator.get(page_of(own)).status_code == 200
    assert as_coordinator.get(page_of(other)).status_code == 404
    history = page_of(other).replace("change", "history")
    assert as_coordinator.get(history).status_code == 404


def test_every_kind_of_row_opens_for_the_own_city_alone(
    as_coordinator: Client,
    daegu_coordinator: Person,
    resident: Person,
    siheung_home: Premises,
) -> None:
    rows = rows_about(siheung_home, resident)
    for row in rows:
        assert page_of(row) in as_coordinator.get(changelist(type(row))).text, row
        assert as_coordinator.get(page_of(row)).status_code == 200, row
    as_coordinator.force_login(daegu_coordinator)
    shared = {type(siheung_home.neighbourhood.city)}
    for row in rows:
        seen = as_coordinator.get(page_of(row)).status_code
        assert seen == (200 if type(row) in shared else 404), row


def test_and_the_other_way_round(
    client: Client,
    daegu_coordinator: Person,
    siheung_home: Premises,
    daegu_home: Premises,
) -> None:
    client.force_login(daegu_coordinator)
    assert client.get(page_of(siheung_home)).status_code == 404
    assert client.get(page_of(daegu_home)).status_code == 200


def test_the_operator_has_no_business_in_homes(
    as_operator: Client, siheung_home: Premises
) -> None:
    assert as_operator.get(page_of(siheung_home)).status_code == 404
    assert page_of(siheung_home) not in as_operator.get(changelist(Premises)).text


def test_the_evaluator_reads_and_changes_nothing(
    as_evaluator: Client, siheung_home: Premises, daegu_home: Premises
) -> None:
    assert as_evaluator.get(page_of(siheung_home)).status_code == 200
    assert as_evaluator.get(page_of(daegu_home)).status_code == 404
    assert as_evaluator.post(page_of(siheung_home), {"name": "x"}).status_code == 403
    as_evaluator.post(
        changelist(Premises),
        {"action": "recompute_now", "_selected_action": [siheung_home.pk]},
    )
    assert not SavingsDue.objects.exists()


@pytest.mark.parametrize("verb", ["add", "delete"])
def test_homes_are_neither_added_nor_deleted_here(
    verb: str, as_coordinator: Client, siheung_home: Premises
) -> None:
    where = {
        "add": f"{changelist(Premises)}add/",
        "delete": page_of(siheung_home).replace("change", "delete"),
    }[verb]
    assert as_coordinator.get(where).status_code == 403
    assert as_coordinator.post(where, {"post": "yes"}).status_code == 403
    assert Premises.objects.filter(pk=siheung_home.pk).exists()


def test_recompute_marks_the_own_homes_due_and_no_other(
    as_coordinator: Client, siheung_home: Premises, daegu_home: Premises
) -> None:
    as_coordinator.post(
        changelist(Premises),
        {
            "action": "recompute_now",
            "_selected_action": [siheung_home.pk, daegu_home.pk],
        },
    )
    assert list(SavingsDue.objects.values_list("premises", "reason")) == [
        (siheung_home.pk, "asked")
    ]


def test_a_search_for_members_by_address_is_not_answered(
    as_coordinator: Client, siheung_home: Premises
) -> None:
    probe = f"{changelist(Premises)}?memberships__person__email__startswith=r"
    assert as_coordinator.get(probe).status_code in {302, 400}


def test_a_failed_upload_says_why_in_words(
    as_coordinator: Client, siheung_home: Premises
) -> None:
    shown = as_coordinator.get(changelist(Upload)).text
    assert reader_words.message({"code": "empty"}) in shown
