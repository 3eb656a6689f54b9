"""A report's page: what happened to it, in the words of those who read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Subquery,
    Sum,
    When,
)
from django.utils import timezone

from livinglab.issues.models import (
    Appeal,
    Change,
    Follow,
    Issue,
    Outcome,
    Photo,
    Verdict,
)
from livinglab.issues.models.scope import seen_by_staff
from livinglab.issues.selectors.cards import Picture, picture_of
from livinglab.issues.selectors.story_rows import Rows, is_at_desk
from livinglab.issues.selectors.unsent import has_unsent
from livinglab.issues.states import State
from livinglab.issues.timeline_words import sentence_of, who_of
from livinglab.issues.words import tone_of
from livinglab.people.models import Person

# Only for who wrote the report and for the city: the reasons may name a person.
KEPT_QUIET = (Change.What.HIDDEN, Change.What.SHOWN)
# Said where the text stood; why is between the city and who wrote it.
SAID_ELSEWHERE = (Change.What.BLANKED, Change.What.UNBLANKED)


@dataclass(frozen=True)
class Shown:
    """A photo on the page; `is_released` says whether others see it too."""

    small: Picture
    full: Picture
    key: Any
    is_released: bool
    photo: Photo


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    at: datetime
    what: str
    who: str
    words: str
    tone: str
    is_by_city: bool
    is_blanked: bool
    photos: list[Shown]
    change: Change


@dataclass(frozen=True)
class Story:
    """All of a report that does not depend on who reads it."""

    issue: Issue
    photos: list[Shown]
    steps: list[Step]
    outcomes: list[Outcome]


def page_of(pk: int, person: Person | None) -> Any:
    """The report with what this person has to do with it, in one question.

    `my_why`: why they follow it. `my_question`: a closing they may judge now.
    `photo_stamp`, `outcome_count`: whether what was drawn of it is still true.
    """
    issues = Issue.objects.visible_to(person).select_related(
        "city", "neighbourhood", "category", "department", "duplicate_of__category"
    )
    issues = issues.defer("city__outline", "neighbourhood__polygon").annotate(
        photo_stamp=Subquery(_photo_stamp().values("stamp")),
        outcome_count=Subquery(_outcome_count().values("count")),
    )
    if person is None:
        return issues.filter(pk=pk)
    mine = Follow.objects.filter(issue=OuterRef("pk"), person=person)
    return issues.filter(pk=pk).annotate(
        my_why=Subquery(mine.values("why")[:1]),
        my_question=Subquery(_questions(person).values("pk")[:1]),
        my_round=Subquery(_questions(person).values("round")[:1]),
        has_objected=Exists(_open_objections(person)),
        is_at_my_desk=ExpressionWrapper(
            seen_by_staff(person), output_field=BooleanField()
        ),
        my_blanked_why=Subquery(_blanked_words(person).values("blanked_why")[:1]),
        has_unsent=has_unsent(pk, person),
    )


def _photo_stamp() -> Any:
    """Another number whenever a photo comes, goes, is released or covered."""
    released = Case(When(is_public=True, then=F("pk")), default=0)
    photos = Photo.objects.filter(issue=OuterRef("pk")).order_by().values("issue")
    return photos.annotate(stamp=Sum(F("pk") + F("covered") * 1000 + released * 7))


def _outcome_count() -> Any:
    outcomes = Outcome.objects.filter(issue=OuterRef("pk")).order_by()
    return outcomes.values("issue").annotate(count=Count("pk"))


def stamp_of(issue: Any) -> tuple[object, ...]:
    """Everything the drawn part of a report's page rests on."""
    names = (issue.department.name_ko, issue.neighbourhood.name_ko)
    original = issue.duplicate_of is not None and issue.duplicate_of.is_public
    counted = (issue.supporters, issue.photo_stamp, issue.outcome_count, original)
    moved = (issue.version, issue.changed_at, issue.category.changed_at)
    return (issue.pk, *moved, *names, *counted)


def _questions(person: Person) -> Any:
    """Closings of the report that this person is asked about and has not judged."""
    now = timezone.now()
    return Verdict.objects.filter(
        issue=OuterRef("pk"),
        person=person,
        answer="",
        ask_at__lte=now,
        closing__at=OuterRef("closed_at"),
    ).order_by("-round")


def _blanked_words(person: Person) -> Any:
    """What this person wrote to the report and the city took out of sight."""
    mine = Change.objects.filter(issue=OuterRef("pk"), by=person, by_city=False)
    return mine.exclude(blanked_why="").order_by("-pk")


def _open_objections(person: Person) -> Any:
    return Appeal.objects.filter(
        issue=OuterRef("pk"), word=None, by=person, decision=Appeal.Decision.OPEN
    )


def texts_out_of_sight(rows: Rows) -> list[Change]:
    """What the reader added and the city took away; `has_objected` to each."""
    person = rows.person
    if person is None or not rows.issue.my_blanked_why:
        return []
    mine = [one for one in rows.changes if one.by_id == person.pk and not one.by_city]
    return [one for one in mine if one.blanked_why]


def questions_of(person: Person) -> Any:
    """Every closing this person is asked about now, the newest first."""
    now = timezone.now()
    return (
        Verdict.objects.filter(
            person=person,
            answer="",
            ask_at__lte=now,
            issue__state=State.RESOLVED,
        )
        .filter(closing__at=_closed_at())
        .select_related("issue__category", "issue__neighbourhood")
        .defer("issue__neighbourhood__polygon")
        .order_by("-issue_id", "-round")
    )


def _closed_at() -> Any:
    return Subquery(Issue.objects.filter(pk=OuterRef("issue")).values("closed_at")[:1])


def story_of(rows: Rows, *, is_near: bool) -> Story:
    """The timeline of a report from `page_of`; `is_near`: its author and the city."""
    issue = rows.issue
    is_bare = issue.state == State.WITHDRAWN or issue.photo_stamp is None
    seen = () if is_bare else (one for one in rows.photos if _is_seen(one, is_near))
    photos = _by_change(seen)
    quiet = SAID_ELSEWHERE if is_near else (*SAID_ELSEWHERE, *KEPT_QUIET)
    changes = [one for one in rows.changes if one.what not in quiet]
    steps = [_step(one, issue, photos.get(one.pk, [])) for one in changes]
    outcomes = list(issue.outcomes.all()) if issue.outcome_count else []
    return Story(issue, photos.get(None, []), steps, outcomes)


def _is_seen(photo: Photo, is_near: bool) -> bool:
    """Released ones; the author sees theirs before that, the city all of them."""
    issue = photo.issue
    if photo.is_public or issue is None:
        return photo.is_public
    if not is_near or is_at_desk(issue):
        return is_near
    return issue.reporter_id is not None and photo.is_taken_by(issue.reporter_id)


def own_photos(rows: Rows) -> list[Shown]:
    """What the reader may cover or take back: photos they sent to the report."""
    person = rows.person
    if person is None:
        return []
    mine = [photo for photo in rows.photos if photo.is_taken_by(person.pk)]
    return [_shown(photo, "thumb") for photo in mine]


def _by_change(photos: Iterable[Photo]) -> dict[int | None, list[Shown]]:
    found: dict[int | None, list[Shown]] = {}
    for photo in photos:
        found.setdefault(photo.change_id, []).append(_shown(photo))
    return found


def _shown(photo: Photo, size: str = "card") -> Shown:
    return Shown(
        small=picture_of(photo, size),
        full=picture_of(photo, "full"),
        key=photo.key,
        is_released=photo.is_public,
        photo=photo,
    )


def _step(change: Change, issue: Issue, photos: list[Shown]) -> Step:
    is_state = change.what == Change.What.STATE
    # Whoever withdrew a report took their own words along.
    is_silent = issue.state == State.WITHDRAWN and not change.by_city
    return Step(
        at=change.at,
        what=sentence_of(change),
        who=who_of(change),
        words="" if is_silent else change.words,
        tone=tone_of(change.state) if is_state else "",
        is_by_city=change.by_city,
        is_blanked=bool(change.blanked_why) and not is_silent,
        photos=photos,
        change=change,
    )
