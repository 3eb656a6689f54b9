"""Reports in a box of the map: never more than a map can show, at a bounded cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from livinglab.issues.grid import (
    PER_DEGREE,
    published,
    published_between,
    squares_in,
)
from livinglab.issues.models import Issue
from livinglab.issues.selectors.listing import ENDED, LEFT_OUT, OPEN, Wanted

MOST = 200
# Without a wish for a state a map shows how things are now: what is open, and what
# came to an end lately.
LATELY = timedelta(days=60)
# A box of more squares is large: there the newest reports are looked through.
MOST_SQUARES = 400
FIELDS = (
    "pk",
    "lon",
    "lat",
    "category__name_ko",
    "category__name_en",
    "category__group",
    "category__code",
    "words",
    "state",
    "received_at",
)


@dataclass(frozen=True)
class Box:
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, text: str) -> "Box | None":
        """`126.7,37.3,126.8,37.4`; nothing where it is no box on this planet."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            return None
        is_real = -180 <= west <= east <= 180 and -85 <= south <= north <= 85
        return cls(west, south, east, north) if is_real else None

    @property
    def squares(self) -> list[int] | None:
        """The squares that cover it; nothing where they are too many to name."""
        columns = (self.east - self.west) * PER_DEGREE + 2
        rows = (self.north - self.south) * PER_DEGREE + 2
        if columns * rows > MOST_SQUARES:
            return None
        (west, east), (south, north) = self.degrees
        return list(squares_in(west, south, east, north))

    @property
    def degrees(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Where all lies that is published in it: from and below, east and north."""
        return (
            published_between(self.west, self.east),
            published_between(self.south, self.north),
        )


def in_box(
    box: Box, wanted: Wanted, *, fields: Sequence[str] = FIELDS, most: int = MOST
) -> list[dict[str, Any]]:
    """The newest public reports of a box, their places rounded for the public."""
    (west, east), (south, north) = box.degrees
    reports = Issue.objects.public().filter(
        _filter(wanted), lon__gte=west, lon__lt=east, lat__gte=south, lat__lt=north
    )
    squares = box.squares
    if squares is not None:
        reports = reports.filter(square__in=squares)
    elif wanted.city and not wanted.dong:
        reports = reports.filter(city=wanted.city)
    return [_shown(row) for row in reports.values(*fields)[:most]]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    row["lon"], row["lat"] = published(row["lon"], row["lat"])
    return row


def _filter(wanted: Wanted) -> Q:
    meant = Q()
    if wanted.dong:
        meant &= Q(neighbourhood=wanted.dong)
    if wanted.kind:
        meant &= Q(category=wanted.kind)
    if wanted.state == OPEN:
        meant &= Q(closed_at=None)
    elif wanted.state == ENDED:
        meant &= Q(closed_at__isnull=False)
    elif wanted.state:
        meant &= Q(state=wanted.state)
    else:
        meant &= Q(closed_at=None) | Q(closed_at__gt=timezone.now() - LATELY)
    if wanted.state not in LEFT_OUT:
        meant &= ~Q(state__in=LEFT_OUT)
    return meant
