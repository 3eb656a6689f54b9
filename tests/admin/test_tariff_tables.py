"""A coordinator adds a tariff table in the admin; every mistake is a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from livinglab.energy.models import Co2Factor, IncentiveRule, TariffTable, TipRule
from livinglab.energy.seeding import seed_rules
from tests.admin.conftest import changelist, page_of

ADD = f"{changelist(TariffTable)}add/"


@pytest.fixture(scope="module")
def seeded(kept_rows: None) -> None:
    seed_rules(Path(settings.SEEDS_DIR))


@pytest.fixture
def low(seeded: None, db: None) -> TariffTable:
    return TariffTable.objects.filter(kind="residential_low").latest("valid_from")


def typed(table: TariffTable, **facts: Any) -> dict[str, Any]:
    vector = {"from": "2026-09-01", "to": "2026-10-01", "kwh": 100, "total": 16120}
    return {
        "kind": "residential_low",
        "valid_from": "2026-07-01",
        "source": "한전 공고",
        "checked_on": "2026-06-21",
        "rates": json.dumps(table.rates),
        "vectors": json.dumps([vector]),
    } | facts


def test_a_new_table_begins_from_an_old_one(
    low: TariffTable, as_coordinator: Client
) -> None:
    page = as_coordinator.get(f"{ADD}?like={low.pk}").text
    assert "super_user" in page
    assert "120.0" in page


def test_a_coordinator_adds_corrects_and_withdraws_a_table(
    low: TariffTable, as_coordinator: Client
) -> None:
    assert as_coordinator.post(ADD, typed(low)).status_code == 302
    table = TariffTable.objects.get(source="한전 공고")
    assert table.added_by is not None
    assert as_coordinator.get(changelist(TariffTable)).status_code == 200
    assert as_coordinator.get(page_of(table)).status_code == 200

    facts = typed(low, source="한전 공고, 다시 확인")
    assert as_coordinator.post(page_of(table), facts).status_code == 302
    table.refresh_from_db()
    assert table.source == "한전 공고, 다시 확인"

    gone = f"{changelist(TariffTable)}{table.pk}/delete/"
    assert as_coordinator.post(gone, {"post": "yes"}).status_code == 302
    assert not TariffTable.objects.filter(pk=table.pk).exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"rates": "not json"},
        {"rates": "{}"},
        {"vectors": "[]"},
        {"valid_from": "2023-05-16"},
        {"checked_on": "yesterday"},
        {"source": ""},
    ],
)
def test_a_mistake_comes_back_in_the_form(
    odd: dict[str, str], low: TariffTable, as_coordinator: Client
) -> None:
    count = TariffTable.objects.count()
    answer = as_coordinator.post(ADD, typed(low, **odd))
    assert answer.status_code == 200
    assert "errorlist" in answer.text or "errornote" in answer.text
    assert TariffTable.objects.count() == count


def test_a_bill_that_does_not_come_out_is_named(
    low: TariffTable, as_coordinator: Client
) -> None:
    vector = {"from": "2026-09-01", "to": "2026-10-01", "kwh": 100, "total": 16130}
    answer = as_coordinator.post(ADD, typed(low, vectors=json.dumps([vector])))
    assert answer.status_code == 200
    assert "16120" in answer.text
    assert "16130" in answer.text


def test_evaluators_look_and_do_not_touch(
    low: TariffTable, as_evaluator: Client
) -> None:
    assert as_evaluator.get(changelist(TariffTable)).status_code == 200
    assert as_evaluator.post(ADD, typed(low)).status_code == 403
    assert as_evaluator.post(page_of(low), typed(low)).status_code == 403


def test_tips_are_edited_and_must_stay_computable(
    low: TariffTable, as_coordinator: Client
) -> None:
    tip = TipRule.objects.get(code="standby")
    facts = {
        "code": "standby",
        "valid_from": "2024-01-01",
        "text_ko": "멀티탭을 꺼 주세요.",
        "text_en": "Switch it off.",
        "source": "x",
        "checked_on": "2026-01-01",
        "is_shown": "on",
    }
    rule = json.dumps({"part": "roof", "cut_percent": 5})
    assert as_coordinator.post(page_of(tip), facts | {"rule": rule}).status_code == 200
    rule = json.dumps({"part": "base", "cut_percent": 5})
    assert as_coordinator.post(page_of(tip), facts | {"rule": rule}).status_code == 302
    tip.refresh_from_db()
    assert (tip.text_ko, tip.rule["cut_percent"]) == ("멀티탭을 꺼 주세요.", 5)


def test_factors_and_schemes_are_added(
    low: TariffTable, as_coordinator: Client
) -> None:
    said = {"source": "x", "checked_on": "2026-12-01", "valid_from": "2027-01-01"}
    url = f"{changelist(Co2Factor)}add/"
    assert as_coordinator.post(url, said | {"kg_per_kwh": "41"}).status_code == 200
    assert as_coordinator.post(url, said | {"kg_per_kwh": "0.41"}).status_code == 302
    url = f"{changelist(IncentiveRule)}add/"
    rules = {"bands": [{"from_percent": 3, "won_per_kwh": 50}]}
    facts = said | {"scheme": "cashback"}
    assert (
        as_coordinator.post(url, facts | {"rules": json.dumps(rules)}).status_code
        == 200
    )
    rules["counted_up_to_percent"] = 30  # type: ignore[assignment]
    assert (
        as_coordinator.post(url, facts | {"rules": json.dumps(rules)}).status_code
        == 302
    )
