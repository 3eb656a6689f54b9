"""A report grew into something: a project took it up, an effect was measured."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.issues.errors import IssueRefused
from livinglab.issues.events import outcome_noted
from livinglab.issues.models import Follow, Issue, Outcome
from livinglab.issues.services.facts import about_issue, facts_of
from livinglab.kernel.commit import after_commit
from livinglab.kernel.permissions import require
from livinglab.notifications.services import Told, notify_all
from livinglab.people.models import Person

AT_ONCE = 200


@transaction.atomic
def note_outcome(
    issue: Issue,
    what: str,
    *,
    title_ko: str,
    title_en: str = "",
    url: str,
    by: Person | None,
) -> Outcome:
    """Write down what grew out of a report; once for each page, told once.

    `url` is a page of this site. `by` is None when another app's own rule says so.
    Raises IssueRefused.
    """
    if by is not None:
        require(by, "issues.note_outcome", issue)
    if what not in Outcome.What.values:
        raise IssueRefused(_("Please choose what became of it."), field="what")
    if not title_ko.strip():
        raise IssueRefused(_("Please say it in one line."), field="title_ko")
    if not url.startswith("/") or url.startswith("//"):
        raise IssueRefused(_("Please name a page of this site."), field="url")
    outcome, is_new = Outcome.objects.get_or_create(
        issue=issue.duplicate_of or issue,
        what=what,
        url=url[:240],
        defaults={"title_ko": title_ko[:120], "title_en": title_en[:160], "by": by},
    )
    if is_new:
        after_commit(outcome_noted.send_robust, Outcome, outcome_id=outcome.pk)
    return outcome


def outcomes_to_tell(*, most: int = AT_ONCE) -> list[int]:
    """Outcomes nobody was told of yet."""
    rows = Outcome.objects.filter(told_at=None).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


@transaction.atomic
def tell_of_outcome(outcome_id: int) -> int:
    """Tell everybody behind the report, the first of them as the first."""
    rows = Outcome.objects.filter(pk=outcome_id, told_at=None)
    if not rows.update(told_at=timezone.now()):
        return 0
    outcome = Outcome.objects.select_related(
        "issue__category", "issue__department"
    ).get(pk=outcome_id)
    return notify_all(_told(outcome), kind="issues.outcome")


def _told(outcome: Outcome) -> Iterator[Told]:
    issue = outcome.issue
    first = first_reporter(issue)
    facts = facts_of(issue) | {
        "what": outcome.what,
        "title": [outcome.title_ko, outcome.title_en],
        "url": outcome.url,
    }
    behind = issue.follows.exclude(why=Follow.Why.CURIOUS).select_related("person")
    people = {follow.person_id: follow.person for follow in behind.order_by("pk")}
    if first is not None:
        people.setdefault(first.pk, first)
    for person in people.values():
        is_first = first is not None and person.pk == first.pk
        yield Told(
            person,
            f"outcome:{outcome.pk}",
            facts | {"is_first": is_first},
            about_issue(issue),
        )


def first_reporter(issue: Issue) -> Person | None:
    """Who said it before all others, also in a report that was joined with it."""
    same = Issue.objects.filter(pk=issue.pk) | Issue.objects.filter(duplicate_of=issue)
    named = same.filter(reporter__isnull=False).select_related("reporter")
    first = named.order_by("received_at", "pk").first()
    return first.reporter if first else None
