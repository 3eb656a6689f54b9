"""Each step in the life of a report, said in one plain sentence."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from livinglab.issues.models import Change, Issue
from livinglab.issues.states import OPEN, State

_STATES = {
    State.RECEIVED: gettext_lazy("The report has arrived"),
    State.ROUTED: gettext_lazy("The reporter answered; work goes on"),
    State.IN_PROGRESS: gettext_lazy("It is being dealt with"),
    State.PLANNED: gettext_lazy("It is planned"),
    State.WAITING: gettext_lazy("The city asks the reporter"),
    State.REOPENED: gettext_lazy("It is open again"),
    State.RESOLVED: gettext_lazy("It is fixed, says the city"),
    State.PASSED_ON: gettext_lazy("It was passed on to whoever is responsible"),
    State.DUPLICATE: gettext_lazy("It was known already"),
    State.NO_ACTION: gettext_lazy("The city does nothing about it, and says why"),
    State.WITHDRAWN: gettext_lazy("The reporter withdrew it"),
}
_OTHERS = {
    Change.What.CATEGORY: gettext_lazy("It was put where it belongs"),
    Change.What.MERGED: gettext_lazy("It was joined with a report of the same thing"),
    Change.What.HIDDEN: gettext_lazy("The report was taken out of sight"),
    Change.What.SHOWN: gettext_lazy("The report can be seen again"),
}


def sentence_of(change: Change) -> str:
    """What happened."""
    department = change.department.name if change.department else ""
    if change.what == Change.What.STATE:
        if _is_handed_on(change):
            return _("The reporter withdrew it; it stays open for others who met it")
        return str(_STATES[State(change.state)])
    if change.what == Change.What.ROUTED:
        return _("Now with: %(department)s") % {"department": department}
    if change.what == Change.What.EXTENDED and change.due_on:
        return _("It takes longer. New promise: %(day)s") % {"day": day(change.due_on)}
    if change.what == Change.What.UPDATE:
        return _("News of the city") if change.by_city else _("A resident adds")
    return str(_OTHERS.get(Change.What(change.what), change.get_what_display()))


def _is_handed_on(change: Change) -> bool:
    """Withdrawn, and yet the report goes on."""
    is_withdrawn = change.state == State.WITHDRAWN
    return is_withdrawn and change.issue.state != State.WITHDRAWN


def who_of(change: Change) -> str:
    """Which office says so; residents stay without a name."""
    if change.by_city and change.department:
        return change.department.name
    is_start = (change.what, change.state) == (Change.What.STATE, State.RECEIVED)
    if is_start and change.department and change.due_on:
        return _("%(department)s · promised by %(day)s") % {
            "department": change.department.name,
            "day": day(change.due_on),
        }
    return ""


def promise_of(issue: Issue, today: date) -> str:
    """The promised day, and how it stands with it today."""
    if issue.state == State.WAITING:
        return _("The clock stands still until the question is answered.")
    if issue.state in OPEN:
        return _ahead(issue, (issue.due_on - today).days)
    return ""


def _ahead(issue: Issue, days: int) -> str:
    if days < 0:
        return ngettext(
            "%(days)d day beyond the promised day",
            "%(days)d days beyond the promised day",
            -days,
        ) % {"days": -days}
    if days == 0:
        return _("promised for today")
    return ngettext("%(days)d day to go", "%(days)d days to go", days) % {"days": days}


def day(on: date) -> str:
    """A day as people write it."""
    return date_format(on, "DATE_FORMAT")
