"""Where the reports of a list lie: a picture a city, drawn by the server."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from livinglab.issues.models import Issue
from livinglab.issues.sketch import MOST_NAMES, Plane, Shape, shapes_in
from livinglab.places.models import City
from livinglab.places.selectors import drawn_city

MOST = 500


@dataclass(frozen=True)
class Spot:
    """A report on the picture."""

    issue: Issue
    x: int
    y: int
    kind: str  # late, open or done


@dataclass(frozen=True)
class Place:
    """A neighbourhood with how many of the reports lie in it."""

    pk: int
    name: str
    count: int


@dataclass(frozen=True)
class Sketch:
    """A city's picture; `unit` is the length that looks the same at any scale."""

    city: City
    width: int
    height: int
    shapes: list[Shape]
    spots: list[Spot]
    places: list[Place]

    @property
    def unit(self) -> int:
        return max(max(self.width, self.height) // 100, 1)

    @property
    def is_named(self) -> bool:
        """Whether names of neighbourhoods have room in it."""
        return len(self.shapes) <= MOST_NAMES

    @property
    def counted(self) -> dict[str, int]:
        found = Counter(spot.kind for spot in self.spots)
        return {kind: found[kind] for kind in ("late", "open", "done")}


def sketches_of(issues: Iterable[Issue], today: date) -> list[Sketch]:
    """The reports, by city; what is late is drawn last, so that it stays in sight."""
    by_city: dict[City, list[Issue]] = {}
    for issue in issues:
        by_city.setdefault(issue.city, []).append(issue)
    return [_sketch(city, theirs, today) for city, theirs in by_city.items()]


def _sketch(city: City, issues: list[Issue], today: date) -> Sketch:
    plane = Plane.around([(issue.lon, issue.lat) for issue in issues])
    width, height = plane.size
    spots = [_spot(issue, plane, today) for issue in issues]
    return Sketch(
        city=city,
        width=width,
        height=height,
        shapes=shapes_in(json.loads(drawn_city(city))["features"], plane),
        spots=sorted(spots, key=lambda spot: ("done", "open", "late").index(spot.kind)),
        places=_places(issues),
    )


def _spot(issue: Issue, plane: Plane, today: date) -> Spot:
    kind = "late" if issue.is_late(today) else "open" if issue.is_open else "done"
    return Spot(issue, *plane.at(issue.lon, issue.lat), kind)


def _places(issues: list[Issue]) -> list[Place]:
    named = {one.neighbourhood_id: str(one.neighbourhood) for one in issues}
    counted = Counter(issue.neighbourhood_id for issue in issues)
    rows = [Place(pk, named[pk], count) for pk, count in counted.items()]
    return sorted(rows, key=lambda place: (-place.count, place.name))
