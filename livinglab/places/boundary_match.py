"""Which area of a boundary file is which neighbourhood. Pure: no Django."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shapely.geometry import Point

from livinglab.places.boundary_file import DrawnArea, area_km2


@dataclass(frozen=True)
class Known:
    """A neighbourhood as the lab knows it before the file."""

    pk: int
    city: str
    district: str
    code: str
    kostat_code: str
    name: str
    is_provisional: bool
    lon: float
    lat: float
    centre_is_estimate: bool


@dataclass(frozen=True)
class Match:
    """A neighbourhood and its area; what the file says differently."""

    known: Known
    area: DrawnArea

    @property
    def code(self) -> str:
        """The file's code replaces only a provisional one."""
        if self.known.is_provisional and self.area.code:
            return self.area.code
        return self.known.code

    @property
    def centre_moved(self) -> bool:
        """Our centre was a guess, or lies outside the official area."""
        ours = Point(self.known.lon, self.known.lat)
        return self.known.centre_is_estimate or not self.area.geometry.covers(ours)

    @property
    def centre(self) -> tuple[float, float]:
        if not self.centre_moved:
            return self.known.lon, self.known.lat
        return inner_point(self.area)

    @property
    def renamed(self) -> bool:
        return plain(self.area.name) not in {"", plain(self.known.name)}

    @property
    def recoded(self) -> bool:
        return self.area.code not in {"", self.known.code}


@dataclass(frozen=True)
class NewArea:
    """An area of one of our cities that we did not know."""

    city: str
    area: DrawnArea

    @property
    def centre(self) -> tuple[float, float]:
        return inner_point(self.area)


@dataclass
class BoundaryReport:
    """The difference between the file and what the lab knew."""

    matched: list[Match] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)
    unknown: list[NewArea] = field(default_factory=list)
    added: list[NewArea] = field(default_factory=list)
    elsewhere: int = 0

    @property
    def cities(self) -> list[str]:
        return sorted(
            {m.known.city for m in self.matched} | {a.city for a in self.added}
        )

    @property
    def fingerprint(self) -> list[str]:
        """Changes whenever a shape or a code changes."""
        drawn = [m.code + m.area.geometry.wkb_hex for m in self.matched]
        return sorted(
            drawn + [a.area.code + a.area.geometry.wkb_hex for a in self.added]
        )

    def km2(self, city: str) -> float:
        """The area the file draws for a city."""
        return sum(
            area_km2(m.area.geometry) for m in self.matched if m.known.city == city
        )


def inner_point(area: DrawnArea) -> tuple[float, float]:
    """The centroid where it lies inside, else a point that surely does."""
    centre = area.geometry.centroid
    if not area.geometry.covers(centre):
        centre = area.geometry.representative_point()
    return round(centre.x, 5), round(centre.y, 5)


def plain(name: str) -> str:
    """신천1.2동, 신천1,2동 and 신천1·2동 are one name."""
    return name.translate(str.maketrans("", "", " .,·ㆍ・제"))


def match(
    areas: Sequence[DrawnArea],
    known: Sequence[Known],
    prefixes: Mapping[str, Sequence[str]],
    *,
    add_new: bool,
) -> BoundaryReport:
    """By code, then by statistics code, then by a name that only one bears."""
    report = BoundaryReport()
    book = _Book.of(known)
    taken: set[int] = set()
    for area in areas:
        city = _city_of(area, prefixes)
        found = book.find(area, is_ours=bool(city) or not area.code)
        if found and found.pk not in taken:
            taken.add(found.pk)
            report.matched.append(Match(found, area))
        elif city is None:
            report.elsewhere += 1
        elif add_new and area.code and area.name:
            report.added.append(NewArea(city, area))
        else:
            report.unknown.append(NewArea(city, area))
    cities = set(report.cities)
    report.missing = [k for k in known if k.city in cities and k.pk not in taken]
    return report


@dataclass(frozen=True)
class _Book:
    by_code: Mapping[str, Known]
    by_kostat: Mapping[str, Known]
    by_name: Mapping[str, Known]

    @classmethod
    def of(cls, known: Sequence[Known]) -> "_Book":
        times = Counter(plain(k.name) for k in known)
        return cls(
            {k.code: k for k in known},
            {k.kostat_code: k for k in known if k.kostat_code},
            {plain(k.name): k for k in known if times[plain(k.name)] == 1},
        )

    def find(self, area: DrawnArea, *, is_ours: bool) -> Known | None:
        """Names count only inside our cities: other cities have a 신천동 too."""
        by_name = self.by_name.get(plain(area.name)) if is_ours else None
        return (
            self.by_code.get(area.code)
            or self.by_kostat.get(area.kostat_code)
            or by_name
        )


def _city_of(area: DrawnArea, prefixes: Mapping[str, Sequence[str]]) -> str | None:
    for city, begins in prefixes.items():
        if area.code.startswith(tuple(begins)):
            return city
    return None
