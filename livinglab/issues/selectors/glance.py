"""One's own reports at a glance, in one question: the start page asks no more."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from livinglab.issues.models import Issue
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.selectors.listing import moment_of
from livinglab.issues.states import State
from livinglab.issues.words import ICONS, age_in_words, tone_of
from livinglab.kernel.stamps import Row, stamps
from livinglab.people.models import Person

_MINE = """
SELECT i.id, i.state, i.received_at, k.name_ko, k.name_en, k."group",
(SELECT COUNT(*) FROM issues_verdict v JOIN issues_change c ON c.id = v.closing_id
 WHERE v.issue_id = i.id AND v.person_id = %s AND v.answer = ''
 AND v.ask_at <= %s AND c.at = i.closed_at)
FROM issues_issue i JOIN issues_category k ON k.id = i.category_id
WHERE i.reporter_id = %s ORDER BY i.id DESC LIMIT 5
"""


@dataclass(frozen=True)
class MyReport:
    """A report of one's own, and whether it waits for its author."""

    pk: int
    title: str
    state: str
    tone: str
    icon: str
    age: str
    is_asked: bool
    waits_for_me: bool

    @property
    def url(self) -> str:
        return reverse("issues:issue", args=[self.pk])


def glance_of(person: Person) -> tuple[Row, ...]:
    """The newest of one's own reports, as the database tells them."""
    return stamps(_MINE, person.pk, timezone.now(), person.pk)


def seen(row: Row) -> MyReport:
    """A row of the glance in the reader's words."""
    pk, state, received_at, korean, english, group, questions = row
    return MyReport(
        pk=pk,
        title=in_the_readers_language(korean, english),
        state=str(Issue.Status(state).label),
        tone=tone_of(state),
        icon=ICONS.get(group, "megaphone"),
        age=age_in_words(moment_of(received_at)),
        is_asked=bool(questions) and state == State.RESOLVED,
        waits_for_me=state == State.WAITING,
    )
