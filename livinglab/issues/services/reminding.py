"""What is late or forgotten: somebody is told, once for each cause.

A `Reminder` row is the memory; whoever inserts it tells, in the same transaction. On
days off nobody is reminded: what fell on a holiday is told on the next work day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from livinglab.issues.models import Department, Issue, Reminder
from livinglab.issues.selectors.desk import staff_of
from livinglab.issues.services.facts import about_issue, facts_of
from livinglab.issues.states import State
from livinglab.issues.work_days import is_work_day
from livinglab.notifications.services import Told, notify_all
from livinglab.people.models import Person, Role

Why = Reminder.Why
AT_ONCE = 200
FORGOTTEN_AFTER = timedelta(weeks=4)
ASK_AGAIN_AFTER = timedelta(days=7)
SILENT_AFTER = timedelta(days=21)
# Nobody owes spam an answer; what is held back waits in a queue of its own.
NO_WORK = (Issue.Hidden.SPAM, Issue.Hidden.SUSPECTED)


def remind_of_late_work() -> int:
    """Tell of everything late that nobody was told of; how many rows are new."""
    now = timezone.now()
    if not is_work_day(timezone.localdate(now)):
        return 0
    return sum(_remind(why, now) for why in Why)


def _remind(why: str, now: datetime) -> int:
    """In portions, so that a long outage is no long transaction."""
    made = 0
    while late := list(_late(why, now)[:AT_ONCE]):
        fresh = _remind_once(why, late)
        made += fresh
        if not fresh:  # another worker was faster with all of them
            break
    return made


def _late(why: str, now: datetime) -> QuerySet[Issue]:
    """Reports with a cause that has no row yet, in one order for all workers."""
    today = timezone.localdate(now)
    rows = Issue.objects.open().exclude(hidden__in=NO_WORK)
    waiting = rows.filter(state=State.WAITING)
    if why == Why.ANSWER:
        rows, since = rows.unanswered(today), F("answer_due_on")
    elif why == Why.PROMISE:
        rows, since = rows.overdue(today), F("due_on")
    elif why == Why.QUESTION:
        rows = waiting.filter(paused_on__lte=today - ASK_AGAIN_AFTER)
        rows, since = rows.filter(reporter__isnull=False), F("paused_on")
    elif why == Why.SILENT:
        rows = waiting.filter(paused_on__lte=today - SILENT_AFTER)
        since = F("paused_on")
    else:
        rows = rows.filter(changed_at__lt=now - FORGOTTEN_AFTER, due_on__gte=today)
        rows = rows.exclude(state=State.WAITING)
        since = F("changed_at__date")
    known = Reminder.objects.filter(issue=OuterRef("pk"), why=why, since=OuterRef("s"))
    rows = rows.annotate(s=since).filter(~Exists(known))
    return rows.select_related("category", "department", "reporter").order_by("pk")


@transaction.atomic
def _remind_once(why: str, late: Sequence[Issue]) -> int:
    """Whoever inserts the row tells; all rows of a portion stand or fall together."""
    fresh = [issue for issue in late if _is_new(why, issue)]
    if why == Why.QUESTION:
        notify_all(_questions(fresh), kind="issues.question_again")
    else:
        for department, issues in _by_department(fresh):
            _escalate(why, department, issues)
    return len(fresh)


def _is_new(why: str, issue: Issue) -> bool:
    since: date = issue.s  # type: ignore[attr-defined]
    _row, is_new = Reminder.objects.get_or_create(issue=issue, why=why, since=since)
    return is_new


def _by_department(issues: Iterable[Issue]) -> Iterator[tuple[Department, list[Issue]]]:
    found: dict[int, list[Issue]] = defaultdict(list)
    for issue in issues:
        found[issue.department_id].append(issue)
    for theirs in found.values():
        yield theirs[0].department, theirs


def _escalate(why: str, department: Department, issues: Sequence[Issue]) -> None:
    """One notice for all of a department, so that a bad day is not a flood."""
    first = issues[0]
    facts = facts_of(first) | {
        "why": why,
        "count": len(issues),
        "issues": [issue.pk for issue in issues],
        "city": department.city_id,
    }
    notify_all(
        [
            Told(person, f"{why}:{first.pk}:{_day(first)}", facts)
            for person in second_people(department)
        ],
        kind="issues.escalated",
    )


def _day(issue: Issue) -> str:
    return f"{issue.s:%Y-%m-%d}"  # type: ignore[attr-defined]


def second_people(department: Department) -> list[Person]:
    """Whom the department named for broken promises, else all who deal with it."""
    here = Person.objects.filter(
        roles__kind=Role.Kind.COORDINATOR,
        roles__city=department.city_id,
        is_active=True,
        leaving_since=None,
    ).distinct()
    second = department.escalates_to_id
    named = list(here.filter(pk=second)) if second else []
    return named or list(staff_of(department.city_id, department.pk).order_by("pk"))


def _questions(issues: Iterable[Issue]) -> Iterator[Told]:
    for issue in issues:
        if issue.reporter is not None:
            facts = facts_of(issue)
            event = f"question:{issue.pk}:{_day(issue)}"
            yield Told(issue.reporter, event, facts, about_issue(issue))
