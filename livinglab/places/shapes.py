"""The shapes of a city's neighbourhoods for a map on a phone. Pure: shapely only.

Official polygons where they are loaded, else the nearest-centre cells inside the
coarse outline. Shared borders are simplified together, so that no gap opens between
neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from livinglab.places.area_index import METRES_A_DEGREE, Cell, Plane

SIMPLIFIED_M = 15.0
DIGITS = 5  # about a metre


@dataclass(frozen=True)
class Drawn:
    """A neighbourhood to be drawn: its cell, its name, whether it is approximate."""

    cell: Cell
    name: str


def shapes_of(
    places: Sequence[Drawn], outline: Sequence[Sequence[float]]
) -> dict[str, Any]:
    """A GeoJSON feature collection: a polygon, a name and a centre each."""
    official = [place for place in places if place.cell.polygon]
    drawn = _polygons(official) if official else _cells(places, outline)
    return {
        "type": "FeatureCollection",
        "approximate": not official,
        "features": [_feature(place, geometry) for place, geometry in drawn],
    }


def _polygons(places: Sequence[Drawn]) -> list[tuple[Drawn, BaseGeometry]]:
    shapes = [shapely.from_geojson(place.cell.polygon) for place in places]
    simple = shapely.coverage_simplify(shapes, SIMPLIFIED_M / METRES_A_DEGREE)
    return list(zip(places, simple, strict=True))


def _cells(
    places: Sequence[Drawn], outline: Sequence[Sequence[float]]
) -> list[tuple[Drawn, BaseGeometry]]:
    """Everything nearer to one centre than to any other, within the outline."""
    if not places:
        return []
    lats = [place.cell.lat for place in places]
    plane = Plane((min(lats) + max(lats)) / 2)
    border = plane.project(shape({"type": "Polygon", "coordinates": [outline]}))
    centres = plane.points([place.cell.lon for place in places], lats)
    cells = shapely.voronoi_polygons(
        shapely.multipoints(centres), extend_to=border, ordered=True
    )
    return [
        (place, _degrees(plane, cell.intersection(border)))
        for place, cell in zip(places, shapely.get_parts(cells), strict=True)
    ]


def _degrees(plane: Plane, geometry: BaseGeometry) -> BaseGeometry:
    """Metres on the plane back to degrees."""
    one = plane.points([1.0], [1.0])[0]

    def back(corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        turned: npt.NDArray[np.float64] = corners / one
        return turned

    return shapely.transform(geometry, back)


def _feature(place: Drawn, geometry: BaseGeometry) -> dict[str, Any]:
    cell = place.cell
    return {
        "type": "Feature",
        "properties": {
            "code": cell.code,
            "name": place.name,
            "centre": [round(cell.lon, DIGITS), round(cell.lat, DIGITS)],
        },
        "geometry": _rounded(mapping(geometry)),
    }


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": geometry["type"],
        "coordinates": _short(geometry["coordinates"]),
    }


def _short(corners: Any) -> Any:
    """Corners of any depth, each number as short as a metre needs."""
    if isinstance(corners, float):
        return round(corners, DIGITS)
    return [_short(one) for one in corners]
