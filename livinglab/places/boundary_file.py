"""Reads a boundary file and checks its geometry. Pure: shapely only, no Django."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from livinglab.places.area_index import Plane

# Property names met in files of the statistics office, the address portal and of
# people who republish them; the first one present counts.
CODE_NAMES = ("mois_code", "adm_cd2", "ADM_CD2", "EMD_CD", "emd_cd", "code")
KOSTAT_NAMES = ("kostat_code", "adm_cd", "ADM_CD", "adm_dr_cd", "ADM_DR_CD")
NAME_NAMES = ("name", "adm_nm", "ADM_NM", "EMD_KOR_NM", "adm_dr_nm", "ADM_DR_NM")
KOREA = (124.0, 33.0, 132.0, 39.0)
OVERLAP_MAX_M2 = 1.0


class Unreadable(Exception):
    """The file is no boundary file; `kind` says why."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True)
class DrawnArea:
    """One area of the file: what it calls itself, and its shape in degrees."""

    code: str
    kostat_code: str
    name: str
    geometry: BaseGeometry

    @property
    def label(self) -> str:
        return " ".join(p for p in (self.name, self.code or self.kostat_code) if p)


@dataclass(frozen=True)
class Flaw:
    """Why a shape cannot be taken: kind is shape, overlap or twice."""

    kind: str
    first: str
    second: str = ""
    detail: str = ""


def read_areas(content: bytes) -> list[DrawnArea]:
    """The areas of a GeoJSON feature collection in degrees (EPSG:4326)."""
    try:
        collection = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise Unreadable("not_json", str(error)) from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise Unreadable("no_features")
    areas = [_area(number, feature) for number, feature in enumerate(features, 1)]
    if not all(_is_in_korea(area.geometry) for area in areas):
        raise Unreadable("not_degrees")
    return areas


def flaws(areas: Sequence[DrawnArea]) -> list[Flaw]:
    """Every invalid shape, area given twice, and overlap over 1 m²."""
    found = [
        Flaw("shape", area.label, detail=shapely.is_valid_reason(area.geometry))
        for area in areas
        if not area.geometry.is_valid
    ]
    codes = Counter(area.code for area in areas if area.code)
    found += [Flaw("twice", code) for code, times in codes.items() if times > 1]
    return found or _overlaps(areas)


def area_km2(geometry: BaseGeometry) -> float:
    """Area in square kilometres of a shape in degrees."""
    middle = (geometry.bounds[1] + geometry.bounds[3]) / 2
    return float(Plane(middle).project(geometry).area) / 1e6


def _area(number: int, feature: Any) -> DrawnArea:
    try:
        facts = feature.get("properties") or {}
        geometry = shape(feature["geometry"])
    except (AttributeError, KeyError, TypeError, ValueError, ShapelyError) as error:
        raise Unreadable("bad_feature", str(number)) from error
    if geometry.geom_type not in {"Polygon", "MultiPolygon"} or geometry.is_empty:
        raise Unreadable("bad_feature", str(number))
    code = _digits(facts, CODE_NAMES, lengths={10})
    kostat = _digits(facts, KOSTAT_NAMES, lengths={7, 8})
    return DrawnArea(code, kostat, _name(facts), geometry)


def _digits(facts: dict[str, Any], names: Sequence[str], lengths: set[int]) -> str:
    for name in names:
        text = str(facts.get(name) or "").strip()
        if text.isascii() and text.isdecimal() and len(text) in lengths:
            return text
    return ""


def _name(facts: dict[str, Any]) -> str:
    for name in NAME_NAMES:
        if text := str(facts.get(name) or "").strip():
            return text.split()[-1]
    return ""


def _is_in_korea(geometry: BaseGeometry) -> bool:
    west, south, east, north = geometry.bounds
    return KOREA[0] < west and KOREA[1] < south and east < KOREA[2] and north < KOREA[3]


def _overlaps(areas: Sequence[DrawnArea]) -> list[Flaw]:
    plane = Plane(sum(area.geometry.centroid.y for area in areas) / len(areas))
    shapes = [plane.project(area.geometry) for area in areas]
    tree = shapely.STRtree(shapes)
    firsts, seconds = tree.query(shapes, predicate="intersects")
    pairs = [(int(a), int(b)) for a, b in zip(firsts, seconds, strict=True) if a < b]
    found = []
    for a, b in pairs:
        m2 = shapes[a].intersection(shapes[b]).area
        if m2 > OVERLAP_MAX_M2:
            found.append(Flaw("overlap", areas[a].label, areas[b].label, f"{m2:,.0f}"))
    return found
