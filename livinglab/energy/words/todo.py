"""What a home waits for, in words and with the way there."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from livinglab.energy.selectors.home_now import HomeNow
from livinglab.energy.selectors.todo import Todo, Waits
from livinglab.kernel.cards import Task

DOORS = {
    Waits.FIRST_DATA: ("energy:add-to", "plus"),
    Waits.READING: ("energy:add-reading", "gauge"),
    Waits.BILL: ("energy:add-bill", "receipt-text"),
    Waits.DEVICE: ("energy:premises", "plug-zap"),
    Waits.FILE: ("energy:add-file", "file-spreadsheet"),
    Waits.GAP: ("energy:add-file", "calendar"),
}


def task_of(home: HomeNow, todo: Todo) -> Task:
    """One line of the start page."""
    if todo.waits == Waits.YES:
        url = reverse("energy:upload", args=[home.waiting_upload])
        title = _("Look at what we read and say yes")
        return Task(title, url, home.name, "file-text", is_pressing=True)
    name, icon = DOORS[todo.waits]
    title, since = _title(todo), _since(todo)
    note = f"{home.name} · {since}" if since else home.name
    return Task(title, reverse(name, args=[home.pk]), note, icon)


def _title(todo: Todo) -> str:
    return {
        Waits.FIRST_DATA: _("Give the first energy data"),
        Waits.READING: _("Read the meter"),
        Waits.BILL: _("Enter the newest bill"),
        Waits.DEVICE: _("Look whether the device still sends"),
        Waits.FILE: _("Bring the newest data file"),
        Waits.GAP: ngettext(
            "Fill %(days)s empty day", "Fill %(days)s empty days", todo.days
        )
        % {"days": todo.days},
    }[todo.waits]


def _since(todo: Todo) -> str:
    if todo.since is None:
        return ""
    day = _day(todo.since)
    if todo.waits == Waits.READING:
        return _("last read on %(day)s") % {"day": day}
    if todo.waits == Waits.GAP:
        return _("since %(day)s") % {"day": day}
    return _("data until %(day)s") % {"day": day}


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
