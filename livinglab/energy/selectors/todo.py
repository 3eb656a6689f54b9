"""What a home waits for today: a look at a file, a reading, a bill, missing days."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from django.utils import timezone

from livinglab.energy.selectors.home_now import HomeNow

READ_EVERY = timedelta(days=30)
BILL_AFTER = timedelta(days=40)  # a month, and ten days until the paper comes
FILE_AFTER = timedelta(days=35)
DEVICE_SILENT_AFTER = timedelta(days=3)
GAPS_WITHIN = 30


class Waits(StrEnum):
    """For what a home waits."""

    YES = "yes"
    FIRST_DATA = "first_data"
    READING = "reading"
    BILL = "bill"
    DEVICE = "device"
    FILE = "file"
    GAP = "gap"


@dataclass(frozen=True)
class Todo:
    """One thing a home waits for; since when, or how many days are empty."""

    waits: Waits
    since: date | None = None
    days: int = 0


def todo_of(home: HomeNow, today: date) -> Todo | None:
    """The one thing that helps this home most today; nothing where all is well."""
    known = _known_days(home.last_year, home.last_wh)
    if home.waiting_upload:
        return Todo(Waits.YES)
    if home.last_read_at is not None:
        return _reading(home, timezone.localdate(home.last_read_at), today)
    if known:
        return _days(known, today, has_device=home.devices > 0)
    if home.last_bill_end is not None:
        is_late = today - home.last_bill_end > BILL_AFTER
        newest = home.last_bill_end - timedelta(days=1)
        return Todo(Waits.BILL, newest) if is_late else None
    return None if home.files_being_read else Todo(Waits.FIRST_DATA)


def _reading(home: HomeNow, last: date, today: date) -> Todo | None:
    """Due on the reading day of the month, else thirty days after the last one."""
    day = home.reading_day
    is_due = today - last >= READ_EVERY
    if day is not None and today.day >= day:
        is_due = is_due or last < today.replace(day=day) - timedelta(days=7)
    return Todo(Waits.READING, last) if is_due else None


def _known_days(year: int | None, wh: bytes | None) -> list[date]:
    """Days of the newest year that have a value, oldest first."""
    if year is None or wh is None:
        return []
    values = np.frombuffer(bytes(wh), dtype="<i4")
    first = date(year, 1, 1)
    return [first + timedelta(days=int(n)) for n in np.flatnonzero(values >= 0)]


def _days(known: list[date], today: date, *, has_device: bool) -> Todo | None:
    """Silence first, then holes of the last month that has values."""
    newest = known[-1]
    patience = DEVICE_SILENT_AFTER if has_device else FILE_AFTER
    if today - newest > patience:
        return Todo(Waits.DEVICE if has_device else Waits.FILE, newest)
    start = max(known[0], newest - timedelta(days=GAPS_WITHIN - 1))
    there = sum(day >= start for day in known)
    empty = (newest - start).days + 1 - there
    return Todo(Waits.GAP, start, empty) if empty else None
