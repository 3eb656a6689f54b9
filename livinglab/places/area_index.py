"""Which neighbourhood is this point in. Pure: shapely only, no Django.

Cells with an official polygon answer by that polygon; a city without polygons is
cut into nearest-centre cells (Voronoi) inside its coarse outline. Distances are in
metres on a plane tangent at the city's middle (equirectangular, error under 0.5 %
for a city of 80 km).
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

NEAR_BORDER_M = 15.0
METRES_A_DEGREE = 111_320.0


@dataclass(frozen=True)
class Plane:
    """A plane in metres around one latitude."""

    lat: float

    def points(
        self, lons: npt.ArrayLike, lats: npt.ArrayLike
    ) -> npt.NDArray[np.float64]:
        """Degrees to metres, shape (n, 2)."""
        east = METRES_A_DEGREE * math.cos(math.radians(self.lat))
        return np.column_stack(
            [np.asarray(lons, float) * east, np.asarray(lats, float) * METRES_A_DEGREE]
        )

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in degrees, seen in metres."""
        return shapely.transform(
            geometry, lambda corners: self.points(corners[:, 0], corners[:, 1])
        )


@dataclass(frozen=True)
class Cell:
    """One neighbourhood as the index knows it."""

    code: str
    lon: float
    lat: float
    polygon: str = ""
    split_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaIndex:
    """The neighbourhoods of one city, ready for points."""

    cells: tuple[Cell, ...]
    outline: tuple[tuple[float, float], ...]

    def at(self, lon: float, lat: float, near_m: float = NEAR_BORDER_M) -> list[str]:
        """Codes of the neighbourhoods at a point, nearest first; [] outside.

        Two or more where the point lies within `near_m` metres of a border, or
        where a newer neighbourhood has no polygon of its own yet.
        """
        if not self.cells:  # a city whose neighbourhoods are still to come
            return []
        cells = self._at_cells(lon, lat, near_m)
        if not self._drawn:
            return cells
        drawn = self._at_polygons(lon, lat, near_m)
        return self._with_splits(drawn) if drawn else self._undrawn(cells)

    def nearest(self, lon: float, lat: float, most: int) -> list[str]:
        """Codes by distance of their centres, for a short list to choose from."""
        order = np.argsort(self._centre_distances(lon, lat), kind="stable")
        return [self.cells[i].code for i in order[:most]]

    @cached_property
    def _plane(self) -> Plane:
        lats = [cell.lat for cell in self.cells]
        return Plane((min(lats) + max(lats)) / 2)

    @cached_property
    def _drawn(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.polygon)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        shapes = [
            self._plane.project(shape(json.loads(c.polygon))) for c in self._drawn
        ]
        shapely.prepare(shapes)
        return shapely.STRtree(shapes)

    @cached_property
    def _border(self) -> BaseGeometry:
        border = self._plane.project(shapely.Polygon(self.outline))
        shapely.prepare(border)
        return border

    @cached_property
    def _centres(self) -> npt.NDArray[np.float64]:
        return self._plane.points(
            [c.lon for c in self.cells], [c.lat for c in self.cells]
        )

    def _point(self, lon: float, lat: float) -> shapely.Point:
        return shapely.Point(self._plane.points([lon], [lat])[0])

    def _centre_distances(self, lon: float, lat: float) -> npt.NDArray[np.float64]:
        away = self._centres - self._plane.points([lon], [lat])[0]
        distances: npt.NDArray[np.float64] = np.hypot(away[:, 0], away[:, 1])
        return distances

    def _at_polygons(self, lon: float, lat: float, near_m: float) -> list[str]:
        point = self._point(lon, lat)
        inside = {int(i) for i in self._tree.query(point, "intersects")}
        near = {int(i) for i in self._tree.query(point, "dwithin", distance=near_m)}
        order = sorted(inside) + sorted(near - inside)
        return [self._drawn[i].code for i in order]

    def _with_splits(self, codes: list[str]) -> list[str]:
        """Add newer neighbourhoods whose area is still drawn inside these."""
        young = [
            cell.code
            for cell in self.cells
            if not cell.polygon and set(cell.split_from) & set(codes)
        ]
        return codes + young

    def _undrawn(self, codes: list[str]) -> list[str]:
        """Where no polygon reaches, a neighbourhood without one may still answer."""
        drawn = {cell.code for cell in self._drawn}
        return [code for code in codes[:1] if code not in drawn]

    def _at_cells(self, lon: float, lat: float, near_m: float) -> list[str]:
        if not self._border.intersects(self._point(lon, lat)):
            return []
        distances = self._centre_distances(lon, lat)
        first = int(np.argmin(distances))
        # The border between two cells is the line of equal distance.
        between = np.hypot(*(self._centres - self._centres[first]).T)
        between[first] = np.inf
        to_border = (distances**2 - distances[first] ** 2) / (2 * between)
        near = np.flatnonzero(to_border <= near_m)
        others = sorted(
            (int(i) for i in near if i != first), key=lambda i: float(to_border[i])
        )
        return [self.cells[i].code for i in [first, *others]]


def area_index(cells: Iterable[Cell], outline: Sequence[Sequence[float]]) -> AreaIndex:
    """An index of one city; `outline` is a ring of [lon, lat] corners."""
    ring = tuple((float(lon), float(lat)) for lon, lat in outline)
    return AreaIndex(tuple(sorted(cells, key=lambda cell: cell.code)), ring)
