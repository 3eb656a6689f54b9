"""Cities and neighbourhoods over HTTP."""

from typing import Any

import pytest
from django.test import Client

AT = "/api/v1/neighbourhoods/at/"


def test_anybody_lists_the_cities(seeded: str, client: Client) -> None:
    rows = client.get("/api/v1/cities/").json()
    assert [row["code"] for row in rows] == ["siheung", "daegu"]
    assert rows[0]["is_approximate"] is True


def test_neighbourhoods_of_a_city_in_one_query(
    seeded: str, client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        rows = client.get("/api/v1/neighbourhoods/?city=daegu").json()
    assert len(rows) == 150
    assert rows[0]["district_ko"] == "중구"


def test_a_neighbourhood_by_its_code(seeded: str, client: Client) -> None:
    row = client.get("/api/v1/neighbourhoods/41390P0760/").json()
    assert row["name_ko"] == "거북섬동"
    assert row["code_is_provisional"] is True
    assert row["predecessors"] == ["4139059200"]
    assert row["geometry"] is None
    assert client.get("/api/v1/neighbourhoods/9999999999/").status_code == 404


def test_which_neighbourhood_a_point_is_in(
    seeded: str, client: Client, django_assert_max_num_queries: Any
) -> None:
    place = {"lat": "37.333", "lon": "126.735"}
    client.get(AT, place)  # the index is built once and kept
    with django_assert_max_num_queries(2):
        answer = client.get(AT, place).json()
    assert [row["name_ko"] for row in answer["candidates"]] == ["정왕1동"]
    assert answer["is_approximate"] is True
    assert answer["is_sure"] is False
    assert "정왕2동" in [row["name_ko"] for row in answer["nearby"]]


def test_a_point_outside_has_no_candidate(seeded: str, client: Client) -> None:
    answer = client.get(AT, {"lat": "37.5665", "lon": "126.978"}).json()
    assert answer["candidates"] == []


@pytest.mark.parametrize(
    "query",
    [{}, {"lat": "37"}, {"lat": "here", "lon": "126"}, {"lat": "95", "lon": "1"}],
)
def test_a_point_that_is_none_is_refused(
    seeded: str, client: Client, query: dict[str, str]
) -> None:
    assert client.get(AT, query).status_code == 400


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_numbers_that_are_none_are_refused(
    seeded: str, client: Client, number: str
) -> None:
    assert client.get(AT, {"lat": number, "lon": "126.7"}).status_code == 400
