"""New reports at followed places: one notice a person and day, nothing twice.

Each place remembers until when its news were told; whoever moves that mark tells, in
the same transaction. What is published later counts from when it was published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from livinglab.issues.grid import BLUR_M, metres_between, published, squares_around
from livinglab.issues.models import Change, FollowedPlace, Issue
from livinglab.issues.states import State
from livinglab.notifications.services import Told, notify_all

OLDEST = timedelta(days=8)  # after an outage, what is older is no news
PEOPLE_AT_ONCE = 100
PLACES_AT_ONCE = 2000


@dataclass(frozen=True)
class Fresh:
    """A report as it may be news: when it became readable, where, by whom."""

    pk: int
    since: datetime
    reporter: int | None
    point: tuple[float, float]


class News:
    """What became readable lately, by dong and by square of the map."""

    def __init__(self, after: datetime) -> None:
        self.by_dong: dict[int, list[Fresh]] = defaultdict(list)
        self.by_square: dict[int, list[Fresh]] = defaultdict(list)
        for dong, square, one in _fresh(after):
            self.by_dong[dong].append(one)
            self.by_square[square].append(one)

    def at(self, place: FollowedPlace) -> list[Fresh]:
        """What is new at the place and by somebody else."""
        return [
            one
            for one in self._near(place)
            if one.since > place.told_until and one.reporter != place.person_id
        ]

    def _near(self, place: FollowedPlace) -> list[Fresh]:
        if place.neighbourhood_id is not None:
            return self.by_dong.get(place.neighbourhood_id, [])
        if place.lon is None or place.lat is None:
            return []
        here = (place.lon, place.lat)
        squares = squares_around(*here, place.radius_m + BLUR_M)
        return [
            one
            for square in squares
            for one in self.by_square.get(square, [])
            if metres_between(here, one.point) <= place.radius_m
        ]


def _fresh(after: datetime) -> Iterator[tuple[int, int, Fresh]]:
    """Public reports received or published after the moment, and not taken back."""
    since = _published(after)
    rows = Issue.objects.public().exclude(state=State.WITHDRAWN)
    rows = rows.filter(Q(received_at__gt=after) | Q(pk__in=since))
    rows = rows.only(*_ASKED).order_by("received_at", "pk")  # along an index
    for issue in rows.iterator(chunk_size=PLACES_AT_ONCE):
        moment = since.get(issue.pk, issue.received_at)
        point = published(issue.lon, issue.lat)
        fresh = Fresh(issue.pk, moment, issue.reporter_id, point)
        yield issue.neighbourhood_id, issue.square, fresh


def _published(after: datetime) -> dict[int, datetime]:
    """When what was held back at first was released; hidden and shown is no news."""
    released = Change.objects.filter(what=Change.What.SHOWN, at__gt=after)
    moves = (Change.What.SHOWN, Change.What.HIDDEN)
    rows = Change.objects.filter(issue__in=released.values("issue"), what__in=moves)
    first: dict[int, tuple[str, datetime]] = {}
    for issue, what, at in rows.order_by("at", "pk").values_list("issue", "what", "at"):
        first.setdefault(issue, (what, at))
    return {
        issue: at
        for issue, (what, at) in first.items()
        if what == Change.What.SHOWN and at > after
    }


_ASKED = ("neighbourhood", "square", "received_at", "reporter", "lon", "lat")


def tell_of_places() -> int:
    """Tell everybody of what is new at their places; how many notices are new."""
    until = timezone.now()
    news = News(until - OLDEST)
    if not news.by_dong:
        return 0
    places = FollowedPlace.objects.select_related("person").order_by("person", "pk")
    told = 0
    waiting: list[list[FollowedPlace]] = []
    rows = places.iterator(chunk_size=PLACES_AT_ONCE)
    for _person, theirs in groupby(rows, key=lambda place: place.person_id):
        waiting.append(list(theirs))
        if len(waiting) == PEOPLE_AT_ONCE:
            told += _tell(waiting, news, until)
            waiting = []
    return told + _tell(waiting, news, until)


@transaction.atomic
def _tell(
    people: Sequence[Iterable[FollowedPlace]], news: News, until: datetime
) -> int:
    """Move the marks and tell whoever had news; several places make one notice."""
    told = []
    for places in people:
        found = [(place, found) for place in places if (found := news.at(place))]
        mine = [(place, new) for place, new in found if _take(place, until)]
        if mine:
            told.append(_told(mine, until))
    return notify_all(told, kind="issues.places")


def _take(place: FollowedPlace, until: datetime) -> bool:
    """Of parallel workers one moves the mark."""
    rows = FollowedPlace.objects.filter(pk=place.pk, told_until=place.told_until)
    return bool(rows.update(told_until=until))


def _told(
    mine: Sequence[tuple[FollowedPlace, Sequence[Fresh]]], until: datetime
) -> Told:
    reports = sorted({one.pk for _place, new in mine for one in new})
    facts: dict[str, Any] = {
        "count": len(reports),
        "issues": reports[:20],
        "places": [place.name for place, _new in mine],
    }
    person = mine[0][0].person
    return Told(person, f"places:{until.isoformat()}", facts)
