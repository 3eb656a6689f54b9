"""The page of the map: made once for all visitors, true to the borders of today."""

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from livinglab.people.models import Person
from livinglab.places.models import City, Neighbourhood
from tests.issues import world

pytestmark = pytest.mark.django_db
HERE = "/issues/map/"
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')


def facts(client: Client, address: str = HERE) -> dict[str, Any]:
    """What the page hands to its map."""
    text = client.get(address).text
    found = re.search(r'id="map-props"[^>]*>(.*?)</script>', text, re.S)
    assert found
    said: dict[str, Any] = json.loads(found[1])
    return said


def test_a_second_visitor_costs_one_question(
    client: Client, django_assert_num_queries: Any
) -> None:
    world.issue()
    first = client.get(HERE).text
    with django_assert_num_queries(1):
        second = Client().get(HERE).text
    assert TOKEN.sub("", first) == TOKEN.sub("", second)


def test_a_new_report_stands_beside_the_map_at_once(client: Client) -> None:
    for _each in range(2):
        issue = world.issue()
        assert f"/issues/{issue.pk}/" in client.get(HERE).text


def test_new_borders_have_a_new_address_on_the_kept_page(client: Client) -> None:
    world.issue()
    before = facts(client)["cities"][0]["shapes"]
    Neighbourhood.objects.filter(code="4139059100").update(name_ko="새 이름")
    City.objects.update(boundary_version="2027")
    cache.clear()  # kept for ten minutes: the older address serves the newer shapes
    assert facts(client)["cities"][0]["shapes"] != before


def test_pictures_under_the_map_are_named_as_soon_as_they_are_set(
    client: Client, settings: Any
) -> None:
    world.issue()
    assert facts(client)["tiles"]["url"] == ""
    settings.MAP_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert facts(client)["tiles"]["url"] == settings.MAP_TILES_URL


def test_the_map_shows_what_the_list_beside_it_shows(
    client: Client, resident: Person
) -> None:
    world.issue()
    client.force_login(resident)
    for query, city in (("", ""), ("?city=siheung&state=open", "siheung")):
        said = facts(client, HERE + query)
        assert said["points"] == f"/issues/points.geojson{query}"
        assert said["city"] == city
