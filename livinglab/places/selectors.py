"""Questions about places."""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from django.utils.translation import get_language

from livinglab.kernel.kept_parts import kept
from livinglab.kernel.stamps import stamps
from livinglab.places.area_index import AreaIndex, Cell, area_index
from livinglab.places.models import City, Neighbourhood
from livinglab.places.shapes import Drawn, shapes_of

NEARBY_MOST = 6


@dataclass(frozen=True)
class PlaceAnswer:
    """Which neighbourhoods may be meant by a point; several means: ask the person."""

    candidates: list[Neighbourhood]
    nearby: list[Neighbourhood]

    @property
    def is_sure(self) -> bool:
        """One candidate, by an official boundary."""
        return len(self.candidates) == 1 and self.candidates[0].has_polygon

    @property
    def is_approximate(self) -> bool:
        """True where no official boundary stands behind a candidate."""
        return any(not place.has_polygon for place in self.candidates)


def neighbourhoods_at(lon: float, lat: float) -> PlaceAnswer:
    """The neighbourhoods a point may lie in, and the nearest ones to choose from."""
    candidates: list[str] = []
    nearby: list[str] = []
    for city_id, version in City.objects.values_list("pk", "boundary_version"):
        # A city nobody versioned yet changes without notice: never kept.
        read = _index_of if version else _index_of.__wrapped__
        index = read(city_id, version)
        if found := index.at(lon, lat):
            candidates += found
            nearby += index.nearest(lon, lat, NEARBY_MOST)
    others = [code for code in nearby if code not in candidates]
    places = Neighbourhood.objects.without_shapes().in_bulk(
        [*candidates, *others], field_name="code"
    )
    return PlaceAnswer(
        [places[code] for code in candidates], [places[code] for code in others]
    )


@lru_cache(maxsize=16)
def _index_of(city_id: int, version: str) -> AreaIndex:
    """The index of one city; its version changes whenever its areas change."""
    city = City.objects.get(pk=city_id)
    split_from: dict[int, list[str]] = {}
    pairs = Neighbourhood.predecessors.through.objects.filter(
        from_neighbourhood__city_id=city_id
    ).values_list("from_neighbourhood_id", "to_neighbourhood__code")
    for pk, code in pairs:
        split_from.setdefault(pk, []).append(code)
    cells = [
        Cell(
            code=place.code,
            lon=place.centre_lon,
            lat=place.centre_lat,
            polygon=place.polygon,
            split_from=tuple(split_from.get(place.pk, ())),
        )
        for place in Neighbourhood.objects.of_city(city)
    ]
    return area_index(cells, city.outline)


def shapes_version(city: City) -> str:
    """A short name for what a map of this city shows in the reader's language."""
    return shapes_versions()[city.pk]


def shapes_versions() -> dict[int, str]:
    """The same for every city, in one question."""
    rows = stamps(
        "SELECT c.id, c.boundary_version, p.code, p.name_ko, p.name_en "
        "FROM places_city c LEFT JOIN places_neighbourhood p ON p.city_id = c.id "
        "ORDER BY c.id, p.id"
    )
    return {
        pk: sha256(repr((*facts, _is_english())).encode()).hexdigest()[:12]
        for pk, facts in groupby(rows, itemgetter(0))
    }


def drawn_city(city: City) -> str:
    """The shapes of a city's neighbourhoods as GeoJSON text, for maps on phones."""
    # A city nobody versioned yet changes without notice: never kept.
    draw = _drawn_city if city.boundary_version else _drawn_city.__wrapped__
    return draw(city.pk, shapes_version(city), _is_english())


@lru_cache(maxsize=16)
def _drawn_city(city_id: int, version: str, english: bool) -> str:
    city = City.objects.get(pk=city_id)
    places = [
        Drawn(
            Cell(
                code=place.code,
                lon=place.centre_lon,
                lat=place.centre_lat,
                polygon=place.polygon,
            ),
            (place.name_en if english else "") or place.name_ko,
        )
        for place in Neighbourhood.objects.of_city(city)
    ]
    drawn = shapes_of(places, city.outline)
    return json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))


def _is_english() -> bool:
    return (get_language() or "ko").startswith("en")


def neighbourhood_of(pk: int) -> Neighbourhood | None:
    """Where somebody lives, kept for ten minutes: pages of residents ask it a lot."""
    places = Neighbourhood.objects.without_shapes()
    return kept(("neighbourhood", pk), places.filter(pk=pk).first)


def places_version() -> Hashable:
    """Another answer whenever the cities, or how many places they have, change."""
    return stamps(
        "SELECT id, name_ko, name_en, boundaries, boundary_version, "
        "(SELECT COUNT(*) FROM places_neighbourhood), "
        "(SELECT MAX(id) FROM places_neighbourhood) FROM places_city ORDER BY id"
    )


def place_version(code: str) -> Hashable:
    """Another answer whenever a neighbourhood says something else about itself."""
    return stamps(
        "SELECT p.name_ko, p.name_en, d.name_ko, d.name_en, c.name_ko, c.name_en, "
        "c.boundaries FROM places_neighbourhood p "
        "JOIN places_city c ON c.id = p.city_id "
        "LEFT JOIN places_district d ON d.id = p.district_id WHERE p.code = %s",
        code,
    )
