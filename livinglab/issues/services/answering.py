"""What a coordinator does with a report."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import ChangedMeanwhile, IssueRefused, StepRefused
from livinglab.issues.models import Category, Change, Department, Issue, Note
from livinglab.issues.services.handing_on import hand_on, is_others_too
from livinglab.issues.services.indexing import index_words
from livinglab.issues.services.settling import settle_objections
from livinglab.issues.services.steps import CHANGED, Wanted, check_length, take_step
from livinglab.issues.states import ANSWERS, OPEN, REOPENABLE, State
from livinglab.issues.work_days import LONGEST_PROMISE, after_work_days
from livinglab.kernel.permissions import require
from livinglab.people.models import Person


@transaction.atomic
def answer_issue(
    issue: Issue, state: str, *, words: str = "", seen: int | None = None, by: Person
) -> Change:
    """Say where the report stands, in words its followers read."""
    require(by, "issues.answer_issue", issue)
    if state not in ANSWERS:
        raise StepRefused(_("A report does not get into this state by an answer."))
    wanted = Wanted(what=Change.What.STATE, state=state, words=words, seen=seen)
    return take_step(issue, wanted, by=by)


@transaction.atomic
def add_update(
    issue: Issue, words: str, *, seen: int | None = None, by: Person
) -> Change:
    """A word of the city in between; the state stays."""
    require(by, "issues.answer_issue", issue)
    if not words.strip():
        raise IssueRefused(_("Please write what is new."), field="words")
    return take_step(
        issue, Wanted(what=Change.What.UPDATE, words=words, seen=seen), by=by
    )


@transaction.atomic
def route_issue(
    issue: Issue,
    department: Department,
    *,
    words: str = "",
    seen: int | None = None,
    by: Person,
) -> Change:
    """Send an open report to a department of the same city; its thread goes along."""
    require(by, "issues.route_issue", issue)
    if department.city_id != issue.city_id:
        raise IssueRefused(_("This department belongs to another city."))
    wanted = Wanted(
        what=Change.What.ROUTED,
        state=State.ROUTED,
        words=words,
        seen=seen,
        fields={"department": department, "assignee": None},
    )
    return take_step(issue, wanted, by=by)


@transaction.atomic
def sort_anew(
    issue: Issue, category: Category, *, seen: int | None = None, by: Person
) -> Change:
    """Put the report into the right category; a longer promise never gets shorter."""
    require(by, "issues.route_issue", issue)
    if category.city_id != issue.city_id:
        raise IssueRefused(_("This category belongs to another city."))
    received = timezone.localdate(issue.received_at)
    due_on = after_work_days(received, category.close_days)
    wanted = Wanted(
        what=Change.What.CATEGORY,
        seen=seen,
        fields={
            "category": category,
            "due_on": max(issue.due_on, due_on),
            # A category that is never published takes its reports out of sight.
            "is_public": issue.is_public and category.is_public,
        },
    )
    change = take_step(issue, wanted, by=by)
    index_words(issue)
    return change


@transaction.atomic
def extend_promise(
    issue: Issue, due_on: date, reason: str, *, seen: int | None = None, by: Person
) -> Change:
    """A later day, with the reason its followers are told."""
    require(by, "issues.answer_issue", issue)
    if issue.state not in OPEN:
        raise StepRefused(_("The report is closed; nothing is promised any more."))
    _check_day(issue, due_on)
    if not reason.strip():
        raise IssueRefused(_("Please say why it takes longer."), field="words")
    # Named while the clock stands still, the day already knows of the pause so far.
    since = {"paused_on": timezone.localdate()} if issue.paused_on else {}
    wanted = Wanted(
        what=Change.What.EXTENDED,
        words=reason,
        seen=seen,
        fields={"due_on": due_on} | since,
    )
    return take_step(issue, wanted, by=by)


def _check_day(issue: Issue, due_on: date) -> None:
    today = timezone.localdate()
    if due_on <= max(issue.due_on, today):
        raise IssueRefused(
            _("The new day must be later than the promised one."), field="due_on"
        )
    if due_on > today + LONGEST_PROMISE:
        raise IssueRefused(
            _("Please promise a day within the next two years."), field="due_on"
        )


@transaction.atomic
def assign_issue(
    issue: Issue, assignee: Person | None, *, seen: int | None = None, by: Person
) -> Issue:
    """Give the report to a colleague who may deal with it, or to nobody.

    Residents are not told; among colleagues a note says so.
    """
    require(by, "issues.route_issue", issue)
    if assignee is not None:
        require(assignee, "issues.answer_issue", issue)
    if seen is not None and seen != issue.version:
        raise ChangedMeanwhile(str(CHANGED))
    taken = Issue.objects.filter(pk=issue.pk, version=issue.version)
    if not taken.update(assignee=assignee, version=F("version") + 1):
        raise ChangedMeanwhile(str(CHANGED))
    issue.refresh_from_db()
    words = _("Given to %(name)s.") % {"name": assignee} if assignee else ""
    Note.objects.create(issue=issue, words=words or _("Given to nobody."), by=by)
    return issue


@transaction.atomic
def note_internally(issue: Issue, words: str, *, by: Person) -> Note:
    """A note among colleagues."""
    require(by, "issues.answer_issue", issue)
    if not words.strip():
        raise IssueRefused(_("The note is empty."), field="words")
    return Note.objects.create(issue=issue, words=words.strip(), by=by)


@transaction.atomic
def hide_issue(
    issue: Issue, reason: str, *, words: str, seen: int | None = None, by: Person
) -> Change:
    """Take a report out of sight; its author is told why and may object."""
    require(by, "issues.hide_issue", issue)
    if reason not in Issue.Hidden.values or not reason:
        raise IssueRefused(_("Please choose why it is hidden."), field="hidden")
    wanted = Wanted(
        what=Change.What.HIDDEN,
        words=words,
        seen=seen,
        fields={"hidden": reason, "is_public": False},
    )
    return take_step(issue, wanted, by=by)


@transaction.atomic
def show_issue(issue: Issue, *, seen: int | None = None, by: Person) -> Change:
    """Publish a report that is out of sight, where its category allows."""
    require(by, "issues.hide_issue", issue)
    if seen in (None, issue.version) and not issue.may_be_shown:
        raise StepRefused(_("There is nothing to publish here."))
    wanted = Wanted(
        what=Change.What.SHOWN,
        seen=seen,
        fields={"hidden": Issue.Hidden.NOT, "is_public": issue.category.is_public},
    )
    change = take_step(issue, wanted, by=by)
    settle_objections(issue, by=by)
    return change


@transaction.atomic
def withdraw_issue(issue: Issue, *, words: str = "", by: Person) -> Change:
    """The reporter takes it back; the page stays without their words.

    Where others stand behind it, it stays open for them, without its reporter.
    """
    require(by, "issues.withdraw_issue", issue)
    check_length(words)
    if is_others_too(issue):
        return hand_on(issue, by=by)
    wanted = Wanted(
        what=Change.What.STATE, state=State.WITHDRAWN, words=words, by_city=False
    )
    return take_step(issue, wanted, by=by)


@transaction.atomic
def reply_to_question(issue: Issue, words: str, *, by: Person) -> Change:
    """The reporter answers what the city asked; the clock goes on."""
    require(by, "issues.reply_to_question", issue)
    if issue.state != State.WAITING:
        raise StepRefused(_("Nobody waits for an answer to this report any more."))
    if not words.strip():
        raise IssueRefused(_("Please write an answer."), field="words")
    check_length(words)
    wanted = Wanted(
        what=Change.What.STATE, state=State.ROUTED, words=words, by_city=False
    )
    return take_step(issue, wanted, by=by)


@transaction.atomic
def reopen_issue(
    issue: Issue, words: str, *, seen: int | None = None, by: Person
) -> Change:
    """ "No, it is not fixed": open again, with a new promise."""
    require(by, "issues.reopen_issue", issue)
    if issue.state not in REOPENABLE:
        raise StepRefused(_("This report cannot be opened again."))
    check_length(words)
    today = timezone.localdate()
    wanted = Wanted(
        what=Change.What.STATE,
        state=State.REOPENED,
        words=words,
        seen=seen,
        fields={"due_on": after_work_days(today, issue.category.close_days)},
        by_city=by.coordinates(issue.city_id),
    )
    return take_step(issue, wanted, by=by)
