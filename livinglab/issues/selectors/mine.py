"""One's own reports, those one stands behind, and the places one follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from livinglab.issues.grid import BLUR_M, metres_between, published, squares_around
from livinglab.issues.models import FollowedPlace, Issue
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.models.scope import seen_by_staff
from livinglab.issues.selectors.cards import IssueCard, cards_of
from livinglab.issues.selectors.listing import (
    CARD_COLUMNS,
    CARD_TABLES,
    LEFT_OUT,
    Wanted,
    card_of_row,
    for_cards,
    listed,
)
from livinglab.kernel.stamps import Row, Value, stamps
from livinglab.people.models import Person
from livinglab.places.models import Neighbourhood

PAGE = 20
NEAR = 60
MOST_QUESTIONS = 5
# The page and, whatever page it is, the reports of which an answer is waited for.
_PAGE = (
    f"SELECT top.is_asked, {CARD_COLUMNS} FROM ("  # noqa: S608
    """
SELECT * FROM (SELECT i.id, 0 AS is_asked FROM issues_issue i WHERE {where}
  ORDER BY i.id DESC LIMIT {most}) listed
UNION ALL
SELECT * FROM (SELECT DISTINCT x.id, 1 AS is_asked
  FROM issues_verdict v JOIN issues_change c ON c.id = v.closing_id
  JOIN issues_issue x ON x.id = v.issue_id
  WHERE v.person_id = %s AND v.answer = '' AND v.ask_at <= %s
    AND x.state = 'resolved' AND c.at = x.closed_at
    AND (x.is_public OR x.reporter_id = %s)
  ORDER BY x.id DESC LIMIT {questions}) asked
) top
"""
    f"{CARD_TABLES} ORDER BY top.is_asked, i.id DESC"
)


_PLACES = """
SELECT f.id, f.name, f.radius_m, c.name_ko, c.name_en
FROM issues_followedplace f
LEFT JOIN places_neighbourhood n ON n.id = f.neighbourhood_id
LEFT JOIN places_city c ON c.id = n.city_id
WHERE f.person_id = %s ORDER BY f.id
"""


class Followed(NamedTuple):
    """A followed place as its list shows it; a city where it is a neighbourhood."""

    pk: int
    name: str
    radius_m: int
    city_ko: str | None
    city_en: str | None

    @property
    def city(self) -> str:
        return in_the_readers_language(self.city_ko or "", self.city_en or "")


@dataclass(frozen=True)
class Page:
    """Some reports as the database told them, and what one is asked about any.

    A page drawn from the same rows is the same page: they are what it is kept by.
    """

    rows: Sequence[Row]

    def cards(self) -> list[IssueCard]:
        """The cards, without another question."""
        return [card_of_row(row[1:]) for row in self._listed[:PAGE]]

    def asked(self) -> list[IssueCard]:
        """The reports of which one is asked "is it fixed?", the newest first."""
        return [card_of_row(row[1:]) for row in self.rows if row[0]]

    @property
    def ids(self) -> list[int]:
        """Their numbers, in order."""
        return [int(row[1]) for row in self._listed[:PAGE]]

    @property
    def next_before(self) -> int | None:
        """The report after which the next page begins, if there is one."""
        return int(self._listed[PAGE - 1][1]) if len(self._listed) > PAGE else None

    @property
    def _listed(self) -> list[Row]:
        return [row for row in self.rows if not row[0]]


def my_reports(person: Person, *, before: int | None = None) -> Page:
    """What one reported, hidden and private ones as well, the newest first."""
    return _page(person, before, "i.reporter_id = %s", person.pk)


def followed_reports(person: Person, *, before: int | None = None) -> Page:
    """What others reported and one met too or follows, as far as one may read it."""
    worked = _followed_at_work(person)
    too = "".join(" OR i.id = %s" for _pk in worked)
    where = (
        "i.id IN (SELECT f.issue_id FROM issues_follow f WHERE f.person_id = %s) "  # noqa: S608
        "AND (i.reporter_id IS NULL OR i.reporter_id <> %s) "
        f"AND (i.is_public{too})"
    )
    return _page(person, before, where, person.pk, person.pk, *worked)


def _followed_at_work(person: Person) -> list[int]:
    """What is not public and yet may be read by whoever deals with it."""
    if not (person.coordinated_city_ids or person.evaluated_city_ids):
        return []
    closed = Issue.objects.filter(seen_by_staff(person), is_public=False)
    return list(closed.filter(follows__person=person).values_list("pk", flat=True))


def _page(person: Person, before: int | None, where: str, *values: Value) -> Page:
    if before is not None:
        where, values = f"{where} AND i.id < %s", (*values, before)
    asked = (person.pk, timezone.now(), person.pk)
    sql = _PAGE.format(where=where, most=PAGE + 1, questions=MOST_QUESTIONS)
    return Page(stamps(sql, *values, *asked))


def place_of(person: Person, pk: int) -> FollowedPlace | None:
    """One of the places one follows; nobody else's."""
    return FollowedPlace.objects.filter(person=person, pk=pk).first()


def places_of(person: Person) -> list[Followed]:
    """The places one follows, in the order in which one added them."""
    return [Followed(*row) for row in stamps(_PLACES, person.pk)]


def reports_around(place: FollowedPlace) -> list[IssueCard]:
    """The newest public reports of a followed place; around a point the near ones."""
    if place.neighbourhood_id is not None:
        there = Neighbourhood(pk=place.neighbourhood_id)
        return listed(Wanted(dong=there), most=PAGE).cards()
    issues = for_cards(Issue.objects.public()).exclude(state__in=LEFT_OUT)
    point = (place.lon or 0.0, place.lat or 0.0)
    squares = Q(square__in=squares_around(*point, place.radius_m + BLUR_M))
    far = {
        issue: metres_between(point, published(issue.lon, issue.lat))
        for issue in issues.filter(squares)[:NEAR]
    }
    near = [issue for issue, metres in far.items() if metres <= place.radius_m]
    return cards_of(near[:PAGE], metres={one.pk: far[one] for one in near})
