"""How long ago, how far, in which state: the short words beside a report."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.issues.states import OPEN, State
from livinglab.kernel.numbers import plain

A_WEEK, A_MONTH = 7, 30
A_KILOMETRE = 1000
_TONES = {
    State.WAITING: "warning",
    State.REOPENED: "warning",
    State.RESOLVED: "success",
}
# What stands where there is no photo.
ICONS = {
    "traffic": "car",
    "safety": "triangle-alert",
    "facilities": "construction",
    "environment": "leaf",
    "barriers": "accessibility",
    "welfare": "heart-handshake",
    "energy": "plug-zap",
    "other": "megaphone",
}


def tone_of(state: str) -> str:
    """The colour of a state's tag; its words say the same."""
    usual = "info" if state in OPEN else ""
    return _TONES.get(State(state), usual)


def age_in_words(moment: datetime, today: date | None = None) -> str:
    """Today, yesterday, 3 days ago, 2 weeks ago, then the day: true for a whole day."""
    return age_of_day(timezone.localdate(moment), today or timezone.localdate())


def age_of_day(day: date, today: date) -> str:
    """The same of a day."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < A_WEEK:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    if days < A_MONTH:
        weeks = days // A_WEEK
        words = ngettext("%(weeks)d week ago", "%(weeks)d weeks ago", weeks)
        return words % {"weeks": weeks}
    return date_format(day, "DATE_FORMAT")


def distance_in_words(metres: float | None) -> str:
    """About 30 m, 1.2 km; nothing where nobody knows."""
    if metres is None:
        return ""
    if metres < A_KILOMETRE:
        # A phone does not know its place to the metre either.
        return _("%(metres)s m away") % {"metres": plain(max(round(metres, -1), 10))}
    return _("%(km)s km away") % {"km": plain(metres / A_KILOMETRE, 1)}
