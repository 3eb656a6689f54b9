"""Everything about one report for whoever works on it, and what may come next."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from livinglab.issues.models import (
    Appeal,
    Change,
    Follow,
    Issue,
    Note,
    Outcome,
    Photo,
    Verdict,
)
from livinglab.issues.models.departments import Question
from livinglab.issues.selectors.callers import others_of_reporter
from livinglab.issues.selectors.desk import days_left, neighbours
from livinglab.issues.selectors.known import Known
from livinglab.issues.states import ANSWERS, OPEN, REOPENABLE, State, following
from livinglab.kernel.permissions import may
from livinglab.people.models import Person


@dataclass(frozen=True)
class Offer:
    """A button: which verb, perhaps into which state, in which words."""

    verb: str
    label: object
    state: str = ""

    @property
    def key(self) -> str:
        return f"{self.verb}-{self.state}" if self.state else self.verb


OUTCOME = Offer("outcome", _("What grew out of it"))
PUBLISH = Offer("show", _("Publish it"))
ANSWER_LABELS = {
    State.IN_PROGRESS: _("Start work"),
    State.PLANNED: _("Name a plan"),
    State.WAITING: _("Ask the reporter"),
    State.RESOLVED: _("It is fixed"),
    State.PASSED_ON: _("Pass on elsewhere"),
    State.NO_ACTION: _("No action"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: a change residents may read, or a note among us."""

    at: datetime
    title: str
    words: str
    who: str
    is_note: bool = False
    state: str = ""
    photos: list[Photo] = field(default_factory=list)
    word: int | None = None  # a resident's text, to be taken or shown again
    blanked_words: str = ""
    blanked_why: str = ""
    may_come_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the page of a report shows."""

    issue: Issue
    answer_left: int
    left: int
    photos: list[Photo]
    entries: list[Entry]
    near: list[Known]
    copies: list[Issue]
    told: int
    earlier: list[Issue]
    appeals: list[Appeal]
    verdicts: dict[str, int]
    answers: list[tuple[str, str]]
    outcomes: list[Outcome]
    may_work: bool

    @property
    def earlier_hidden(self) -> int:
        """How many reports of the same person had to be hidden."""
        return sum(bool(issue.hidden) for issue in self.earlier)

    @property
    def unreleased(self) -> list[Photo]:
        return [photo for photo in self.photos if photo.is_to_look_at]


def work_on(issue: Issue, *, person: Person, today: date) -> Work:
    """Gather the page of one report for this person."""
    photos = list(issue.photos.all())
    return Work(
        issue=issue,
        answer_left=days_left(issue.answer_due_on, today),
        left=days_left(issue.due_on, today),
        photos=photos,
        entries=timeline(issue, photos),
        near=neighbours(issue, person),
        copies=list(issue.duplicates.select_related("category")),
        told=Follow.objects.filter(issue=issue).count(),
        earlier=others_of_reporter(issue, by=person),
        appeals=list(
            issue.appeals.filter(decision=Appeal.Decision.OPEN).select_related("word")
        ),
        verdicts=_verdicts(issue),
        answers=answered(issue),
        outcomes=list(issue.outcomes.all()),
        may_work=may(person, "issues.answer_issue", issue),
    )


def offers(issue: Issue) -> dict[str, list[Offer]]:
    """The steps this state allows, by what they are about."""
    is_open = issue.state in OPEN
    answer = [
        Offer("answer", ANSWER_LABELS[state], state)
        for state in ANSWERS
        if state in following(State(issue.state))
    ]
    if is_open:
        answer.append(Offer("update", _("Say what is new")))
    if issue.state in REOPENABLE:
        answer.append(Offer("reopen", _("Open it again")))
    if issue.state == State.DUPLICATE:
        answer.append(Offer("unmerge", _("Undo the joining")))
    return {"answer": answer, "sort": _sorting(is_open), "show": _showing(issue)}


def _sorting(is_open: bool) -> list[Offer]:
    if not is_open:
        return [Offer("assign", _("Give to a colleague")), OUTCOME]
    return [
        Offer("route", _("Send to a department")),
        Offer("assign", _("Give to a colleague")),
        Offer("sort", _("Another kind")),
        Offer("extend", _("Promise a later day")),
        Offer("merge", _("Join with another report")),
        OUTCOME,
    ]


def _showing(issue: Issue) -> list[Offer]:
    if not issue.hidden:
        hide = Offer("hide", _("Hide"))
        return [PUBLISH, hide] if issue.may_be_shown else [hide]
    if issue.hidden == Issue.Hidden.SUSPECTED:
        return [PUBLISH, Offer("hide", _("It is spam"))]
    return [Offer("show", _("Show again"))]


def timeline(issue: Issue, photos: list[Photo]) -> list[Entry]:
    """Changes and notes together, the oldest first."""
    changes = issue.changes.select_related("by", "department")
    notes = issue.notes.select_related("by")
    lines = [_of_change(change, photos) for change in changes]
    lines += [_of_note(note) for note in notes]
    return sorted(lines, key=lambda line: line.at)


def _of_change(change: Change, photos: list[Photo]) -> Entry:
    return Entry(
        at=change.at,
        title=_title(change),
        words=change.words or _kept_reason(change),
        who=_who(change),
        state=change.state,
        photos=[photo for photo in photos if photo.change_id == change.pk],
        word=None if change.by_city else change.pk,
        blanked_words=change.blanked_words,
        blanked_why="" if change.by_city else change.blanked_why,
        may_come_back=bool(change.blanked_words),
    )


def _kept_reason(change: Change) -> str:
    """Why a text was taken, in the row of the taking."""
    return change.blanked_why if change.what == Change.What.BLANKED else ""


def _title(change: Change) -> str:
    if change.what == Change.What.ROUTED and change.department:
        return f"{change.get_what_display()}: {change.department}"
    if change.what == Change.What.EXTENDED and change.due_on:
        return f"{change.get_what_display()}: {change.due_on:%Y-%m-%d}"
    if change.what == Change.What.STATE:
        return change.get_state_display()
    if change.what == Change.What.UPDATE and not change.by_city:
        return str(_("A resident adds"))
    return change.get_what_display()


def _who(change: Change) -> str:
    """Colleagues by name; residents never."""
    if change.by_city:
        return str(change.by or _("the city"))
    return str(_("a resident"))


def _of_note(note: Note) -> Entry:
    who = str(note.by or _("the city"))
    return Entry(note.at, str(_("internal note")), note.words, who, is_note=True)


def _verdicts(issue: Issue) -> dict[str, int]:
    answers = {
        answer: Count("pk", filter=Q(answer=answer)) for answer in Verdict.Answer.values
    }
    counted: dict[str, int] = issue.verdicts.aggregate(**answers)
    return counted if any(counted.values()) else {}


def answered(issue: Issue) -> list[tuple[str, str]]:
    """The questions of its kind with what was answered, in words."""
    if not issue.answers:
        return []
    asked = {question.code: question for question in issue.category.questions.all()}
    return [
        (str(asked.get(code, code)), _in_words(asked.get(code), said))
        for code, said in issue.answers.items()
    ]


def _in_words(question: Question | None, said: str | list[str]) -> str:
    names = question.choice_names() if question and question.is_list else {}
    several = said if isinstance(said, list) else [said]
    return ", ".join(names.get(one, one) for one in several)
