"""Is it known already? Reports nearby of the same kind, or in like words."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from livinglab.issues.alike import alikeness, pairs
from livinglab.issues.grid import metres_between, squares_around
from livinglab.issues.models import Category, Issue
from livinglab.issues.states import OPEN, State

SHOWN = 5
LOOKED_AT = 80
RECENTLY = timedelta(days=60)
ALIKE = 0.3  # of another kind, but in such words


@dataclass(frozen=True)
class Known:
    """A report that may be the same thing."""

    issue: Issue
    metres: int
    alike: float

    @property
    def rank(self) -> tuple[bool, float]:
        """Open ones first; then near and in like words."""
        return not self.issue.is_open, self.metres * (1 - self.alike)


def known_already(
    category: Category, point: tuple[float, float], words: str = ""
) -> list[Known]:
    """At most five public reports, open or closed lately; one question to the database.

    Looks no farther than the category's radius; a radius of 0 asks nothing.
    """
    if not category.radius_m:
        return []
    said = pairs(words)
    found = [
        Known(
            issue,
            round(metres_between(point, (issue.lon, issue.lat))),
            alikeness(said, pairs(issue.words)),
        )
        for issue in _nearby(category, point)
    ]
    same = [
        one
        for one in found
        if one.metres <= category.radius_m
        and (one.issue.category_id == category.pk or one.alike >= ALIKE)
    ]
    return sorted(same, key=lambda one: one.rank)[:SHOWN]


def _nearby(category: Category, point: tuple[float, float]) -> list[Issue]:
    """The newest of the squares around, merged ones left out."""
    lately = Q(closed_at__gt=timezone.now() - RECENTLY) & ~Q(state=State.DUPLICATE)
    reports = Issue.objects.public().filter(
        Q(state__in=sorted(OPEN)) | lately,
        city=category.city_id,
        square__in=squares_around(*point, category.radius_m),
    )
    return list(
        reports.select_related("category").prefetch_related("photos")[:LOOKED_AT]
    )
