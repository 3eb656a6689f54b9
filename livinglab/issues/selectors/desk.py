"""What lies on a coordinator's desk: own city, own department, sorted by what waits."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from livinglab.issues.alike import alikeness, pairs
from livinglab.issues.grid import metres_between, squares_around
from livinglab.issues.models import Appeal, Department, Issue, Photo
from livinglab.issues.models.issues import IssueQuerySet
from livinglab.issues.models.scope import read_at_the_desk, seen_by_staff
from livinglab.issues.selectors.known import (
    ALIKE,
    LOOKED_AT,
    RECENTLY,
    SHOWN,
    Known,
)
from livinglab.issues.states import OPEN, State
from livinglab.issues.work_days import work_days_between
from livinglab.people.models import Person, Role


class Queue(StrEnum):
    """Why a report waits for somebody of the city."""

    NEW = "new"
    UNANSWERED = "unanswered"
    OVERDUE = "overdue"
    REOPENED = "reopened"
    ASKED = "asked"
    SUSPECTED = "suspected"
    APPEALED = "appealed"
    PHOTOS = "photos"
    MINE = "mine"


def desk_of(person: Person) -> IssueQuerySet:
    """Reports one works on or evaluates; of a department's people only its own."""
    found = Issue.objects.filter(read_at_the_desk(person))
    return found.defer("neighbourhood__polygon", "city__outline")


def in_queue(name: str, *, person: Person, today: date | None = None) -> Q:
    """The condition of one queue. Raises ValueError for a name nobody knows.

    Spam is no work; an objection brings it back before somebody's eyes.
    """
    today = today or timezone.localdate()
    is_work = ~Q(hidden=Issue.Hidden.SPAM)
    is_open = Q(closed_at=None) & is_work
    seen = is_work & ~Q(hidden=Issue.Hidden.SUSPECTED)
    photos = Photo.objects.to_look_at().filter(issue=OuterRef("pk"))
    appeals = Appeal.objects.filter(decision=Appeal.Decision.OPEN).values("issue")
    return {
        Queue.NEW: Q(state=State.RECEIVED) & seen,
        Queue.UNANSWERED: is_open
        & seen
        & Q(answered_at=None, answer_due_on__lte=today),
        Queue.OVERDUE: is_open & Q(due_on__lt=today) & ~Q(state=State.WAITING),
        Queue.REOPENED: is_work & Q(state=State.REOPENED),
        Queue.ASKED: is_work & Q(state=State.WAITING),
        Queue.SUSPECTED: is_open & Q(hidden=Issue.Hidden.SUSPECTED),
        Queue.APPEALED: Q(pk__in=appeals),
        Queue.PHOTOS: is_open & Q(is_public=True) & Q(Exists(photos)),
        Queue.MINE: is_open & Q(assignee=person),
    }[Queue(name)]


def count_queues(person: Person, *, today: date | None = None) -> dict[str, int]:
    """How many reports wait in each queue, in one look at the open ones."""
    wanted = [one for one in Queue if one is not Queue.APPEALED]
    desk = desk_of(person).filter(city__in=person.coordinated_city_ids)
    counts = desk.open().aggregate(
        **{
            name: Count("pk", filter=in_queue(name, person=person, today=today))
            for name in wanted
        }
    )
    counts[Queue.APPEALED] = desk.filter(
        in_queue(Queue.APPEALED, person=person)
    ).count()
    return counts


def days_left(due_on: date, today: date) -> int:
    """Work days until the promise; below zero it is broken by so many."""
    if due_on < today:
        return -max(1, work_days_between(due_on, today))
    return work_days_between(today, due_on)


def colleagues(issue: Issue) -> QuerySet[Person]:
    """Who may deal with a report."""
    return staff_of(issue.city_id, issue.department_id)


def staff_of(city_id: int, department_id: int) -> QuerySet[Person]:
    """Coordinators of the city, of the department or of none."""
    elsewhere = Department.objects.filter(city=city_id).exclude(members=None)
    here = Department.objects.filter(pk=department_id).values("members")
    coordinators = Person.objects.filter(
        roles__kind=Role.Kind.COORDINATOR,
        roles__city=city_id,
        is_active=True,
        leaving_since=None,
    )
    return coordinators.filter(
        Q(pk__in=here) | ~Q(pk__in=elsewhere.values("members"))
    ).distinct()


def neighbours(issue: Issue, person: Person) -> list[Known]:
    """Reports that may be the same thing; of those not public one's own desk's."""
    if not issue.category.radius_m:
        return []
    here = (issue.lon, issue.lat)
    lately = Q(state__in=sorted(OPEN)) | Q(closed_at__gt=timezone.now() - RECENTLY)
    near = (
        Issue.objects.filter(
            lately,
            Q(is_public=True) | seen_by_staff(person),
            city=issue.city_id,
            square__in=squares_around(*here, issue.category.radius_m),
        )
        .exclude(pk=issue.pk)
        .exclude(state=State.DUPLICATE)
        .annotate(is_ours=_is(seen_by_staff(person)))
        .select_related("category")
        .prefetch_related("photos")[:LOOKED_AT]
    )
    said = pairs(issue.words)
    found = [
        Known(
            one,
            round(metres_between(here, (one.lon, one.lat))),
            alikeness(said, pairs(one.words)),
        )
        for one in near
    ]
    return sorted(
        (one for one in found if _is_like(one, issue)), key=lambda one: one.rank
    )[:SHOWN]


def _is(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _is_like(one: Known, issue: Issue) -> bool:
    is_near = one.metres is None or one.metres <= issue.category.radius_m
    is_same_kind = one.issue.category_id == issue.category_id
    return is_near and (is_same_kind or one.alike >= ALIKE)


def around(numbers: Iterable[int], here: int) -> tuple[int | None, int | None]:
    """The numbers before and after this one in a list somebody works through."""
    listed = list(numbers)
    if here not in listed:
        return None, listed[0] if listed else None
    at = listed.index(here)
    before = listed[at - 1] if at else None
    return before, listed[at + 1] if at + 1 < len(listed) else None
