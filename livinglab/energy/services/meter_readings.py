"""Verbs of register values read off a meter by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from livinglab.energy.errors import ReadingNeedsAnswer, ReadingRefused
from livinglab.energy.events import usage_imported
from livinglab.energy.models import (
    Meter,
    Premises,
    RegisterReading,
    RegisterReadingChange,
)
from livinglab.energy.photos import clean_photo
from livinglab.energy.services.savings import mark_due
from livinglab.energy.services.usage import meter_of
from livinglab.energy.usage import register_check as register
from livinglab.kernel.commit import after_commit
from livinglab.kernel.numbers import plain
from livinglab.kernel.permissions import require
from livinglab.kernel.realtime import announce
from livinglab.people.models import Consent, Person
from livinglab.people.services import require_consent

TYPED, QUESTIONABLE = 7, 10
_CLOCKS_DIFFER = timedelta(minutes=10)
_EARLIEST_YEAR = 2000
# A pair of readings stands for a month when it is this many days apart.
GOOD_DAYS = (25, 35)


@dataclass(frozen=True, slots=True)
class RegisterValue:
    """What a person says of a meter: when, how much, and what they answered."""

    read_at: datetime
    kwh: Decimal
    digits: int | None = None
    meter_changed: bool = False
    old_final_kwh: Decimal | None = None
    new_first_kwh: Decimal | None = None
    rolled_over: bool = False
    confirmed: bool = False

    def value(self) -> register.Value:
        """The same for `register_check`."""
        old_final = self.old_final_kwh if self.meter_changed else None
        new_first = self.new_first_kwh if self.meter_changed else None
        return register.Value(
            int(self.read_at.timestamp()),
            self.kwh,
            self.rolled_over,
            old_final,
            new_first,
        )


def preview_reading(
    premises: Premises, said: RegisterValue, *, by: Person
) -> Decimal | None:
    """kWh since the reading before, None for a first one; nothing is stored.

    Asks and refuses exactly as `add_reading` would.
    """
    require(by, "energy.preview_usage", premises)
    meter = _meter(premises) or Meter(premises=premises)
    digits = said.digits or meter.digits
    before, _after = _checked(meter, said, digits, instead_of=None)
    if before is None:
        return None
    return register.used_between(_value(before), said.value(), digits)


@transaction.atomic
def add_reading(
    premises: Premises,
    said: RegisterValue,
    *,
    by: Person,
    photo: File[Any] | None = None,
    keep_photo: bool = False,
) -> RegisterReading:
    """Keep a register value; the savings between its neighbours become due."""
    require(by, "energy.add_usage", premises)
    require_consent(by, Consent.Purpose.ENERGY)
    meter = _locked_meter(premises, said.digits)
    before, after = _checked(meter, said, meter.digits, instead_of=None)
    reading = RegisterReading(meter=meter, by=by)
    _fill(reading, said)
    if photo is not None and keep_photo:
        reading.photo.save("reading.jpg", clean_photo(photo), save=False)
    reading.save()
    _follow(meter, before, reading, after)
    return reading


@transaction.atomic
def correct_reading(
    reading: RegisterReading, said: RegisterValue, *, by: Person
) -> RegisterReading:
    """Change a reading and keep what it said before, who changed it and when."""
    require(by, "energy.add_usage", reading.meter.premises)
    require_consent(by, Consent.Purpose.ENERGY)
    meter = _locked_meter(reading.meter.premises, said.digits)
    reading = RegisterReading.objects.get(pk=reading.pk)
    around = _neighbours(meter, reading.read_at, reading.pk)
    old_at = reading.read_at
    before, after = _checked(meter, said, meter.digits, instead_of=reading)
    RegisterReadingChange.objects.create(reading=reading, old=_told(reading), by=by)
    _fill(reading, said)
    reading.save()
    moments = [each.read_at for each in (before, after, *around) if each is not None]
    _follow_days(meter, [*moments, old_at, reading.read_at])
    return reading


@transaction.atomic
def remove_reading(reading: RegisterReading, *, by: Person) -> None:
    """Take a reading back; what lies between its neighbours becomes one period."""
    require(by, "energy.add_usage", reading.meter.premises)
    meter = _locked_meter(reading.meter.premises, None)
    before, after = _neighbours(meter, reading.read_at, reading.pk)
    if reading.photo:
        after_commit(reading.photo.storage.delete, reading.photo.name or "")
    _follow(meter, before, reading, after)
    reading.delete()


def next_best_reading_day(premises: Premises, *, today: date) -> date | None:
    """The next day on which a reading serves best: the reading day, else in a month."""
    last = (
        RegisterReading.objects.filter(meter__premises=premises)
        .order_by("-read_at")
        .values_list("read_at", flat=True)
        .first()
    )
    if last is None:
        return None
    earliest = timezone.localdate(last) + timedelta(days=GOOD_DAYS[0])
    latest = timezone.localdate(last) + timedelta(days=GOOD_DAYS[1])
    day = max(earliest, today)
    while premises.reading_day and day <= latest:
        if day.day == min(premises.reading_day, _days_in_month(day)):
            return day
        day += timedelta(days=1)
    return max(timezone.localdate(last) + timedelta(days=30), today)


def _days_in_month(day: date) -> int:
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (following - timedelta(days=1)).day


# Checks -------------------------------------------------------------------------------


def _checked(
    meter: Meter,
    said: RegisterValue,
    digits: int,
    *,
    instead_of: RegisterReading | None,
) -> tuple[RegisterReading | None, RegisterReading | None]:
    """The readings on both sides; refuses or asks when the value cannot stand there."""
    _refuse_impossible(said, digits)
    skip = instead_of.pk if instead_of else None
    before, after = _neighbours(meter, said.read_at, skip)
    if meter.pk and _others(meter, skip).filter(read_at=said.read_at).exists():
        raise ReadingRefused(_("There is already a reading of this time."))
    verdict = register.judge(
        None if before is None else _value(before),
        said.value(),
        None if after is None else _value(after),
        digits,
        _usual(meter, digits, skip),
    )
    if verdict != register.OK and not (verdict == register.SLIP and said.confirmed):
        raise _question(verdict, said, before, after)
    return before, after


def _refuse_impossible(said: RegisterValue, digits: int) -> None:
    now = timezone.now()
    if said.read_at > now + _CLOCKS_DIFFER:
        raise ReadingRefused(_("The time of the reading is still to come."))
    if said.read_at.year < _EARLIEST_YEAR:
        raise ReadingRefused(_("The time of the reading is too long ago."))
    if said.kwh < 0:
        raise ReadingRefused(_("A register shows no negative values."))
    if not 4 <= digits <= 7:
        raise ReadingRefused(_("A meter has four to seven digits before the point."))
    if said.kwh >= 10**digits:
        sentence = _("The value has more than the %(digits)s digits of your meter.")
        raise ReadingRefused(sentence % {"digits": digits})
    if said.meter_changed and said.old_final_kwh is None:
        raise ReadingNeedsAnswer(
            _("What did the old meter show last, and the new one first?"),
            question=register.ROLLOVER,
        )


def _question(
    verdict: str,
    said: RegisterValue,
    before: RegisterReading | None,
    after: RegisterReading | None,
) -> ReadingNeedsAnswer:
    if verdict == register.SLIP:
        sentence = _(
            "That is far more than usual. Is the last digit the one after the point?"
        )
    elif verdict == register.ROLLOVER:
        sentence = _(
            "The value is smaller than the one before. Did the register start again at "
            "0, or was the meter changed?"
        )
    elif before is not None and before.kwh > said.kwh:
        sentence = _(
            "The value is smaller than your reading of %(day)s (%(kwh)s kWh). Please "
            "check it, or say that the meter was changed."
        ) % _of(before)
    else:
        sentence = _(
            "The value is larger than your later reading of %(day)s (%(kwh)s kWh). "
            "Please check it."
        ) % _of(after)
    return ReadingNeedsAnswer(sentence, question=verdict)


def _of(reading: RegisterReading | None) -> dict[str, str]:
    if reading is None:
        return {"day": "", "kwh": ""}
    day = date_format(timezone.localdate(reading.read_at), "DATE_FORMAT")
    return {"day": day, "kwh": plain(reading.kwh, 1)}


def _usual(meter: Meter, digits: int, skip: int | None) -> float:
    if meter.pk is None:
        return 0.0
    values = [_value(reading) for reading in _others(meter, skip).order_by("read_at")]
    return register.usual_kwh_a_day(values, digits)


# Rows ---------------------------------------------------------------------------------


def _meter(premises: Premises) -> Meter | None:
    return Meter.objects.filter(
        premises=premises,
        commodity=Meter.Commodity.ELECTRICITY,
        flow=Meter.Flow.IMPORT,
    ).first()


def _locked_meter(premises: Premises, digits: int | None) -> Meter:
    meter = meter_of(
        premises,
        commodity=Meter.Commodity.ELECTRICITY,
        flow=Meter.Flow.IMPORT,
        unit="Wh",
    )
    meter = Meter.objects.select_for_update().get(pk=meter.pk)
    if digits and digits != meter.digits:
        meter.digits = digits
        meter.save(update_fields=["digits"])
    return meter


def _others(meter: Meter, skip: int | None) -> Any:
    others = RegisterReading.objects.filter(meter=meter)
    return others if skip is None else others.exclude(pk=skip)


def _neighbours(
    meter: Meter, moment: datetime, skip: int | None
) -> tuple[RegisterReading | None, RegisterReading | None]:
    if meter.pk is None:
        return None, None
    others = _others(meter, skip)
    before = others.filter(read_at__lt=moment).order_by("-read_at").first()
    after = others.filter(read_at__gt=moment).order_by("read_at").first()
    return before, after


def _value(reading: RegisterReading) -> register.Value:
    changed = reading.starts_new_meter
    return register.Value(
        int(reading.read_at.timestamp()),
        reading.kwh,
        reading.rolled_over,
        reading.old_meter_final_kwh if changed else None,
        reading.new_meter_first_kwh if changed else None,
    )


def _fill(reading: RegisterReading, said: RegisterValue) -> None:
    reading.read_at = said.read_at
    reading.kwh = said.kwh
    reading.starts_new_meter = said.meter_changed
    reading.old_meter_final_kwh = said.old_final_kwh if said.meter_changed else None
    reading.new_meter_first_kwh = said.new_first_kwh if said.meter_changed else None
    reading.rolled_over = said.rolled_over
    reading.quality = QUESTIONABLE if said.confirmed else TYPED


def _told(reading: RegisterReading) -> dict[str, Any]:
    """What a reading said, for its history."""
    return {
        "read_at": reading.read_at.isoformat(),
        "kwh": str(reading.kwh),
        "starts_new_meter": reading.starts_new_meter,
        "old_meter_final_kwh": _text(reading.old_meter_final_kwh),
        "new_meter_first_kwh": _text(reading.new_meter_first_kwh),
        "rolled_over": reading.rolled_over,
        "quality": reading.quality,
    }


def _text(kwh: Decimal | None) -> str | None:
    return None if kwh is None else str(kwh)


def _follow(
    meter: Meter,
    before: RegisterReading | None,
    reading: RegisterReading,
    after: RegisterReading | None,
) -> None:
    moments = [each.read_at for each in (before, reading, after) if each is not None]
    _follow_days(meter, moments)


def _follow_days(meter: Meter, moments: list[datetime]) -> None:
    zone = ZoneInfo(meter.zone)
    days = sorted(moment.astimezone(zone).date() for moment in moments)
    mark_due(meter.premises, days[0], days[-1], "reading")
    after_commit(usage_imported.send_robust, Meter, premises_id=meter.premises_id)
    after_commit(announce, f"premises:{meter.premises_id}", "usage")
