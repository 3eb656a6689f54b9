"""The public list of reports: which ones a filter means, newest first, page by page.

The question is written by hand (see kernel/stamps.py): its answer is both the page and
the proof that a page kept earlier is still true. Each filter has an index that ends
with the newest report, so the twentieth of a hundred thousand costs like the twentieth
of a hundred.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.http import urlencode

from livinglab.issues.models import Category, FollowedPlace, Issue
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.selectors.cards import IssueCard, Told, card
from livinglab.issues.states import State
from livinglab.kernel.stamps import Row, Value, moment_of, stamps
from livinglab.people.models import Person
from livinglab.places.models import City, Neighbourhood

PAGE = 20
ON_THE_MAP_PAGE = 10
OPEN, ENDED = "open", "closed"
LEFT_OUT = (State.WITHDRAWN, State.DUPLICATE)  # shown only to who asks for them
# What stands on a card, of a report `i` that was found as `top`; see `card_of_row`.
CARD_COLUMNS = """
i.id, i.state, i.supporters, SUBSTR(i.words, 1, 120), i.received_at, i.version,
i.channel, k.name_ko, k.name_en, k."group", n.name_ko, n.name_en,
p.key, p.width, p.height, p.alt
"""
CARD_TABLES = """
JOIN issues_issue i ON i.id = top.id
JOIN issues_category k ON k.id = i.category_id
JOIN places_neighbourhood n ON n.id = i.neighbourhood_id
LEFT JOIN issues_photo p ON p.id = (
  SELECT f.id FROM issues_photo f
  WHERE f.issue_id = i.id AND f.is_public AND i.is_public
  ORDER BY f.position, f.id LIMIT 1)
"""
_NEWEST = (
    f"SELECT {CARD_COLUMNS} FROM (SELECT i.id FROM issues_issue i "  # noqa: S608
    "WHERE {where} ORDER BY i.id DESC LIMIT {most}) top "
    f"{CARD_TABLES} ORDER BY i.id DESC"
)
_AT = {
    kind: f"""i.is_public AND i.state NOT IN (%s, %s)
AND i.{kind}_id = (SELECT id FROM places_{kind} WHERE code = %s)"""  # noqa: S608
    for kind in ("neighbourhood", "city")
}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; `before` is the report after which the page begins."""

    city: City | None = None
    dong: Neighbourhood | None = None
    kind: Category | None = None
    state: str = ""
    before: int | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.city or self.state)

    @property
    def is_narrow(self) -> bool:
        """Whether more than a city was chosen."""
        return bool(self.dong or self.kind or self.state)

    def address(self, **changes: object) -> str:
        """The same wish as the query of an address; nothing where it wishes nothing."""
        wish = replace(self, **changes)  # type: ignore[arg-type]
        said = {
            "city": "" if wish.dong or not wish.city else wish.city.code,
            "dong": wish.dong.code if wish.dong else "",
            "kind": wish.kind.code if wish.kind else "",
            "state": wish.state,
            "before": wish.before or "",
        }
        found = {name: value for name, value in said.items() if value}
        return f"?{urlencode(found)}" if found else ""


@dataclass(frozen=True)
class Listed:
    """One page as the database told it: what stands on its cards, and no more.

    A page drawn from the same rows is the same page: they are what it is kept by.
    """

    rows: Sequence[Row]
    most: int

    @property
    def ids(self) -> list[int]:
        return [int(row[0]) for row in self.rows[: self.most]]

    @property
    def next_before(self) -> int | None:
        """The report after which the next page begins, if there is one."""
        return self.ids[-1] if len(self.rows) > self.most else None

    def cards(self) -> list[IssueCard]:
        """The cards, without another question."""
        return [card_of_row(row) for row in self.rows[: self.most]]


def card_of_row(row: Row) -> IssueCard:
    """The card of a report that was read as `CARD_COLUMNS`."""
    pk, state, supporters, words, received_at, _version, channel, *rest = row
    kind_ko, kind_en, group, dong_ko, dong_en, key, *photo = rest
    return card(
        Told(
            pk=pk,
            title=in_the_readers_language(kind_ko, kind_en),
            group=group,
            place=in_the_readers_language(dong_ko, dong_en),
            words=words,
            state=state,
            channel=channel,
            received_at=moment_of(received_at),
            supporters=supporters,
            photo=(UUID(str(key)), *photo) if key is not None else None,
        )
    )


def wanted_of(asked: Mapping[str, str], person: Person | None = None) -> Wanted:
    """The wish in an address; what nobody knows is no wish."""
    dong = _dong(asked.get("dong", ""), person)
    code = asked.get("city", "")
    city = dong.city if dong else None
    if city is None and code.replace("-", "").isalnum():
        city = City.objects.defer("outline").filter(code=code).first()
    state = asked.get("state", "")
    before = asked.get("before", "")
    return Wanted(
        city=city,
        dong=dong,
        kind=_kind(city, asked.get("kind", "")),
        state=state if state in (OPEN, ENDED, *State) else "",
        before=int(before) if before.isdecimal() and len(before) < 16 else None,
    )


def _dong(code: str, person: Person | None) -> Neighbourhood | None:
    """With `is_followed` where somebody is known who may follow it."""
    if not code.isalnum():
        return None
    places = Neighbourhood.objects.without_shapes()
    if person is not None:
        theirs = FollowedPlace.objects.filter(
            person=person, neighbourhood=OuterRef("pk")
        )
        places = places.annotate(is_followed=Exists(theirs))
    return places.filter(code=code).first()


def _kind(city: City | None, code: str) -> Category | None:
    """Kinds belong to a city."""
    if city is None or not code.replace("-", "").replace("_", "").isalnum():
        return None
    return Category.objects.filter(city=city, code=code).first()


def listed(wanted: Wanted, *, most: int = PAGE) -> Listed:
    """The newest public reports that are meant; one more than a page tells of more."""
    where, values = conditions(wanted)
    sql = _NEWEST.format(where=where, most=most + 1)
    return Listed(stamps(sql, *values), most)


def listed_at(kind: str, code: str, *, most: int) -> Listed:
    """The same of a place known by its code alone: a `neighbourhood` or a `city`."""
    sql = _NEWEST.format(where=_AT[kind], most=most + 1)
    return Listed(stamps(sql, *map(str, LEFT_OUT), code), most)


def conditions(wanted: Wanted) -> tuple[str, list[Value]]:
    """A wish as SQL over `issues_issue i`; values of people stand beside it."""
    where, values = ["i.is_public"], list[Value]()

    def add(condition: str, *value: Value) -> None:
        where.append(condition)
        values.extend(value)

    if wanted.dong:
        add("i.neighbourhood_id = %s", wanted.dong.pk)
    elif wanted.city and not wanted.kind:
        add("i.city_id = %s", wanted.city.pk)
    if wanted.kind:
        add("i.category_id = %s", wanted.kind.pk)
    if wanted.state == OPEN:
        add("i.closed_at IS NULL")
    elif wanted.state == ENDED:
        add("i.closed_at IS NOT NULL")
    elif wanted.state:
        add("i.state = %s", str(wanted.state))
    if wanted.state not in LEFT_OUT:
        add("i.state NOT IN (%s, %s)", *map(str, LEFT_OUT))
    if wanted.before:
        add("i.id < %s", wanted.before)
    return " AND ".join(where), values


def in_order(ids: Sequence[int]) -> list[Issue]:
    """The reports of a page, as cards need them."""
    found = for_cards(Issue.objects.public()).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def for_cards(issues: "QuerySet[Issue]") -> Any:
    """Reports with what stands on their cards."""
    return issues.select_related("category", "neighbourhood").defer(
        "neighbourhood__polygon", "answers"
    )
