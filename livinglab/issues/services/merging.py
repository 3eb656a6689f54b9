"""Two reports of one thing become one; nobody who cares about either is lost."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.models import Change, Follow, Issue
from livinglab.issues.services.following import count_supporters
from livinglab.issues.services.steps import CHANGED, Wanted, take_step
from livinglab.issues.states import State
from livinglab.issues.work_days import after_work_days
from livinglab.kernel.permissions import require
from livinglab.people.models import Person


@transaction.atomic
def merge_issue(
    copy: Issue,
    original: Issue,
    *,
    words: str = "",
    seen: int | None = None,
    by: Person,
) -> Change:
    """Close `copy` as known from `original`; its followers go over.

    Raises IssueRefused where nobody would deal with it or hear of it there, and
    ChangedMeanwhile where either became something else since it was read.
    """
    require(by, "issues.merge_issue", copy)
    require(by, "issues.merge_issue", original)
    if copy.city_id != original.city_id:
        raise IssueRefused(_("The two reports belong to different cities."))
    _check_original(_locked(copy, original), copy)
    wanted = Wanted(
        what=Change.What.MERGED,
        state=State.DUPLICATE,
        words=words,
        seen=seen,
        fields={"duplicate_of": original},
    )
    change = take_step(copy, wanted, by=by)
    # Copies of the copy point at the one that stays: no chains.
    Issue.objects.filter(duplicate_of=copy).update(duplicate_of=original)
    _move_followers(copy, original)
    return change


@transaction.atomic
def undo_merge(
    copy: Issue, words: str, *, seen: int | None = None, by: Person
) -> Change:
    """The two are not the same after all: the copy is open again, with its people.

    Whoever followed the copy goes on following the other one too.
    """
    require(by, "issues.merge_issue", copy)
    if copy.state != State.DUPLICATE:
        raise StepRefused(_("This report was not joined with another one."))
    today = timezone.localdate()
    wanted = Wanted(
        what=Change.What.STATE,
        state=State.REOPENED,
        words=words,
        seen=seen,
        fields={
            "duplicate_of": None,
            "due_on": after_work_days(today, copy.category.close_days),
        },
    )
    return take_step(copy, wanted, by=by)


def _locked(copy: Issue, original: Issue) -> Issue:
    """The report that stays as it is now, and both kept from others until the end.

    In one order for everybody: of two who join the same reports the other way round
    one waits and is told, and neither waits for the other for ever.
    """
    rows = Issue.objects.select_for_update(no_key=True).order_by("pk")
    now = {row.pk: row for row in rows.filter(pk__in=(copy.pk, original.pk))}
    for read in (copy, original):
        if _standing(now[read.pk]) != _standing(read):
            raise ChangedMeanwhile(str(CHANGED))
    return now[original.pk]


def _standing(issue: Issue) -> tuple[object, ...]:
    """What a merge rests on; a word added meanwhile is in nobody's way."""
    return issue.state, issue.duplicate_of_id, issue.is_public


def _check_original(original: Issue, copy: Issue) -> None:
    """Only a report that goes on, before the same eyes, takes another in."""
    if original.pk == copy.pk or original.duplicate_of_id:
        raise IssueRefused(_("Please name the report that stays open."))
    if original.state == State.WITHDRAWN:
        raise IssueRefused(
            _("The report that stays was withdrawn. Please name another one.")
        )
    if not original.is_open:
        raise IssueRefused(
            _(
                "The report that stays is closed. Please open it again first, or "
                "name another one."
            )
        )
    if copy.is_public and not original.is_public:
        raise IssueRefused(
            _("The report that stays is not published. Please name another one.")
        )


def _move_followers(copy: Issue, original: Issue) -> None:
    """Whoever reported or met the copy met the original too, and counts there."""
    follows = list(copy.follows.all())
    moved = [_moved(follow, original) for follow in follows]
    Follow.objects.bulk_create(moved, ignore_conflicts=True)
    met = [one.person_id for one in moved if one.why == Follow.Why.MET_IT_TOO]
    known = original.follows.filter(person__in=met, why=Follow.Why.CURIOUS)
    known.update(why=Follow.Why.MET_IT_TOO)
    count_supporters(original)


def _moved(follow: Follow, original: Issue) -> Follow:
    why = Follow.Why.MET_IT_TOO
    if follow.person_id == original.reporter_id:
        why = Follow.Why.REPORTED
    elif follow.why == Follow.Why.CURIOUS:
        why = Follow.Why.CURIOUS
    return Follow(issue=original, person_id=follow.person_id, why=why)
