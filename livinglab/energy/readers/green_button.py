"""Reads Green Button (NAESB ESPI) download files, strictly (pure).

Rules that decide what is taken, and what refuses the file as a whole:
* energy in Wh, or mean power in W over a known interval; gas, water and heat in the
  units of their meters, as streams of their own;
* delivered energy is use, reverse energy is feed-in kept apart, net is refused;
* differences (delta) as they are, cumulative registers as differences;
* entries are linked by the text of their hrefs; one lone reading type serves all;
* no reading, a fractional or zero start, different readings with the same start in
  several blocks, or an end more than a day ahead: the whole file is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np

from livinglab.energy.readers import green_button_codes as codes
from livinglab.energy.readers.green_button_feed import NO_QUALITY, Entry, Feed
from livinglab.energy.readers.limits import (
    Limits,
    believable,
    refuse_future,
    refuse_negative,
)
from livinglab.energy.readers.source import Source
from livinglab.energy.readers.summary import figures, main_stream
from livinglab.energy.readers.understood import (
    FileRead,
    Note,
    Option,
    Question,
    Stream,
    Understood,
    Unreadable,
)
from livinglab.energy.usage.blocks import Bools, Intervals, Ints, best_of_each, join

_LARGEST = 2**62


def read_green_button(
    source: Source,
    *,
    answers: Mapping[str, str],
    zone: ZoneInfo,
    now: int,
    limits: Limits,
) -> FileRead:
    """Everything a Green Button file says; Unreadable when it is refused."""
    feed = Feed()
    feed.read(source.chunks())
    if not feed.readings.start:
        raise Unreadable("no_readings")
    kinds, notes = _kinds_of(feed)
    question = _ask_which_meter(kinds, answers)
    if question is not None:
        kinds = kinds[:1]
    elif "meter" in answers:
        kinds = [kind for kind in kinds if kind.point == answers["meter"]]
    streams = _streams(feed, kinds)
    for stream in streams:
        refuse_future(stream.intervals, now)
        refuse_negative(stream.intervals)
    main = main_stream(streams)
    unusual = believable(main.intervals, limits, answers) if main.unit == "Wh" else None
    questions = tuple(asked for asked in (question, unusual) if asked is not None)
    understood = _preview(feed, source, main, streams, zone, questions, notes)
    return FileRead(understood, () if questions else tuple(streams))


def _preview(
    feed: Feed,
    source: Source,
    main: Stream,
    streams: Sequence[Stream],
    zone: ZoneInfo,
    questions: tuple[Question, ...],
    notes: list[Note],
) -> Understood:
    notes += [
        Note("other_stream", {"commodity": one.commodity, "flow": one.flow})
        for one in streams
        if one is not main
    ]
    notes += _zone_notes(feed, zone)
    if feed.cost:
        notes.append(Note("costs", {"amount": str(Decimal(feed.cost) / 100_000)}))
    return Understood(
        format="green_button",
        encoding=source.encoding,
        blocks=len(feed.entry_of_block),
        readings=len(feed.readings.start),
        duplicates=len(main.intervals) - len(best_of_each(main.intervals)),
        refused=tuple(feed.refused),
        refused_count=feed.refused_count,
        questions=questions,
        notes=tuple(notes),
        bills=tuple(entry.bill for entry in feed.entries if entry.bill is not None),
        hour_rule="utc_start",
        **figures(main, zone),
    )


def _zone_notes(feed: Feed, zone: ZoneInfo) -> list[Note]:
    """Say so when the file comes from elsewhere: days are counted at home."""
    for entry in feed.entries:
        offset = entry.utc_offset
        if offset is not None and offset != 32_400 and zone.key == "Asia/Seoul":
            return [Note("other_zone", {"hours": offset / 3600, "zone": zone.key})]
    return []


# Which values are what ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kind:
    """The blocks of one meter reading, and how their values are to be read."""

    blocks: tuple[int, ...]
    type: codes.ReadingType
    commodity: str
    flow: str
    point: str
    title: str

    @property
    def unit(self) -> str:
        return codes.UNITS[self.type.uom or 0]


def _kinds_of(feed: Feed) -> tuple[list[_Kind], list[Note]]:
    """What the blocks hold; what is of no use is left out if anything else remains."""
    meters = [entry for entry in feed.entries if entry.kind == "MeterReading"]
    blocks: dict[int, list[int]] = {}
    for block, number in enumerate(feed.entry_of_block):
        meter = _meter_of(feed.entries[number], meters)
        blocks.setdefault(-1 if meter is None else meter.number, []).append(block)
    kinds: list[_Kind] = []
    refusals: list[Unreadable] = []
    for number, of_meter in blocks.items():
        meter = None if number < 0 else feed.entries[number]
        try:
            kinds.append(_kind(tuple(of_meter), meter, feed.entries))
        except Unreadable as refusal:
            refusals.append(refusal)
    if not kinds:
        raise refusals[0]
    return kinds, [Note("left_out", {"reason": refusal.code}) for refusal in refusals]


def _meter_of(block: Entry, meters: Sequence[Entry]) -> Entry | None:
    for meter in meters:
        if block.own in meter.related or (block.up and block.up in meter.related):
            return meter
    return meters[0] if len(meters) == 1 else None


def _kind(
    blocks: tuple[int, ...], meter: Entry | None, entries: Sequence[Entry]
) -> _Kind:
    reading_type = _type_of(meter, entries)
    point = _point_of(meter, entries)
    commodity = _commodity(reading_type, point)
    _refuse_unfit(reading_type, commodity)
    flow = "export" if reading_type.flow == codes.REVERSE else "import"
    title = point.title if point else ""
    return _Kind(
        blocks, reading_type, commodity, flow, point.own if point else "", title
    )


def _type_of(meter: Entry | None, entries: Sequence[Entry]) -> codes.ReadingType:
    types = [entry for entry in entries if entry.reading_type is not None]
    linked = [entry for entry in types if meter and entry.own in meter.related]
    chosen = linked or types
    if len(chosen) != 1 or chosen[0].reading_type is None:
        raise Unreadable("no_reading_type" if not types else "several_reading_types")
    return chosen[0].reading_type


def _point_of(meter: Entry | None, entries: Sequence[Entry]) -> Entry | None:
    points = [entry for entry in entries if entry.kind == "UsagePoint"]
    for point in points:
        if meter and (meter.own in point.related or meter.up in point.related):
            return point
    return points[0] if len(points) == 1 else None


def _commodity(reading_type: codes.ReadingType, point: Entry | None) -> str:
    if reading_type.commodity:
        known = codes.COMMODITIES.get(reading_type.commodity)
    elif point is not None and point.service_kind is not None:
        known = codes.SERVICE_KINDS.get(point.service_kind)
    else:
        known = codes.COMMODITY_OF_UOM.get(reading_type.uom or 0)
    if known is None:
        raise Unreadable("commodity", number=reading_type.commodity)
    return known


def _refuse_unfit(reading_type: codes.ReadingType, commodity: str) -> None:
    """Raise unless the values are energy (or volume) used over intervals."""
    uom, qualifier = reading_type.uom, reading_type.qualifier
    if (reading_type.accumulation, reading_type.default_quality) == codes.HAND_READ:
        raise Unreadable("hand_readings")
    if uom is None:
        raise Unreadable("no_unit")
    if uom not in codes.COMMODITY_UNITS[commodity]:
        raise Unreadable("wrong_unit", number=uom, commodity=commodity)
    if uom == codes.POWER_W and qualifier != codes.AVERAGE:
        raise Unreadable("power_not_mean")
    if reading_type.flow == codes.NET:
        raise Unreadable("net_flow")
    if reading_type.flow not in {None, 0, codes.FORWARD, codes.REVERSE}:
        raise Unreadable("flow", number=reading_type.flow)
    if reading_type.accumulation not in {None, 0, codes.CUMULATIVE, codes.DELTA}:
        raise Unreadable("accumulation", number=reading_type.accumulation)


def _ask_which_meter(
    kinds: Sequence[_Kind], answers: Mapping[str, str]
) -> Question | None:
    """Two meters of one kind in a file: only the person knows which one is home."""
    points: dict[tuple[str, str], dict[str, str]] = {}
    for kind in kinds:
        points.setdefault((kind.commodity, kind.flow), {})[kind.point] = kind.title
    for found in points.values():
        if len(found) > 1 and answers.get("meter") not in found:
            options = [Option(own, {"title": title}) for own, title in found.items()]
            return Question("meter", tuple(options))
    return None


# Values to intervals ------------------------------------------------------------------


def _streams(feed: Feed, kinds: Sequence[_Kind]) -> list[Stream]:
    parts: dict[tuple[str, str, str], list[tuple[Intervals, int]]] = {}
    block = feed.column("block")
    for kind in kinds:
        here = np.isin(block, kind.blocks)
        _refuse_repeated_starts(feed, here, block)
        key = (kind.commodity, kind.flow, kind.unit)
        parts.setdefault(key, []).append(_intervals(feed, here, kind.type))
    found = [
        Stream(*key, join(one for one, _ in of_key), sum(raw for _, raw in of_key))
        for key, of_key in parts.items()
    ]
    streams = [stream for stream in found if len(stream.intervals)]
    if not streams:
        raise Unreadable("no_readings")
    return streams


def _refuse_repeated_starts(feed: Feed, here: Bools, block: Ints) -> None:
    """Raise when blocks contradict each other about one start: made-up times."""
    start, value = feed.column("start")[here], feed.column("value")[here]
    duration, block = feed.column("duration")[here], block[here]
    order = np.lexsort((duration, start))
    start, value, duration, block = (
        column[order] for column in (start, value, duration, block)
    )
    # Daily and hourly blocks of one meter may begin together: the durations differ.
    twice = (np.diff(start) == 0) & (np.diff(duration) == 0) & (np.diff(block) != 0)
    if bool((twice & (np.diff(value) != 0)).any()):
        place = int(np.flatnonzero(twice & (np.diff(value) != 0))[0])
        raise Unreadable("repeated_start", start=int(start[place]))


def _intervals(
    feed: Feed, here: Bools, reading_type: codes.ReadingType
) -> tuple[Intervals, int]:
    start, value = feed.column("start")[here], feed.column("value")[here]
    duration, quality = feed.column("duration")[here], feed.column("quality")[here]
    if start.size and int(start.min()) <= 0:
        raise Unreadable("bad_start", text=str(int(start.min())))
    default = reading_type.default_quality or 0
    quality = np.where(quality == NO_QUALITY, default, quality)
    if bool(((quality < 0) | (quality > 255)).any()):
        raise Unreadable("bad_number", text=str(int(quality.max())))
    raw_sum = sum(value.tolist())
    if reading_type.accumulation == codes.CUMULATIVE:
        start, duration, value, quality = _differences(start, value, quality)
    else:
        duration = np.where(duration > 0, duration, reading_type.interval_length or 0)
    if duration.size and int(duration.min()) <= 0:
        raise Unreadable("no_duration")
    milli = _milli(value, duration, reading_type)
    return Intervals(start, duration, milli, quality).sorted(), raw_sum


def _differences(
    start: Ints, value: Ints, quality: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """A register's values as use between them; a fall is a gap, never negative use."""
    order = np.argsort(start, kind="stable")
    start, value, quality = start[order], value[order], quality[order]
    last = np.append(np.diff(start) != 0, True)[: start.size]
    start, value, quality = start[last], value[last], quality[last]
    used, lasted = np.diff(value), np.diff(start)
    rising = used >= 0
    return start[:-1][rising], lasted[rising], used[rising], quality[1:][rising]


def _milli(value: Ints, duration: Ints, reading_type: codes.ReadingType) -> Ints:
    """Thousandths of the unit: scaled by the power of ten, mean watts by the time."""
    power = (reading_type.power_of_ten or 0) + 3
    if abs(power) > 15:
        raise Unreadable("implausible_scale", power=power - 3)
    if power < 0 or reading_type.uom == codes.POWER_W:
        watts = reading_type.uom == codes.POWER_W
        pairs = zip(value.tolist(), duration.tolist(), strict=True)
        exact = [
            _scaled(amount, seconds, power, watts=watts) for amount, seconds in pairs
        ]
        return np.array(exact, dtype=np.int64)
    if value.size and int(np.abs(value).max()) > _LARGEST // 10**power:
        raise Unreadable("implausible_scale", power=power - 3)
    scaled: Ints = value * 10**power
    return scaled


def _scaled(amount: int, seconds: int, power: int, *, watts: bool) -> int:
    """Exact rational scaling, halves to even; rare, so plain and slow."""
    exact = Decimal(amount).scaleb(power)
    if watts:
        exact = exact * seconds / 3600
    return int(exact.to_integral_value())
