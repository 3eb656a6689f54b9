"""Two reports of one thing become one; nobody who cares about either is lost."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused, StepRefused
from livinglab.issues.models import Change, Follow, Issue
from livinglab.issues.services.following import count_supporters
from livinglab.issues.services.steps import Wanted, take_step
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
    """Close `copy` as known from `original`; its followers go over."""
    require(by, "issues.merge_issue", copy)
    require(by, "issues.merge_issue", original)
    if copy.city_id != original.city_id:
        raise IssueRefused(_("The two reports belong to different cities."))
    if original.pk == copy.pk or original.duplicate_of_id:
        raise IssueRefused(_("Please name the report that stays open."))
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


def _move_followers(copy: Issue, original: Issue) -> None:
    """Whoever reported or met the copy met the original too."""
    Follow.objects.bulk_create(
        [
            Follow(
                issue=original,
                person_id=follow.person_id,
                why=(
                    Follow.Why.CURIOUS
                    if follow.why == Follow.Why.CURIOUS
                    else Follow.Why.MET_IT_TOO
                ),
            )
            for follow in copy.follows.all()
        ],
        ignore_conflicts=True,
    )
    count_supporters(original)
