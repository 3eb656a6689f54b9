"""Tell people what became of a report: each change once, whoever works.

A change without `told_at` is what still must be told. Taking it and telling stand or
fall together, so a death in between leaves it for the next worker.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from livinglab.issues.models import Appeal, Change, Follow, Issue
from livinglab.issues.models.scope import worked_on_by
from livinglab.issues.services.facts import MOST_WORDS, about_issue, facts_of
from livinglab.issues.services.guest_letters import write_to_guest
from livinglab.issues.services.verdicts import plan_verdicts
from livinglab.issues.states import State
from livinglab.notifications.services import Told, notify_all
from livinglab.people.models import Person

AT_ONCE = 200
CHANGED, DESK = "issues.changed", "issues.desk"
# Between the city and who wrote a text.
TO_AUTHOR: dict[str, str] = {
    Change.What.BLANKED: "issues.word_blanked",
    Change.What.UNBLANKED: "issues.word_shown",
}
REPORTED = Follow.Why.REPORTED
# Here the people behind the report have something to answer.
ASKED = frozenset({State.WAITING, State.RESOLVED})
# To the reporter alone: nobody else can see, or need answer, what it is about.
TO_REPORTER: dict[str, str] = {
    Change.What.HIDDEN: "issues.hidden",
    Change.What.SHOWN: "issues.shown",
}
TO_FOLLOWERS: dict[str, str] = {
    Change.What.EXTENDED: "issues.extended",
    Change.What.MERGED: "issues.merged",
}
# A matter between the city and one author.
NOT_TOLD = frozenset({"appealed"})
# What residents move themselves is news at the desk too.
FROM_RESIDENTS = frozenset({State.REOPENED, State.ROUTED})


def changes_to_tell(*, most: int = AT_ONCE) -> list[int]:
    """Changes nobody was told of yet, the oldest first."""
    rows = Change.objects.filter(told_at=None).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


@transaction.atomic
def tell_of_change(change_id: int) -> int:
    """Tell whoever follows; how many notices are new. Safe to run twice."""
    rows = Change.objects.filter(pk=change_id, told_at=None)
    if not rows.update(told_at=timezone.now()):
        return 0
    change = Change.objects.select_related(
        "issue__category",
        "issue__reporter",
        "issue__assignee",
        "department",
        "word__by",
    ).get(pk=change_id)
    plan_verdicts(change)
    told = 0
    for kind, people in _audiences(change):
        told += notify_all(_told(change, kind, people), kind=kind)
    write_to_guest(change)
    return told


def _audiences(change: Change) -> list[tuple[str, Iterable[Person]]]:
    """Kinds of notices, and to whom each goes; whoever did it knows already."""
    issue = change.issue
    if change.what in NOT_TOLD:
        return []
    if kind := TO_AUTHOR.get(change.what):
        return [(kind, _author(change))]
    if _is_the_first(change):
        held = issue.hidden == Issue.Hidden.SUSPECTED
        return [("issues.held" if held else "issues.received", _reporter(issue))]
    if kind := TO_REPORTER.get(change.what):
        return [(kind, _reporter(issue))]
    if change.what == Change.What.CATEGORY:
        return [(CHANGED, _others(change, _followers(issue).filter(why=REPORTED)))]
    if change.what == Change.What.STATE and change.state in ASKED:
        return _asked(change)
    everybody = _others(change, _followers(issue))
    kind = TO_FOLLOWERS.get(change.what, _of_state(change))
    return [(kind, everybody), (DESK, _desk(change))]


def _asked(change: Change) -> list[tuple[str, Iterable[Person]]]:
    """The city asks its reporter, or whether it is fixed: others hear it as news."""
    issue = change.issue
    if change.state == State.WAITING:
        news = _followers(issue).exclude(why=REPORTED)
        return [("issues.question", _reporter(issue)), (CHANGED, _others(change, news))]
    news = _followers(issue).filter(why=Follow.Why.CURIOUS)
    return [(CHANGED, _others(change, news))]


def _desk(change: Change) -> list[Person]:
    """Whoever deals with it, when residents moved it."""
    is_moved = change.what == Change.What.STATE and change.state in FROM_RESIDENTS
    assignee = change.issue.assignee
    if change.by_city or not is_moved or assignee is None:
        return []
    is_theirs = Issue.objects.filter(worked_on_by(assignee), pk=change.issue_id)
    return [assignee] if assignee.pk != change.by_id and is_theirs.exists() else []


def _of_state(change: Change) -> str:
    is_again = change.what == Change.What.STATE and change.state == State.REOPENED
    return "issues.reopened" if is_again else CHANGED


def _is_the_first(change: Change) -> bool:
    is_new = change.what == Change.What.STATE and change.state == State.RECEIVED
    return is_new and not change.by_city


def _author(change: Change) -> list[Person]:
    """Whoever wrote what was taken or given back, if they are still with us."""
    author = change.word.by if change.word else None
    return [author] if author else []


def _reporter(issue: Issue) -> list[Person]:
    return [issue.reporter] if issue.reporter else []


def _followers(issue: Issue) -> QuerySet[Follow]:
    """Everybody who follows and may see it; a hidden one is its reporter's alone."""
    follows = issue.follows.select_related("person").order_by("pk")
    return follows if issue.is_public else follows.filter(person=issue.reporter_id)


def _others(change: Change, follows: QuerySet[Follow]) -> Iterable[Person]:
    rows = follows.exclude(person=change.by_id) if change.by_id else follows
    return (follow.person for follow in rows.iterator(chunk_size=AT_ONCE))


def _told(change: Change, kind: str, people: Iterable[Person]) -> Iterable[Told]:
    facts = facts_of(change.issue) | {
        "state": change.state,
        "words": _words_for(change)[:MOST_WORDS],
        "due": f"{change.due_on:%Y-%m-%d}" if change.due_on else "",
        "change": change.pk,
        "is_public": _is_to_be_read(change),
    }
    if change.what == Change.What.MERGED:
        facts["original"] = change.issue.duplicate_of_id
    event, about = f"change:{change.pk}", about_issue(change.issue)
    return (Told(person, event, facts, about) for person in people)


def _is_to_be_read(change: Change) -> bool:
    """By everybody: as it stands, or for one held back as its kind will have it."""
    issue = change.issue
    is_held = issue.hidden == Issue.Hidden.SUSPECTED
    return bool(issue.category.is_public if is_held else issue.is_public)


def _words_for(change: Change) -> str:
    """What the city said; of a text it took away, why."""
    if change.what == Change.What.BLANKED:
        return change.blanked_why
    return change.words if change.by_city else ""


def tell_of_appeal(appeal: Appeal) -> None:
    """Tell who objected that it stays out of sight, in the deciding transaction."""
    if appeal.by is None:
        return
    facts = facts_of(appeal.issue) | {"words": appeal.answer[:MOST_WORDS]}
    about = about_issue(appeal.issue)
    told = Told(appeal.by, f"appeal:{appeal.pk}", facts, about)
    kind = "issues.word_kept" if appeal.word_id else "issues.appeal_kept"
    notify_all([told], kind=kind)
