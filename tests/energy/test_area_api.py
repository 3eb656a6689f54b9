"""Figures of areas at the JSON door: open, rounded, hidden where they must be."""

from datetime import date

import pytest

from livinglab.energy.api.areas import HIDDEN
from livinglab.energy.api.areas import JULY as EXAMPLE
from livinglab.energy.services.neighbourhoods import compute_next, mark_area_due
from tests.energy.street import JULY, all_save, dong, homes

JUNE = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-08-20 12:00+09:00")


@pytest.fixture
def ansim(daegu):
    where = dong("2714074200", gu="27140")
    street = homes(14, where)
    all_save(street[:6], [JUNE])
    all_save(street, [JULY, date(2026, 8, 1)])
    all_save(street, [JULY], span="year", expected=600, saved=50)
    mark_area_due(daegu.pk, [JUNE, JULY, date(2026, 8, 1)])
    while compute_next() is not None:
        pass
    return where


def rows(client, code, **query):
    answer = client.get(f"/api/v1/neighbourhoods/{code}/savings/", query)
    assert answer.status_code == 200
    return answer.json()


@pytest.mark.parametrize("code", ["2714074200", "27140", "daegu"])
def test_everybody_reads_one_row_a_month_that_is_over(client, ansim, code):
    june, july = rows(client, code)
    assert (june["month"], july["month"]) == ("2026-06", "2026-07")
    assert july["suppressed"] is False
    assert july["homes"] == 14
    assert july["expected_kwh"] == 4200
    assert july["saved_kwh"] == 420
    assert july["saved_won"] == 63_000
    assert july["saved_share"] == 0.1
    assert july["state"] == "saving"


def test_a_hidden_month_says_no_number_at_all(client, ansim):
    june = rows(client, ansim.code)[0]
    assert june == HIDDEN | {"month": "2026-06"}
    assert not [
        value
        for name, value in june.items()
        if isinstance(value, int | float) and name not in {"suppressed", "goal_share"}
    ]


def test_nobody_is_told_why_a_month_is_hidden(client, ansim):
    body = client.get(f"/api/v1/neighbourhoods/{ansim.code}/savings/").content
    assert b"few" not in body
    assert b"partner" not in body


def test_the_example_has_every_name_of_the_answer(client, ansim):
    assert set(rows(client, ansim.code)[0]) == set(EXAMPLE)


def test_twelve_months_are_asked_for_by_name(client, ansim):
    july = rows(client, ansim.code, span="year")[-1]
    assert (july["months"], july["saved_kwh"]) == (1, 420)


def test_buildings_are_asked_for_by_name(client, ansim):
    assert rows(client, ansim.code, kind="facility") == []


def test_an_unknown_area_is_not_found(client, ansim):
    assert client.get("/api/v1/neighbourhoods/9999999999/savings/").status_code == 404


def test_an_unknown_kind_is_refused_in_words(client, ansim):
    url = f"/api/v1/neighbourhoods/{ansim.code}/savings/"
    assert client.get(url, {"kind": "castle"}).status_code == 400


def test_four_questions_answer_however_many_months(
    client, ansim, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        rows(client, "daegu")


def test_the_neighbourhoods_page_shows_the_same(client, ansim):
    page = client.get(f"/places/{ansim.code}/").content.decode()
    assert "63,000" in page
