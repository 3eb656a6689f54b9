"""Walks a Green Button feed piece by piece and keeps columns, never the tree.

The standard library's parser builds elements in C, several times faster than handlers
in Python; what is finished is taken out of the tree after every piece, so a file of
any length needs the memory of one piece. It is safe here because no text with a
DOCTYPE reaches it: without one there is no entity to expand and nothing to fetch.
"""

from __future__ import annotations

import gc
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree import ElementTree as ET  # noqa: S405 - see above: no DOCTYPE passes

import numpy as np

from livinglab.energy.readers.green_button_codes import (
    ATOM,
    ESPI,
    READING_TYPE_FIELDS,
    UNITS,
    ReadingType,
)
from livinglab.energy.readers.limits import MAX_LISTED, MAX_READINGS
from livinglab.energy.readers.understood import BillSeen, RefusedRow, Unreadable

_FEED, _ENTRY, _CONTENT, _LINK, _TITLE = (
    ATOM + name for name in ("feed", "entry", "content", "link", "title")
)
_BLOCK, _READING = ESPI + "IntervalBlock", ESPI + "IntervalReading"
_START, _DURATION, _VALUE = ESPI + "start", ESPI + "duration", ESPI + "value"
_PERIOD, _QUALITY, _COST = (
    ESPI + name for name in ("timePeriod", "ReadingQuality", "cost")
)
_QUALITY_CODE = ESPI + "quality"
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_MAX_DEPTH = 40
_MAX_ENTRIES = 20_000
# Text that completes nothing of interest: garbage, or a bomb.
_MAX_IDLE = 256 * 1024
NO_QUALITY = -1


@dataclass(slots=True)
class Entry:
    """One entry of the feed: its links and what it carries."""

    number: int
    title: str = ""
    own: str = ""
    up: str = ""
    related: set[str] = field(default_factory=set)
    kind: str = ""
    service_kind: int | None = None
    utc_offset: int | None = None
    reading_type: ReadingType | None = None
    bill: BillSeen | None = None


@dataclass(slots=True)
class Readings:
    """Columns of every interval reading, in the order of the file."""

    start: array[int] = field(default_factory=lambda: array("q"))
    duration: array[int] = field(default_factory=lambda: array("q"))
    value: array[int] = field(default_factory=lambda: array("q"))
    quality: array[int] = field(default_factory=lambda: array("h"))
    block: array[int] = field(default_factory=lambda: array("i"))


class Feed:
    """Everything of a feed that matters, after `read`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.readings = Readings()
        self.entry_of_block: list[int] = []
        self.refused: list[RefusedRow] = []
        self.refused_count = 0
        self.cost = 0
        self._entry: Entry | None = None
        self._block_open = False
        self._taken = 0
        self._links = 0

    def read(self, pieces: Iterable[str]) -> None:
        """Parse the text; `Unreadable` when it is no such feed or not a whole one."""
        with _collector_paused():
            self._read(pieces)

    def _read(self, pieces: Iterable[str]) -> None:
        builder = ET.TreeBuilder()
        holder = builder.start("holder", {})
        parser = ET.XMLParser(target=builder)  # noqa: S314 - no DOCTYPE passes
        idle, tail = 0, ""
        for piece in pieces:
            _refuse_doctype(tail + piece)
            tail = piece[-len(_FORBIDDEN[0]) :]
            _parse(parser, piece)
            before = self._taken
            self._take_finished(holder)
            idle = idle + len(piece) if self._taken == before else 0
            if idle > _MAX_IDLE:
                raise Unreadable("not_green_button")
        try:
            parser.close()
        except ET.ParseError as problem:
            raise Unreadable("cut_off") from problem
        self._take_finished(holder, whole=True)

    def _take_finished(self, holder: ET.Element, *, whole: bool = False) -> None:
        _refuse_depth(holder)
        if not len(holder):
            return
        root = holder[0]
        if root.tag != _FEED:
            raise Unreadable("not_green_button")
        for child in _finished(root, whole=whole):
            if child.tag == _ENTRY:
                self._walk_entry(child, whole=True)
        if len(root) and root[-1].tag == _ENTRY:
            self._walk_entry(root[-1], whole=False)

    def _walk_entry(self, node: ET.Element, *, whole: bool) -> None:
        if self._entry is None:
            self._entry = Entry(len(self.entries))
            self.entries.append(self._entry)
            if len(self.entries) > _MAX_ENTRIES:
                raise Unreadable("too_many_entries", entries=_MAX_ENTRIES)
        for child in _finished(node, whole=whole):
            self._taken += 1
            if child.tag == _LINK:
                self._take_link(self._entry, child)
            elif child.tag == _TITLE:
                self._entry.title = (child.text or "").strip()
            elif child.tag == _CONTENT:
                self._walk_content(child, self._entry, whole=True)
        if whole:
            self._entry = None
        elif len(node) and node[-1].tag == _CONTENT:
            self._walk_content(node[-1], self._entry, whole=False)

    def _take_link(self, entry: Entry, node: ET.Element) -> None:
        self._links += 1
        if self._links > 4 * _MAX_ENTRIES:
            raise Unreadable("too_many_entries", entries=_MAX_ENTRIES)
        relation, target = node.get("rel"), (node.get("href") or "").strip()
        if relation == "self":
            entry.own = target
        elif relation == "up":
            entry.up = target
        elif relation == "related":
            entry.related.add(target)

    def _walk_content(self, node: ET.Element, entry: Entry, *, whole: bool) -> None:
        for child in _finished(node, whole=whole):
            self._taken += 1
            if child.tag == _BLOCK:
                self._walk_block(child, entry, whole=True)
            else:
                _take_resource(entry, child)
        if not whole and len(node) and node[-1].tag == _BLOCK:
            self._walk_block(node[-1], entry, whole=False)

    def _walk_block(self, node: ET.Element, entry: Entry, *, whole: bool) -> None:
        if not self._block_open:
            self._block_open = True
            self.entry_of_block.append(entry.number)
            entry.kind = entry.kind or "IntervalBlock"
        children = _finished(node, whole=whole)
        self._taken += len(children)
        readings = [child for child in children if child.tag == _READING]
        if not self._take_plain(readings):
            for reading in readings:
                self._take_reading(reading)
        if len(self.readings.block) > MAX_READINGS:
            raise Unreadable("too_many", readings=MAX_READINGS)
        self._block_open = not whole

    def _take_plain(self, readings: list[ET.Element]) -> bool:
        """Take readings that are whole all at once, or say that some are not."""
        try:
            periods = [reading.find(_PERIOD) for reading in readings]
            starts = array("q", [int(p.findtext(_START)) for p in periods])  # type: ignore[union-attr,arg-type]
            lasted = array("q", [int(p.findtext(_DURATION)) for p in periods])  # type: ignore[union-attr,arg-type]
            values = array("q", [int(r.findtext(_VALUE)) for r in readings])  # type: ignore[arg-type]
            marks = [reading.find(_QUALITY) for reading in readings]
            quality = array("h", map(_quality, marks))
            costs = [reading.findtext(_COST) for reading in readings]
        except (AttributeError, TypeError, ValueError, OverflowError):
            return False
        columns = self.readings
        columns.start.extend(starts)
        columns.duration.extend(lasted)
        columns.value.extend(values)
        columns.quality.extend(quality)
        columns.block.extend([len(self.entry_of_block) - 1] * len(readings))
        if any(costs):
            self.cost += sum(map(_cost, costs))
        return True

    def _take_reading(self, node: ET.Element) -> None:
        period = node.find(_PERIOD)
        start = None if period is None else period.findtext(_START)
        value = node.findtext(_VALUE)
        if period is None or not start or not value:
            self._refuse("no_value" if start else "no_time", value or start or "")
            return
        duration = period.findtext(_DURATION)
        columns = self.readings
        try:
            columns.start.append(int(start))
            columns.duration.append(int(duration) if duration else 0)
            columns.value.append(int(value))
            columns.quality.append(_quality(node.find(_QUALITY)))
        except (ValueError, OverflowError) as problem:
            raise _bad_number(start, duration, value) from problem
        columns.block.append(len(self.entry_of_block) - 1)
        self.cost += _cost(node.findtext(_COST))

    def _refuse(self, code: str, text: str) -> None:
        self.refused_count += 1
        if len(self.refused) < MAX_LISTED:
            place = len(self.readings.start) + self.refused_count
            self.refused.append(RefusedRow(place, code, text[:80]))

    def column(self, name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.array(getattr(self.readings, name), dtype=np.int64)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Elements hold no cycles and go by themselves; looking for cycles among them
    would take as long as the parsing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _finished(node: ET.Element, *, whole: bool) -> list[ET.Element]:
    """Take the children out that will not grow any more."""
    count = len(node) if whole else max(len(node) - 1, 0)
    children = node[:count]
    del node[:count]
    return children


def _refuse_doctype(text: str) -> None:
    if any(word in text for word in _FORBIDDEN):
        raise Unreadable("doctype")


def _refuse_depth(node: ET.Element) -> None:
    depth = 0
    while len(node):
        node = node[-1]
        depth += 1
        if depth > _MAX_DEPTH:
            raise Unreadable("too_deep")


def _parse(parser: ET.XMLParser, piece: str) -> None:
    try:
        parser.feed(piece)
    except ET.ParseError as problem:
        line = problem.position[0]
        raise Unreadable("broken_xml", line=line) from problem


def _take_resource(entry: Entry, node: ET.Element) -> None:
    name = node.tag.removeprefix(ESPI)
    if name == node.tag:
        return  # another namespace: none of ours
    entry.kind = name
    if name == "UsagePoint":
        entry.service_kind = _number(node.findtext(f"{ESPI}ServiceCategory/{ESPI}kind"))
    elif name == "LocalTimeParameters":
        entry.utc_offset = _number(node.findtext(ESPI + "tzOffset"))
    elif name == "ReadingType":
        found = {
            ours: _number(node.findtext(ESPI + theirs))
            for theirs, ours in READING_TYPE_FIELDS.items()
        }
        entry.reading_type = ReadingType(**found)
    elif name in {"UsageSummary", "ElectricPowerUsageSummary"}:
        entry.bill = _bill(node)


def _bill(node: ET.Element) -> BillSeen | None:
    """The last bill of a summary; costs are in 1/100,000 of the currency."""
    start = _number(node.findtext(f"{ESPI}billingPeriod/{_START}"))
    duration = _number(node.findtext(f"{ESPI}billingPeriod/{_DURATION}"))
    if not start or not duration:
        return None
    used = ESPI + "overallConsumptionLastPeriod/" + ESPI
    amount = _number(node.findtext(ESPI + "billLastPeriod"))
    value = _number(node.findtext(used + "value"))
    power = _number(node.findtext(used + "powerOfTenMultiplier")) or 0
    uom = _number(node.findtext(used + "uom"))
    return BillSeen(
        start=start,
        duration=duration,
        amount=None if amount is None else Decimal(amount) / 100_000,
        currency=_number(node.findtext(ESPI + "currency")),
        quantity=None if value is None else Decimal(value).scaleb(power),
        unit=UNITS.get(uom or 0, ""),
    )


def _number(text: str | None) -> int | None:
    if text is None or not text.strip():
        return None
    try:
        return int(text)
    except ValueError as problem:
        raise Unreadable("bad_number", text=text.strip()[:40]) from problem


def _quality(said: ET.Element | None) -> int:
    code = None if said is None else said.findtext(_QUALITY_CODE)
    return int(code) if code else NO_QUALITY


def _cost(text: str | None) -> int:
    return (_number(text) or 0) if text else 0


def _bad_number(start: str, duration: str | None, value: str) -> Unreadable:
    if not start.strip().isdigit():
        return Unreadable("bad_start", text=start.strip()[:40])
    text = value if (duration or "0").strip().isdigit() else duration or ""
    return Unreadable("bad_number", text=text.strip()[:40])
