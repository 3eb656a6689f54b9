"""What is shown again needs no objection any more."""

from django.utils import timezone

from livinglab.issues.models import Appeal, Change, Issue
from livinglab.people.models import Person


def settle_objections(issue: Issue, *, word: Change | None = None, by: Person) -> int:
    """Decide what is still open about the report, or about one text of it."""
    waiting = Appeal.objects.filter(
        issue=issue, word=word, decision=Appeal.Decision.OPEN
    )
    return waiting.update(
        decision=Appeal.Decision.SHOWN, decided_by=by, decided_at=timezone.now()
    )
