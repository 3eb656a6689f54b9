"""How far is somebody trusted who sends a report?"""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from livinglab.issues.models import Issue
from livinglab.issues.states import State
from livinglab.issues.trust import Trust, trust_from
from livinglab.people.models import Person

REMEMBERED = timedelta(days=180)
BAD = (Issue.Hidden.SPAM, Issue.Hidden.RUDE, Issue.Hidden.UNLAWFUL)


def trust_of(person: Person | None) -> Trust:
    """The level of who sends; one question. What was hidden long ago is forgotten."""
    if person is None:
        return Trust.GUEST
    mine = Issue.objects.filter(reporter=person)
    lately = Q(received_at__gt=timezone.now() - REMEMBERED)
    counts = mine.aggregate(
        standing=Count("pk", Q(hidden="") & ~Q(state=State.WITHDRAWN)),
        hidden=Count("pk", lately & Q(hidden__in=BAD)),
    )
    return trust_from(standing=counts["standing"], hidden=counts["hidden"])
