"""Is it known already? Reports nearby of the same kind, or in like words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from livinglab.issues.alike import alikeness, pairs
from livinglab.issues.grid import BLUR_M, metres_between, published, squares_around
from livinglab.issues.models import Category, Issue
from livinglab.issues.selectors.listing import LEFT_OUT
from livinglab.issues.states import OPEN
from livinglab.places.models import Neighbourhood

SHOWN = 5
LOOKED_AT = 80
RECENTLY = timedelta(days=60)
ALIKE = 0.3  # of another kind, but in such words
NAMED_ONLY_M = 100  # where a report without a point stands among those with one


@dataclass(frozen=True)
class Known:
    """A report that may be the same thing."""

    issue: Issue
    metres: int | None  # None where one of the two only names its neighbourhood
    alike: float

    @property
    def rank(self) -> tuple[bool, float]:
        """Open ones first; then near and in like words."""
        away = NAMED_ONLY_M if self.metres is None else self.metres
        return not self.issue.is_open, away * (1 - self.alike)


def known_already(
    category: Category, point: tuple[float, float], words: str = ""
) -> list[Known]:
    """At most five public reports, open or closed lately; one question to the database.

    Looks no farther than the category's radius; a radius of 0 asks nothing. Distances
    are to where a report is published: to ask from many points tells no more.
    """
    if not category.radius_m:
        return []
    around = squares_around(*point, category.radius_m + BLUR_M)
    said = pairs(words)
    found = [_beside(point, said, issue) for issue in _lately(category, square=around)]
    return _best(
        one
        for one in found
        if (one.metres is None or one.metres <= category.radius_m)
        and (_is_exactly(one, category) or one.alike >= ALIKE)
    )


def known_in(category: Category, place: Neighbourhood, words: str = "") -> list[Known]:
    """The same where somebody only named the neighbourhood: by kind and by words."""
    if not category.radius_m:
        return []
    said = pairs(words)
    found = [
        Known(issue, None, alikeness(said, pairs(f"{issue.address} {issue.words}")))
        for issue in _lately(category, neighbourhood=[place.pk])
    ]
    return _best(
        one
        for one in found
        if one.issue.category_id == category.pk or one.alike >= ALIKE
    )


def _beside(point: tuple[float, float], said: frozenset[str], issue: Issue) -> Known:
    alike = alikeness(said, pairs(issue.words))
    if issue.place_from == Issue.PlaceFrom.LIST:
        return Known(issue, None, alike)
    there = published(issue.lon, issue.lat)
    return Known(issue, round(metres_between(point, there)), alike)


def _is_exactly(one: Known, category: Category) -> bool:
    """Of the kind, at a place somebody pointed at."""
    return one.metres is not None and one.issue.category_id == category.pk


def _best(found: Iterable[Known]) -> list[Known]:
    return sorted(found, key=lambda one: one.rank)[:SHOWN]


def _lately(category: Category, **where: Sequence[int]) -> list[Issue]:
    """The newest there, open or closed lately; merged and withdrawn ones left out."""
    lately = Q(closed_at__gt=timezone.now() - RECENTLY) & ~Q(state__in=LEFT_OUT)
    there = {f"{name}__in": values for name, values in where.items()}
    reports = Issue.objects.public().filter(
        Q(state__in=sorted(OPEN)) | lately, city=category.city_id, **there
    )
    beside = reports.select_related("category", "neighbourhood")
    beside = beside.defer("neighbourhood__polygon")
    return list(beside.prefetch_related("photos")[:LOOKED_AT])
