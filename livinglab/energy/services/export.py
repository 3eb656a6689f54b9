"""Hands a home's data out again: everything its people gave, in open formats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.models import Bill, Meter, Premises, RegisterReading
from livinglab.energy.usage.blocks import Intervals, join
from livinglab.energy.usage.local_days import midnight
from livinglab.energy.usage.packing import decode_day
from livinglab.energy.words.reader import COMMODITIES
from livinglab.energy.writers.green_button import (
    BillOut,
    MeterOut,
    Titles,
    green_button_feed,
)
from livinglab.energy.writers.usage_csv import usage_csv
from livinglab.kernel.permissions import require
from livinglab.people.models import Person


def export_green_button(premises: Premises, *, by: Person) -> Iterator[str]:
    """The home's data as a Green Button feed, piece by piece."""
    require(by, "energy.export_premises", premises)
    titles = Titles(
        feed=_("Energy data of %(home)s") % {"home": premises.name},
        meter=_("Use over time"),
        overlapped=_("Values that finer ones replace"),
        registers=_("Meter readings by hand"),
        bill=_("bill"),
    )
    return green_button_feed(
        premises.pk,
        list(_meters(premises)),
        _bills(premises),
        titles=titles,
        updated=_newest(premises),
    )


def export_csv(premises: Premises, *, by: Person) -> Iterator[str]:
    """The home's data as CSV, piece by piece."""
    require(by, "energy.export_premises", premises)
    return usage_csv(list(_meters(premises)), _bills(premises))


def intervals_of(meter: Meter) -> Intervals:
    """Everything a meter's days hold, in order."""
    zone = ZoneInfo(meter.zone)
    days = meter.days.order_by("day").values_list("day", "blob")
    return join(
        decode_day(midnight(day, zone), bytes(blob))
        for day, blob in days.iterator(chunk_size=500)
    )


def _meters(premises: Premises) -> Iterator[MeterOut]:
    for meter in premises.meters.order_by("pk"):
        yield MeterOut(
            title=str(COMMODITIES[meter.commodity]),
            commodity=meter.commodity,
            flow=meter.flow,
            unit=meter.unit,
            zone=ZoneInfo(meter.zone),
            intervals=intervals_of(meter),
            registers=[
                (int(moment.timestamp()), kwh)
                for moment, kwh in RegisterReading.objects.filter(meter=meter)
                .order_by("read_at")
                .values_list("read_at", "kwh")
            ],
        )


def _bills(premises: Premises) -> list[BillOut]:
    return [
        BillOut(bill.start, bill.end, bill.kwh, bill.amount_won, bill.is_estimate)
        for bill in Bill.objects.filter(premises=premises).order_by("start", "pk")
    ]


def _newest(premises: Premises) -> datetime:
    """A time that stays while the data stay, so the same data give the same file."""
    day = (
        premises.meters.order_by("-days__day")
        .values_list("days__day", flat=True)
        .first()
    )
    if day is None:
        return premises.created_at
    zone = timezone.get_default_timezone()
    return datetime.combine(day, datetime.min.time(), zone)
