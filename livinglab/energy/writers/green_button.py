"""Writes a home's energy data as a Green Button feed, entry by entry (pure).

Valid against the NAESB schemas 3.3 and 4.0. Ids are uuid5 of each entry's own link, so
the same data give the same file. Values are whole units where that is exact, else
thousandths, so reading the file back gives the same intervals to the last digit.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from html import escape
from zoneinfo import ZoneInfo

import numpy as np

from livinglab.energy.readers.green_button_codes import (
    CODE_OF_COMMODITY,
    FORWARD,
    KIND_OF_COMMODITY,
    KRW,
    REVERSE,
    UOM_OF_UNIT,
)
from livinglab.energy.usage.blocks import Intervals, effective
from livinglab.energy.usage.local_days import days_spanned

_ROOT = "/espi/1_1/resource"
_ESPI = "http://naesb.org/espi"
TYPED_BY_HAND = 7
_CUMULATIVE, _DELTA = 3, 4


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of a feed, in the language of whoever asked for it."""

    feed: str
    meter: str
    overlapped: str
    registers: str
    bill: str


@dataclass(frozen=True, slots=True)
class MeterOut:
    """One meter with everything it said."""

    title: str
    commodity: str
    flow: str
    unit: str
    zone: ZoneInfo
    intervals: Intervals
    registers: Sequence[tuple[int, Decimal]] = ()


@dataclass(frozen=True, slots=True)
class BillOut:
    """One paper bill: days [start, end), kWh, and the amount asked for in won."""

    start: date
    end: date
    kwh: Decimal
    won: int | None
    is_estimate: bool = False


def green_button_feed(
    subscription: int,
    meters: Sequence[MeterOut],
    bills: Sequence[BillOut],
    *,
    titles: Titles,
    updated: datetime,
) -> Iterator[str]:
    """The text of a feed, piece by piece; `updated` is the time of the newest data."""
    stamp = f"{updated.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    own = f"{_ROOT}/Batch/Subscription/{subscription}"
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{_id(own)}</id><title>{escape(titles.feed)}</title>"
        f'<updated>{stamp}</updated><link rel="self" href="{own}"/>\n'
    )
    for number, meter in enumerate(meters, 1):
        point = _Point(subscription, number, meter, titles, stamp)
        yield from point.entries(bills if number == _billed(meters) else ())
    yield "</feed>\n"


def _billed(meters: Sequence[MeterOut]) -> int:
    """Which meter the bills belong to: the one of electricity used."""
    for number, meter in enumerate(meters, 1):
        if (meter.commodity, meter.flow) == ("electricity", "import"):
            return number
    return 0


@dataclass(frozen=True, slots=True)
class _Readings:
    """One MeterReading entry: intervals that may stand beside each other."""

    number: int
    title: str
    intervals: Intervals
    accumulation: int = _DELTA


class _Point:
    """The entries of one usage point, linked to each other."""

    def __init__(
        self,
        subscription: int,
        number: int,
        meter: MeterOut,
        titles: Titles,
        stamp: str,
    ) -> None:
        self.meter = meter
        self.titles = titles
        self.stamp = stamp
        self.up = f"{_ROOT}/Subscription/{subscription}/UsagePoint"
        self.own = f"{self.up}/{number}"
        self.number = number

    def entries(self, bills: Sequence[BillOut]) -> Iterator[str]:
        yield self._usage_point()
        yield self._local_time()
        groups = self._groups()
        for group in groups:
            yield self._meter_reading(group)
        for group in groups:
            yield self._reading_type(group)
        for group in groups:
            yield from self._blocks(group)
        for place, bill in enumerate(bills, 1):
            yield self._summary(place, bill)

    def _groups(self) -> list[_Readings]:
        """What counts, what a finer reading hides, and what was read by hand.

        Overlapping readings in one MeterReading would be counted twice by others.
        """
        every, title = self.meter.intervals, self.meter.title
        counts = effective(every)
        groups = [_Readings(1, self.titles.meter or title, every.take(counts))]
        if not counts.all():
            hidden = every.take(~counts)
            groups.append(_Readings(2, self.titles.overlapped, hidden))
        if self.meter.registers:
            read = _register_intervals(self.meter.registers)
            groups.append(_Readings(3, self.titles.registers, read, _CUMULATIVE))
        return groups

    def _usage_point(self) -> str:
        kind = KIND_OF_COMMODITY[self.meter.commodity]
        inside = (
            f'<UsagePoint xmlns="{_ESPI}"><ServiceCategory><kind>{kind}</kind>'
            "</ServiceCategory><status>1</status></UsagePoint>"
        )
        related = (
            f"{self.own}/MeterReading",
            f"{self.own}/UsageSummary",
            f"{_ROOT}/LocalTimeParameters/1",
        )
        return self._entry(self.own, self.up, self.meter.title, inside, related)

    def _local_time(self) -> str:
        """Offset only: the starts of readings are UTC, and Korea changes no clock."""
        own = f"{_ROOT}/LocalTimeParameters/1"
        if self.number > 1:
            return ""
        offset = datetime(2025, 1, 1, tzinfo=self.meter.zone).utcoffset()
        seconds = int(offset.total_seconds()) if offset else 0
        inside = (
            f'<LocalTimeParameters xmlns="{_ESPI}"><dstEndRule>FFFFFFFF</dstEndRule>'
            "<dstOffset>0</dstOffset><dstStartRule>FFFFFFFF</dstStartRule>"
            f"<tzOffset>{seconds}</tzOffset></LocalTimeParameters>"
        )
        return self._entry(own, _up(own), self.meter.zone.key, inside)

    def _meter_reading(self, group: _Readings) -> str:
        own = f"{self.own}/MeterReading/{group.number}"
        related = (f"{own}/IntervalBlock", self._type_link(group))
        inside = f'<MeterReading xmlns="{_ESPI}"/>'
        return self._entry(own, _up(own), group.title, inside, related)

    def _type_link(self, group: _Readings) -> str:
        return f"{_ROOT}/ReadingType/{3 * (self.number - 1) + group.number}"

    def _reading_type(self, group: _Readings) -> str:
        cumulative = group.accumulation == _CUMULATIVE
        length = 0 if cumulative else _usual_length(group.intervals)
        default = f"<defaultQuality>{TYPED_BY_HAND}</defaultQuality>"
        flow = REVERSE if self.meter.flow == "export" else FORWARD
        inside = (
            f'<ReadingType xmlns="{_ESPI}">'
            f"<accumulationBehaviour>{group.accumulation}</accumulationBehaviour>"
            f"<commodity>{CODE_OF_COMMODITY[self.meter.commodity]}</commodity>"
            f"<currency>{KRW}</currency><dataQualifier>12</dataQualifier>"
            f"{default if cumulative else ''}"
            f"<flowDirection>{flow}</flowDirection>"
            f"<intervalLength>{length}</intervalLength><kind>{_kind(self.meter)}</kind>"
            "<phase>0</phase>"
            f"<powerOfTenMultiplier>{_power(group.intervals)}</powerOfTenMultiplier>"
            f"<timeAttribute>0</timeAttribute><uom>{UOM_OF_UNIT[self.meter.unit]}</uom>"
            "</ReadingType>"
        )
        own = self._type_link(group)
        direction = "received" if flow == REVERSE else "delivered"
        title = f"{self.meter.unit}, {_length_words(length)}, {direction}"
        return self._entry(own, _up(own), title, inside)

    def _blocks(self, group: _Readings) -> Iterator[str]:
        """One block a local day."""
        if not len(group.intervals):
            return
        up = f"{self.own}/MeterReading/{group.number}/IntervalBlock"
        days = days_spanned(group.intervals.start, self.meter.zone)
        edges = days.edges_in(group.intervals.start).tolist()
        scale = 1 if _power(group.intervals) else 1000
        number = 0
        for place in range(len(days)):
            day = group.intervals.take(slice(edges[place], edges[place + 1]))
            if not len(day):
                continue
            number += 1
            begin = int(days.midnights[place])
            end = max(int(days.midnights[place + 1]), int(day.end.max()))
            label = days.date(place).isoformat()
            inside = (
                f'<IntervalBlock xmlns="{_ESPI}"><interval>'
                f"<duration>{end - begin}</duration><start>{begin}</start></interval>"
                f"{''.join(_interval_readings(day, scale))}</IntervalBlock>"
            )
            yield self._entry(f"{up}/{number}", up, label, inside)

    def _summary(self, place: int, bill: BillOut) -> str:
        zone = self.meter.zone
        start = int(datetime.combine(bill.start, datetime.min.time(), zone).timestamp())
        end = int(datetime.combine(bill.end, datetime.min.time(), zone).timestamp())
        whole = bill.kwh == bill.kwh.to_integral_value()
        power, value = (3, int(bill.kwh)) if whole else (0, int(bill.kwh * 1000))
        amount = (
            ""
            if bill.won is None
            else f"<billLastPeriod>{bill.won * 100_000}</billLastPeriod>"
        )
        inside = (
            f'<UsageSummary xmlns="{_ESPI}"><billingPeriod>'
            f"<duration>{end - start}</duration><start>{start}</start></billingPeriod>"
            f"{amount}<currency>{KRW}</currency><overallConsumptionLastPeriod>"
            f"<powerOfTenMultiplier>{power}</powerOfTenMultiplier>"
            f"<timeStamp>{end}</timeStamp><uom>72</uom><value>{value}</value>"
            "</overallConsumptionLastPeriod>"
            f"<qualityOfReading>{8 if bill.is_estimate else 0}</qualityOfReading>"
            f"<statusTimeStamp>{end}</statusTimeStamp></UsageSummary>"
        )
        up = f"{self.own}/UsageSummary"
        title = f"{bill.start:%Y-%m} {self.titles.bill}"
        return self._entry(f"{up}/{place}", up, title, inside)

    def _entry(
        self, own: str, up: str, title: str, inside: str, related: Iterable[str] = ()
    ) -> str:
        links = "".join(f'<link rel="related" href="{link}"/>' for link in related)
        return (
            f'<entry><id>{_id(own)}</id><link rel="self" href="{own}"/>'
            f'<link rel="up" href="{up}"/>{links}<title>{escape(title)}</title>'
            f"<content>{inside}</content><published>{self.stamp}</published>"
            f"<updated>{self.stamp}</updated></entry>\n"
        )


def _id(link: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, link)}"


def _up(link: str) -> str:
    return link.rpartition("/")[0]


def _power(intervals: Intervals) -> int:
    """0 for whole units, -3 where a thousandth matters."""
    return -3 if bool((intervals.value % 1000).any()) else 0


def _usual_length(intervals: Intervals) -> int:
    if not len(intervals):
        return 0
    lengths, counts = np.unique(intervals.duration, return_counts=True)
    return int(lengths[counts.argmax()])


def _length_words(seconds: int) -> str:
    return {3600: "hourly", 86_400: "daily", 0: "register"}.get(
        seconds, f"{seconds // 60} min"
    )


def _kind(meter: MeterOut) -> int:
    """12 energy, 58 volume."""
    return 12 if meter.unit in {"Wh", "BTU", "therm"} else 58


def _register_intervals(registers: Sequence[tuple[int, Decimal]]) -> Intervals:
    """Register values as readings without length, in thousandths of Wh."""
    count = len(registers)
    return Intervals(
        np.array([moment for moment, _ in registers], np.int64),
        np.zeros(count, np.int64),
        np.array([int(kwh * 1_000_000) for _, kwh in registers], np.int64),
        np.full(count, TYPED_BY_HAND, np.int64),
    )


def _interval_readings(day: Intervals, scale: int) -> Iterator[str]:
    for start, duration, value, quality in day.rows():
        yield (
            f"<IntervalReading><ReadingQuality><quality>{quality}</quality>"
            f"</ReadingQuality><timePeriod><duration>{duration}</duration>"
            f"<start>{start}</start></timePeriod><value>{value // scale}</value>"
            "</IntervalReading>"
        )
