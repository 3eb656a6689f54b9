"""A map drawn on the server: shapes and spots in metres of one plane. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

METRES_A_DEGREE = 111_195.0
NARROWEST_M = 800.0
MARGIN = 0.06
MOST_NAMES = 24

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shape:
    """A neighbourhood as a path, with the middle where its name stands."""

    code: str
    name: str
    path: str
    middle: Point


@dataclass(frozen=True)
class Plane:
    """Degrees to whole metres, east and south of the north-western corner."""

    box: Box

    @classmethod
    def around(cls, points: Sequence[Point]) -> "Plane":
        """Everything with a margin, never closer than a few streets."""
        lons, lats = [one[0] for one in points], [one[1] for one in points]
        middle = (min(lats) + max(lats)) / 2
        least = NARROWEST_M / METRES_A_DEGREE
        wide = _widened(min(lons), max(lons), least / cos(radians(middle)))
        high = _widened(min(lats), max(lats), least)
        return cls((wide[0], high[0], wide[1], high[1]))

    @property
    def scale(self) -> Point:
        middle = (self.box[1] + self.box[3]) / 2
        return METRES_A_DEGREE * cos(radians(middle)), METRES_A_DEGREE

    @property
    def size(self) -> tuple[int, int]:
        west, south, east, north = self.box
        return round((east - west) * self.scale[0]), round(
            (north - south) * self.scale[1]
        )

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        west, _south, _east, north = self.box
        return round((lon - west) * self.scale[0]), round((north - lat) * self.scale[1])


def _widened(low: float, high: float, least: float) -> Point:
    half = max((high - low) * (0.5 + MARGIN), least / 2)
    middle = (low + high) / 2
    return middle - half, middle + half


def shapes_in(features: Iterable[dict[str, Any]], plane: Plane) -> list[Shape]:
    """The neighbourhoods of a GeoJSON collection that lie in the picture."""
    found = []
    for feature in features:
        rings = list(_rings(feature["geometry"]))
        if not _touches(rings, plane.box):
            continue
        facts = feature["properties"]
        path = "".join(_path(ring, plane) for ring in rings)
        middle = _in_sight(plane.at(*facts["centre"]), plane)
        found.append(Shape(facts["code"], facts["name"], path, middle))
    return found


def _in_sight(middle: Point, plane: Plane) -> Point:
    """A name whose place lies in the picture is not cut by its edge."""
    width, _height = plane.size
    edge = width * MARGIN
    is_inside = 0 <= middle[0] <= width
    return (min(max(middle[0], edge), width - edge), middle[1]) if is_inside else middle


def _rings(geometry: dict[str, Any]) -> Iterable[list[Point]]:
    corners = geometry["coordinates"]
    many = [corners] if geometry["type"] == "Polygon" else corners
    return (ring for polygon in many for ring in polygon)


def _touches(rings: list[list[Point]], box: Box) -> bool:
    lons = [lon for ring in rings for lon, _lat in ring]
    lats = [lat for ring in rings for _lon, lat in ring]
    west, south, east, north = box
    across = min(lons) <= east and max(lons) >= west
    return across and min(lats) <= north and max(lats) >= south


def _path(ring: list[Point], plane: Plane) -> str:
    corners = " ".join("{},{}".format(*plane.at(lon, lat)) for lon, lat in ring)
    return f"M{corners}Z"
