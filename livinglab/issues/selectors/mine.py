"""One's own reports, those one stands behind, and the places one follows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from livinglab.issues.grid import BLUR_M, metres_between, published, squares_around
from livinglab.issues.models import Follow, FollowedPlace, Issue
from livinglab.issues.selectors.cards import IssueCard, cards_of
from livinglab.issues.selectors.listing import LEFT_OUT, for_cards
from livinglab.people.models import Person

PAGE = 20
NEAR = 60


@dataclass(frozen=True)
class Page:
    """Some cards and where to go on."""

    cards: list[IssueCard]
    next_before: int | None


def my_reports(person: Person, *, before: int | None = None) -> Page:
    """What one reported, hidden and private ones as well, the newest first."""
    return _page(Issue.objects.filter(reporter=person), before)


def followed_reports(person: Person, *, before: int | None = None) -> Page:
    """What others reported and one met too or follows, as far as one may read it."""
    theirs = Issue.objects.visible_to(person).filter(
        pk__in=Follow.objects.filter(person=person).values("issue")
    )
    return _page(theirs.exclude(reporter=person), before)


def _page(issues: Any, before: int | None) -> Page:
    if before is not None:
        issues = issues.filter(pk__lt=before)
    found = list(for_cards(issues).order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(cards_of(shown), shown[-1].pk if len(found) > PAGE else None)


def places_of(person: Person) -> Any:
    """The places one follows, in the order in which one added them."""
    places = FollowedPlace.objects.filter(person=person)
    return places.select_related("neighbourhood__city").defer(
        "neighbourhood__polygon", "neighbourhood__city__outline"
    )


def reports_around(place: FollowedPlace) -> list[IssueCard]:
    """The newest public reports of a followed place; around a point the near ones."""
    issues = for_cards(Issue.objects.public()).exclude(state__in=LEFT_OUT)
    if place.neighbourhood_id is not None:
        return cards_of(issues.filter(neighbourhood=place.neighbourhood_id)[:PAGE])
    point = (place.lon or 0.0, place.lat or 0.0)
    squares = Q(square__in=squares_around(*point, place.radius_m + BLUR_M))
    far = {
        issue: metres_between(point, published(issue.lon, issue.lat))
        for issue in issues.filter(squares)[:NEAR]
    }
    near = [issue for issue, metres in far.items() if metres <= place.radius_m]
    return cards_of(near[:PAGE], metres={one.pk: far[one] for one in near})
