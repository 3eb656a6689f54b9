"""What a home waits for today: a look at a file, a reading, a bill, missing days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from livinglab.energy.models import (
    Bill,
    DailyUse,
    Device,
    Meter,
    Premises,
    RegisterReading,
    Upload,
)

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


def with_what_waits(homes: QuerySet[Premises]) -> QuerySet[Premises]:
    """What `todo_of` looks at, in the same question as the homes."""
    here = OuterRef("pk")
    readings = RegisterReading.objects.filter(meter__premises=here)
    years = DailyUse.objects.filter(
        meter__premises=here,
        meter__commodity=Meter.Commodity.ELECTRICITY,
        meter__flow=Meter.Flow.IMPORT,
    ).order_by("-year")
    waiting = Upload.objects.filter(premises=here, state=Upload.State.PREVIEW)
    devices = Device.objects.working().filter(meter__premises=here)
    bills = Bill.objects.filter(premises=here).order_by("-end")
    return homes.annotate(
        waiting_upload=Subquery(waiting.values("pk")[:1]),
        last_read_at=Subquery(readings.order_by("-read_at").values("read_at")[:1]),
        last_bill_end=Subquery(bills.values("end")[:1]),
        has_device=Exists(devices),
        last_year=Subquery(years.values("year")[:1]),
        last_wh=Subquery(years.values("wh")[:1]),
    )


def todo_of(home: Premises, today: date) -> Todo | None:
    """The one thing that helps this home most today; nothing where all is well."""
    facts = vars(home)
    read_at: datetime | None = facts["last_read_at"]
    bill_end: date | None = facts["last_bill_end"]
    known = _known_days(facts["last_year"], facts["last_wh"])
    if facts["waiting_upload"]:
        return Todo(Waits.YES)
    if read_at is not None:
        return _reading(home, timezone.localdate(read_at), today)
    if known:
        return _days(known, today, has_device=facts["has_device"])
    if bill_end is not None:
        is_late = today - bill_end > BILL_AFTER
        return Todo(Waits.BILL, bill_end - timedelta(days=1)) if is_late else None
    return None if facts["is_reading"] else Todo(Waits.FIRST_DATA)


def _reading(home: Premises, last: date, today: date) -> Todo | None:
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
