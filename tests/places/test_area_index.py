"""Cells, polygons, borders: the pure index."""

import json

from livinglab.places.area_index import METRES_A_DEGREE, Cell, area_index

OUTLINE = [[126.99, 36.99], [127.05, 36.99], [127.05, 37.03], [126.99, 37.03]]
WEST, EAST = 127.00, 127.02
METRE = 1 / METRES_A_DEGREE


def square(west: float, south: float, east: float, north: float) -> str:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


CELLS = [Cell("west", WEST, 37.0), Cell("east", EAST, 37.0)]


def test_the_nearest_centre_answers() -> None:
    index = area_index(CELLS, OUTLINE)
    assert index.at(127.005, 37.0) == ["west"]
    assert index.at(127.018, 37.01) == ["east"]


def test_within_15_m_of_the_border_both_are_named_nearest_first() -> None:
    index = area_index(CELLS, OUTLINE)
    ten_metres = 10 * METRE / 0.7986
    assert index.at(127.01 - ten_metres, 37.0) == ["west", "east"]
    assert index.at(127.01 + ten_metres, 37.0) == ["east", "west"]
    assert index.at(127.01 - 2 * ten_metres, 37.0) == ["west"]


def test_outside_the_outline_nothing_answers() -> None:
    assert area_index(CELLS, OUTLINE).at(126.97, 37.0) == []


def test_a_polygon_answers_against_the_nearest_centre() -> None:
    drawn = [
        Cell("west", WEST, 37.0, polygon=square(126.99, 36.99, 127.018, 37.02)),
        Cell("east", EAST, 37.0, polygon=square(127.018, 36.99, 127.04, 37.02)),
    ]
    index = area_index(drawn, OUTLINE)
    assert index.at(127.015, 37.0) == ["west"]
    assert index.at(127.018 - 8 * METRE, 37.0) == ["west", "east"]
    assert index.at(127.03, 36.99 - 100 * METRE) == []


def test_a_point_just_off_the_last_polygon_still_finds_it() -> None:
    drawn = [Cell("west", WEST, 37.0, polygon=square(126.99, 36.99, 127.018, 37.02))]
    assert area_index(drawn, OUTLINE).at(127.0, 36.99 - 10 * METRE) == ["west"]


def test_a_split_without_a_polygon_is_offered_beside_where_it_came_from() -> None:
    cells = [
        Cell("old", WEST, 37.0, polygon=square(126.99, 36.99, 127.04, 37.02)),
        Cell("new", EAST, 37.0, split_from=("old",)),
    ]
    assert area_index(cells, OUTLINE).at(127.03, 37.0) == ["old", "new"]


def test_an_undrawn_area_answers_where_no_polygon_reaches() -> None:
    cells = [
        Cell("west", WEST, 37.0, polygon=square(126.99, 36.99, 127.01, 37.02)),
        Cell("east", EAST, 37.0),
    ]
    index = area_index(cells, OUTLINE)
    assert index.at(127.03, 37.0) == ["east"]
    assert index.at(127.0, 37.025) == []


def test_the_nearest_are_listed_by_distance() -> None:
    index = area_index([*CELLS, Cell("far", 127.045, 37.0)], OUTLINE)
    assert index.nearest(127.019, 37.0, 2) == ["east", "west"]


def test_a_city_without_neighbourhoods_yet_answers_nothing():
    assert area_index([], [(126, 37), (127, 37), (127, 38)]).at(126.5, 37.2) == []
