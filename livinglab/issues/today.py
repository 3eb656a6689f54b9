"""What waits for a coordinator about reports: own city, own department."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.issues.selectors.desk import Queue, count_queues
from livinglab.issues.selectors.desk_links import desk_links
from livinglab.kernel.dashboard import (
    TodayCard,
    todays_links,
    todays_work,
)


@todays_work
def reports_that_wait(person: Any) -> list[TodayCard]:
    """One card a queue; who only reads has no work."""
    if not person.coordinated_city_ids:
        return []
    counts = count_queues(person)
    address = reverse("admin:issues_issue_changelist")
    return [
        TodayCard(title, counts[queue], f"{address}?queue={queue}", note, urgent=urgent)
        for queue, title, note, urgent in _cards()
    ]


def _cards() -> list[tuple[Queue, str, str, bool]]:
    """Queue, its name, what to do there, whether somebody was promised more."""
    return [
        (Queue.NEW, _("New reports"), _("Nobody has looked at them yet."), False),
        (
            Queue.UNANSWERED,
            _("Reports to answer today"),
            _("The first answer was promised for today or earlier."),
            True,
        ),
        (
            Queue.OVERDUE,
            _("Overdue reports"),
            _("Their promised day has passed: deal with them or name a later day."),
            True,
        ),
        (
            Queue.REOPENED,
            _("Reports opened again"),
            _("Somebody says it is not fixed."),
            True,
        ),
        (
            Queue.ASKED,
            _("Waiting for the reporter"),
            _("The clock stands still until they answer."),
            False,
        ),
        (
            Queue.PHOTOS,
            _("Photos to look at"),
            _("Nobody sees them before they are released."),
            False,
        ),
        (
            Queue.SUSPECTED,
            _("Suspected spam"),
            _("Held back until somebody has looked."),
            False,
        ),
        (
            Queue.APPEALED,
            _("Objections to hiding"),
            _("Their authors wait for a decision."),
            True,
        ),
        (Queue.MINE, _("Reports given to me"), _("Open and in your name."), False),
    ]


todays_links(desk_links)
