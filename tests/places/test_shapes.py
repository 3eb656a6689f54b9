"""The shapes of neighbourhoods that maps on phones draw."""

import json
from typing import Any

import pytest
import shapely
from django.test import Client
from shapely.geometry import shape

from livinglab.places.area_index import Cell, area_index
from livinglab.places.models import City, Neighbourhood
from livinglab.places.selectors import shapes_version
from livinglab.places.shapes import Drawn, shapes_of

SQUARE = [[126.0, 37.0], [126.2, 37.0], [126.2, 37.2], [126.0, 37.2], [126.0, 37.0]]
CELLS = [
    Cell("1", 126.05, 37.05),
    Cell("2", 126.15, 37.05),
    Cell("3", 126.10, 37.15),
]


def drawn(cells: list[Cell]) -> dict[str, Any]:
    return shapes_of([Drawn(cell, f"{cell.code}동") for cell in cells], SQUARE)


def test_a_cell_holds_what_the_server_says_lies_in_it() -> None:
    index = area_index(CELLS, SQUARE)
    found = drawn(CELLS)
    assert found["approximate"] is True
    for feature in found["features"]:
        inside = shape(feature["geometry"]).representative_point()
        assert index.at(inside.x, inside.y) == [feature["properties"]["code"]]


def test_cells_fill_the_outline_without_gap_or_overlap() -> None:
    shapes = [shape(one["geometry"]) for one in drawn(CELLS)["features"]]
    whole = shapely.Polygon(SQUARE)
    assert sum(one.area for one in shapes) == pytest.approx(whole.area, rel=1e-4)
    assert shapely.union_all(shapes).area == pytest.approx(whole.area, rel=1e-4)


def test_official_polygons_lose_what_no_phone_shows_and_keep_their_border() -> None:
    jagged = [[126.1 + (n % 2) * 1e-5, 37.0 + n * 1e-3] for n in range(101)]
    west = [[126.0, 37.0], *jagged, [126.0, 37.1], [126.0, 37.0]]
    east = [[126.2, 37.0], [126.2, 37.1], *jagged[::-1], [126.2, 37.0]]
    areas = [
        Cell(code, 126.05, 37.05, polygon=json.dumps(polygon(ring)))
        for code, ring in (("1", west), ("2", east))
    ]
    found = drawn(areas)
    first, second = (shape(one["geometry"]) for one in found["features"])
    assert found["approximate"] is False
    assert len(first.exterior.coords) < len(west) / 2
    assert first.intersection(second).area < 1e-9
    assert first.intersection(second).length > 0.09


def polygon(ring: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_city_fits_on_a_phone(seeded: str, client: Client) -> None:
    answer = client.get("/places/shapes/daegu.json")
    found = answer.json()
    assert len(found["features"]) == 150
    assert len(answer.content) < 100_000
    assert {"code", "name", "centre"} == set(found["features"][0]["properties"])
    assert answer.headers["Content-Type"] == "application/geo+json"


def shapes_address(city: City) -> str:
    return f"/places/shapes/{city.code}.json?v={shapes_version(city)}"


def test_only_the_current_version_is_kept_for_ever(seeded: str, client: Client) -> None:
    page = client.get("/places/shapes/siheung.json?v=older")
    assert page.headers["Cache-Control"] == "no-cache"
    kept = client.get(shapes_address(City.objects.get(code="siheung")))
    assert "immutable" in kept.headers["Cache-Control"]
    assert kept.content == page.content
    assert client.get("/places/shapes/busan.json").status_code == 404


def test_a_new_name_makes_a_new_version(seeded: str) -> None:
    city = City.objects.get(code="siheung")
    before = shapes_address(city)
    Neighbourhood.objects.filter(name_ko="정왕1동").update(name_ko="정왕일동")
    assert shapes_address(city) != before
