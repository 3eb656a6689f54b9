"""`manage.py bill`: every part, from a fresh database too, mistakes in one line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from livinglab.energy.management.commands import bill as command


def run(*words: str) -> str:
    out = StringIO()
    call_command("bill", *words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_every_part_and_the_total_are_printed() -> None:
    out = run("residential_low", "2025-09-01", "2025-10-01", "350")
    for line in ("base", "energy", "climate", "fuel", "charge", "vat", "fund", "total"):
        assert line in out
    assert "70,640 won" in out


@pytest.mark.django_db
def test_json_says_the_same_with_the_steps_and_the_tables() -> None:
    days = ("2025-02-10", "2025-03-10")
    words = ("residential_low", *days, "231", "--discount", "three_children", "--json")
    body = json.loads(run(*words))
    assert (body["total"], body["discount_three_children"]) == (26_650, -10_091)
    assert [step["kwh"] for step in body["steps"]] == [200, 31]
    assert {table["kind"] for table in body["tables"]} == {
        "residential_low",
        "levies",
        "discounts",
    }


@pytest.mark.django_db
def test_a_facility_has_contract_power_and_a_power_factor() -> None:
    words = ("general_a1_low", "2022-08-11", "2022-09-11", "100", "--contract-kw", "5")
    body = json.loads(run(*words, "--lagging-pf", "71", "--leading-pf", "91", "--json"))
    assert (body["power_factor"], body["total"]) == (1416, 48_560)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("villa", "2025-09-01", "2025-10-01", "1"), "villa"),
        (("residential_low", "1 May", "2025-10-01", "1"), "1 May"),
        (("residential_low", "2025-10-01", "2025-09-01", "1"), "later than"),
        (("residential_low", "2025-09-01", "2025-10-01", "much"), "much"),
        (("residential_low", "2001-09-01", "2001-10-01", "1"), "2001-09-01"),
        (
            ("residential_low", "2025-09-01", "2025-10-01", "1", "--discount", "x"),
            "large_family",
        ),
    ],
)
@pytest.mark.django_db
def test_a_mistake_is_one_clear_line(words: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run(*words)


def test_it_works_before_there_is_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_table() -> Any:
        raise DatabaseError("no such table")

    monkeypatch.setattr(command, "tariff_book", no_table)
    assert "70,640" in run("residential_low", "2025-09-01", "2025-10-01", "350")
