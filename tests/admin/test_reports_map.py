"""The list of reports as a map, drawn by the server."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from livinglab.issues.models import Issue
from livinglab.issues.sketch import NARROWEST_M, Plane, shapes_in
from livinglab.people.models import Person
from tests import make
from tests.issues import world

MAP = "/admin/issues/issue/map/"


def shown(client: Client, query: str = "") -> list[int]:
    sketches = client.get(f"{MAP}?{query}").context["sketches"]
    return sorted(spot.issue.pk for one in sketches for spot in one.spots)


def test_a_point_stands_where_it_lies() -> None:
    plane = Plane.around([(126.70, 37.30), (126.80, 37.40)])
    width, height = plane.size
    assert plane.at(126.75, 37.35) == (round(width / 2), round(height / 2))
    east, south = plane.at(126.80, 37.30)
    assert width / 2 < east < width
    assert height / 2 < south < height
    # 0.1 degrees are 11.1 km to the north, and 8.8 km to the east at this latitude.
    north = plane.at(126.70, 37.40)[1]
    assert south - north == pytest.approx(11_120, abs=5)
    assert east - plane.at(126.70, 37.30)[0] == pytest.approx(8_839, abs=10)


def test_one_report_alone_is_not_shown_from_too_near() -> None:
    plane = Plane.around([world.JEONGWANG])
    assert plane.size == (NARROWEST_M, NARROWEST_M)


def test_only_shapes_in_the_picture_are_drawn() -> None:
    plane = Plane.around([world.JEONGWANG])
    lon, lat = world.JEONGWANG

    def square(code: str, away: float) -> dict[str, Any]:
        west, south = lon + away - 0.01, lat - 0.01
        ring = [
            [west, south],
            [west + 0.02, south],
            [west + 0.02, south + 0.02],
            [west, south],
        ]
        return {
            "properties": {"code": code, "name": code, "centre": [lon, lat]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    found = shapes_in([square("here", 0.0), square("far", 1.0)], plane)
    assert [shape.code for shape in found] == ["here"]
    assert found[0].path.startswith("M")
    assert found[0].path.endswith("Z")


def test_it_shows_what_the_list_shows(as_coordinator: Client) -> None:
    light = world.category("light", name_ko="가로등 고장")
    hole, lamp = world.issue(), world.issue(category=light)
    assert shown(as_coordinator) == [hole.pk, lamp.pk]
    assert shown(as_coordinator, f"category={light.pk}") == [lamp.pk]
    page = as_coordinator.get(f"{MAP}?category={light.pk}").text
    assert f"/admin/issues/issue/{lamp.pk}/change/?_changelist_filters=" in page
    assert "정왕1동" in page


def test_what_is_late_is_told_apart_by_its_form_too(as_coordinator: Client) -> None:
    late = world.issue(state="routed")
    day = timezone.localdate() - timedelta(days=3)
    Issue.objects.filter(pk=late.pk).update(due_on=day)
    world.issue(state="resolved", closed_at=timezone.now())
    world.issue()
    answer = as_coordinator.get(MAP)
    counted = answer.context["sketches"][0].counted
    assert counted == {"late": 1, "open": 1, "done": 1}
    assert answer.text.count("<rect") == 1
    assert answer.text.count("<circle") == 2


def test_of_another_city_it_shows_nothing(
    client: Client, daegu_coordinator: Person
) -> None:
    issue = world.issue()
    client.force_login(daegu_coordinator)
    assert shown(client) == []
    assert f"/{issue.pk}/change/" not in client.get(MAP).text


def test_evaluators_see_it_residents_do_not(
    as_evaluator: Client, resident: Person
) -> None:
    issue = world.issue()
    assert shown(as_evaluator) == [issue.pk]
    as_evaluator.force_login(resident)
    assert as_evaluator.get(MAP).status_code == 302


def test_two_cities_are_two_pictures(
    as_coordinator: Client, coordinator: Person, daegu: Any
) -> None:
    coordinator.roles.create(kind="coordinator", city=daegu)
    there = make.neighbourhood("2714074200")
    world.issue()
    world.issue(
        category=world.category(city="daegu"), neighbourhood=there, point=world.ANSIM
    )
    assert len(as_coordinator.get(MAP).context["sketches"]) == 2


def test_it_asks_the_same_however_many_reports(
    as_coordinator: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        world.issue()
    with django_assert_max_num_queries(16):
        as_coordinator.get(MAP)


@pytest.mark.parametrize("query", ["reporter=1", "p=abc", "queue=nonsense"])
def test_odd_addresses_are_no_fault(query: str, as_coordinator: Client) -> None:
    assert as_coordinator.get(f"{MAP}?{query}").status_code in (200, 400, 404)


def test_no_name_in_the_picture_is_cut_by_its_edge() -> None:
    plane = Plane.around([world.JEONGWANG])
    west, south, east, north = plane.box
    box = [[west, south], [east, south], [east, north], [west, south]]

    def named(lon: float) -> float:
        facts = {"code": "here", "name": "here", "centre": [lon, north]}
        shape = {"type": "Polygon", "coordinates": [box]}
        found = shapes_in([{"properties": facts, "geometry": shape}], plane)
        return found[0].middle[0]

    width = plane.size[0]
    assert 0 < named(west) < width / 4
    assert width * 3 / 4 < named(east) < width
    assert named(west - 1) < 0  # it lies elsewhere, and is not named here
