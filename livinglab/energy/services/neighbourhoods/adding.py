"""From homes to areas: sums, comparison group, twelve months, what may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from livinglab.energy.models import AreaSaving, Premises
from livinglab.energy.selectors.area_inputs import (
    COUNTED,
    NO_CONSENT,
    NO_DATA,
    Members,
    Row,
    Sums,
)
from livinglab.energy.selectors.publication import (
    Area,
    hidden_areas,
    may_publish,
    together,
)

LEAST_COMPARISON = 30
PARTICIPANT, COMPARISON = Premises.Part.PARTICIPANT, Premises.Part.COMPARISON
DONG, GU, CITY = AreaSaving.Level.DONG, AreaSaving.Level.GU, AreaSaving.Level.CITY

Key = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """A dong by its row, with the codes of what it lies in."""

    pk: int
    dong: str
    gu: str
    city: str

    @property
    def keys(self) -> list[Key]:
        """The dong, its gu where there is one, its city."""
        middle = [(GU.value, self.gu)] if self.gu else []
        return [(DONG.value, self.dong), *middle, (CITY.value, self.city)]


@dataclass
class AreaSum:
    """What one area's homes did together in one month."""

    sums: Sums = field(default_factory=Sums)
    by_station: dict[int, Sums] = field(default_factory=dict)
    excluded: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Count homes, or note why they are left out."""
        if row.reason != COUNTED:
            self.leave_out(row.reason, row.sums.homes)
            return
        self.sums += row.sums
        here = self.by_station.get(row.station, Sums())
        self.by_station[row.station] = here + row.sums

    def leave_out(self, reason: str, homes: int) -> None:
        if homes:
            self.excluded[reason] = self.excluded.get(reason, 0) + homes


@dataclass(frozen=True)
class Comparison:
    """What homes that only measure saved, weighted like the area's stations."""

    homes: int
    share: float
    half: float


@dataclass
class Month:
    """All areas of a city for one kind of premises and one month."""

    areas: dict[Key, AreaSum] = field(default_factory=dict)
    parents: dict[Key, Key | None] = field(default_factory=dict)
    measuring: dict[int, Sums] = field(default_factory=dict)

    def area(self, place: Place) -> Iterable[AreaSum]:
        """The areas a dong lies in, itself first."""
        keys = place.keys
        for key, above in zip(keys, [*keys[1:], None], strict=True):
            self.parents[key] = above
            yield self.areas.setdefault(key, AreaSum())

    def hidden(self, *, is_public: bool) -> Mapping[Hashable, str]:
        """Areas not to be shown; public buildings agreed to be shown by name."""
        if is_public:
            return {
                key: "few" for key, area in self.areas.items() if not area.sums.homes
            }
        return hidden_areas(
            Area(key, self.parents[key], area.sums.group)
            for key, area in self.areas.items()
        )

    def comparison(self, area: AreaSum) -> Comparison | None:
        """Same stations, same month; None below thirty homes at any of them."""
        groups = {number: self.measuring.get(number) for number in area.by_station}
        known = {number: sums for number, sums in groups.items() if sums}
        if len(known) < len(groups) or not known:
            return None
        if min(sums.homes for sums in known.values()) < LEAST_COMPARISON:
            return None
        if not may_publish(together(sums.group for sums in known.values())):
            return None
        return _weighted(area, known)


def _weighted(area: AreaSum, groups: Mapping[int, Sums]) -> Comparison | None:
    """The groups' saved shares of the bill, each weighted by the area's use there."""
    whole = area.sums.expected_won
    if whole <= 0 or any(sums.expected_won <= 0 for sums in groups.values()):
        return None
    share, square = 0.0, 0.0
    for number, sums in groups.items():
        weight = area.by_station[number].expected_won / whole
        share += weight * sums.saved_won / sums.expected_won
        square += weight**2 * sums.square_won / sums.expected_won**2
    return Comparison(sum(sums.homes for sums in groups.values()), share, sqrt(square))


Months = dict[tuple[date, str], Month]


def months_of_areas(
    rows: Iterable[Row],
    members: Sequence[Members],
    places: Mapping[int, Place],
    wanted: Iterable[date],
) -> Months:
    """Add homes up to dongs, gus and the city, month by month and kind by kind."""
    months: Months = defaultdict(Month)
    told: dict[tuple[date, int, str], int] = defaultdict(int)
    for row in rows:
        month = months[row.month, row.kind]
        if row.part == COMPARISON:
            if row.reason == COUNTED:
                before = month.measuring.get(row.station, Sums())
                month.measuring[row.station] = before + row.sums
            continue
        told[row.month, row.place, row.kind] += row.sums.homes
        for area in month.area(places[row.place]):
            area.add(row)
    _leave_out_silent(months, told, members, places, wanted)
    return months


def _leave_out_silent(
    months: Months,
    told: Mapping[tuple[date, int, str], int],
    members: Sequence[Members],
    places: Mapping[int, Place],
    wanted: Iterable[date],
) -> None:
    """Homes that had joined and of which no figure says anything."""
    for first in wanted:
        joined: dict[tuple[int, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for group in members:
            if group.joined <= first:
                homes, agree = joined[group.place, group.kind]
                joined[group.place, group.kind] = (
                    homes + group.homes,
                    agree + group.agree,
                )
        for (place, kind), (homes, agree) in joined.items():
            silent = max(agree - told.get((first, place, kind), 0), 0)
            for area in months[first, kind].area(places[place]):
                area.leave_out(NO_CONSENT, homes - agree)
                area.leave_out(NO_DATA, silent)
