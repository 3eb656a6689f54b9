"""One's own reports at a glance, and what one is asked, in one question."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from livinglab.issues.models import Issue
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.states import State
from livinglab.issues.words import ICONS, age_in_words, tone_of
from livinglab.kernel.stamps import Row, moment_of, stamps
from livinglab.people.models import Person

# Also reports one stands behind, while "is it fixed?" waits for an answer. Both are
# looked up by person: a condition over reports would read the whole archive.
_MINE = """
SELECT i.id, i.state, i.received_at, k.name_ko, k.name_en, k."group",
CASE WHEN i.reporter_id = %s THEN 1 ELSE 0 END AS is_mine, top.is_asked
FROM (
 SELECT id, MAX(asked) AS is_asked FROM (
  SELECT * FROM (SELECT id, 0 AS asked FROM issues_issue WHERE reporter_id = %s
   ORDER BY id DESC LIMIT 8) own
  UNION ALL
  SELECT v.issue_id, 1
  FROM issues_verdict v JOIN issues_change c ON c.id = v.closing_id
  JOIN issues_issue x ON x.id = v.issue_id
  WHERE v.person_id = %s AND v.answer = '' AND v.ask_at <= %s AND c.at = x.closed_at
 ) found GROUP BY id
) top JOIN issues_issue i ON i.id = top.id
JOIN issues_category k ON k.id = i.category_id
WHERE i.reporter_id = %s OR i.is_public
ORDER BY is_mine DESC, i.id DESC LIMIT 8
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
    is_mine: bool
    is_asked: bool
    waits_for_me: bool

    @property
    def url(self) -> str:
        return reverse("issues:issue", args=[self.pk])


def glance_of(person: Person) -> tuple[Row, ...]:
    """The newest of one's own reports and what one is asked, as the database has it."""
    return stamps(_MINE, *[person.pk] * 3, timezone.now(), person.pk)


def seen(row: Row) -> MyReport:
    """A row of the glance in the reader's words."""
    pk, state, received_at, korean, english, group, is_mine, is_asked = row
    return MyReport(
        pk=pk,
        title=in_the_readers_language(korean, english),
        state=str(Issue.Status(state).label),
        tone=tone_of(state),
        icon=ICONS.get(group, "megaphone"),
        age=age_in_words(moment_of(received_at)),
        is_mine=bool(is_mine),
        is_asked=bool(is_asked) and state == State.RESOLVED,
        waits_for_me=bool(is_mine) and state == State.WAITING,
    )
