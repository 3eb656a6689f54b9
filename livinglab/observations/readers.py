"""Reads daily temperatures from the files and answers people have. Pure: no Django.

Four layouts are known: the JSON (or XML error) of KMA's daily ASOS service, the
portal's temperature analysis (UTF-8 with a byte order mark, dates behind a TAB), the
portal's ASOS download (usually CP949, 지점,지점명,일시,평균기온(°C)…), and our own
(date,stn,tmean,tmin,tmax). A value that was not measured stays None; it is never zero.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

FIELDS = ("tmean", "tmin", "tmax")
# Colder or warmer than any place on earth was: a typing error or a filler (-99.9).
PLAUSIBLE = (-90.0, 60.0)
HEADER_WITHIN = 20

NO_DATA = {"03"}
PASSING = {"01", "02", "04", "05", "99"}
QUOTA = {"22"}

COLUMNS = {
    "day": ("날짜", "일시", "date", "tm"),
    "station": ("지점", "stn", "stnid", "station"),
    "tmean": ("평균기온", "tmean", "avgta"),
    "tmin": ("최저기온", "tmin", "minta"),
    "tmax": ("최고기온", "tmax", "maxta"),
}


class Unreadable(Exception):
    """The content is no daily weather; `kind` says why, `detail` where."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind} {detail}".strip())
        self.kind = kind
        self.detail = detail


class ServiceRefusal(Exception):
    """The weather service answered with an error code of its own."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code} {message}".strip())
        self.code = code
        self.message = message

    @property
    def will_pass(self) -> bool:
        """Worth asking again soon; a wrong key never is."""
        return self.code in PASSING

    @property
    def is_quota(self) -> bool:
        return self.code in QUOTA


@dataclass(frozen=True)
class DayReading:
    """One day of one station in °C; None was not measured."""

    day: date
    station: int | None
    tmean: float | None
    tmin: float | None
    tmax: float | None


@dataclass(frozen=True)
class RefusedRow:
    """A row that says nothing usable; kind is day, station or number."""

    number: int
    kind: str
    text: str


class _NotUsable(Exception):
    def __init__(self, kind: str, text: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.text = text.strip()[:30]


@dataclass(frozen=True)
class WeatherFile:
    """What was understood of a file or an answer."""

    layout: str
    encoding: str
    fields: frozenset[str]
    readings: tuple[DayReading, ...]
    refused: tuple[RefusedRow, ...] = ()


def read_weather(content: bytes) -> WeatherFile:
    """Any of the known layouts, told apart by the content itself."""
    text, encoding = _decode(content)
    start = text.lstrip()[:1]
    if start == "<":
        return _read_xml(text, encoding)
    if start in {"{", "["}:
        return _read_json(text, encoding)
    return _read_csv(text, encoding)


def _decode(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise Unreadable("empty")
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


# --- the service's answers ----------------------------------------------------


def _read_xml(text: str, encoding: str) -> WeatherFile:
    """The gateway refuses in XML even where JSON was asked, with status 200."""
    try:
        root = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise Unreadable("xml") from error
    code = _xml_text(root, "returnReasonCode") or _xml_text(root, "resultCode")
    if not code:
        raise Unreadable("html" if "html" in root.tag.lower() else "xml")
    message = _xml_text(root, "returnAuthMsg") or _xml_text(root, "resultMsg")
    _answer_code(code, message)
    rows = [{cell.tag: cell.text or "" for cell in item} for item in root.iter("item")]
    return _from_rows("asos_xml", encoding, rows)


def _xml_text(root: Any, name: str) -> str:
    found = root.find(f".//{name}")
    return (found.text or "").strip() if found is not None else ""


def _read_json(text: str, encoding: str) -> WeatherFile:
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise Unreadable("json") from error
    if not isinstance(answer, dict):
        raise Unreadable("json")
    gateway = _inside(answer, "OpenAPI_ServiceResponse", "cmmMsgHeader") or _inside(
        answer, "cmmMsgHeader"
    )
    if gateway:
        code = str(gateway.get("returnReasonCode", ""))
        raise ServiceRefusal(code, str(gateway.get("returnAuthMsg", "")))
    header = _inside(answer, "response", "header")
    if not header:
        raise Unreadable("json")
    _answer_code(str(header.get("resultCode", "")), str(header.get("resultMsg", "")))
    rows = _items(_inside(answer, "response", "body").get("items"))
    return _from_rows("asos_json", encoding, rows)


def _inside(answer: Any, *names: str) -> dict[str, Any]:
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, dict) else {}


def _answer_code(code: str, message: str) -> None:
    if code.zfill(2) not in {"00"} | NO_DATA:
        raise ServiceRefusal(code.zfill(2), message)


def _items(items: Any) -> list[Mapping[str, Any]]:
    """A list, {"item": [..]}, {"item": {..}} for a single row, or "" for none."""
    if isinstance(items, dict):
        items = items.get("item", items)
    if isinstance(items, dict):
        items = [items]
    if not items:
        return []
    if not isinstance(items, list) or not all(isinstance(i, dict) for i in items):
        raise Unreadable("json")
    return items


def _from_rows(
    layout: str, encoding: str, rows: Sequence[Mapping[str, Any]]
) -> WeatherFile:
    names = {_plain(name): name for row in rows for name in row}
    columns = _columns(list(names))
    if rows and "day" not in columns:
        raise Unreadable("columns")
    cells = (
        {what: str(row.get(names[name]) or "") for what, name in columns.items()}
        for row in rows
    )
    return _collect(layout, encoding, columns, cells)


# --- CSV ----------------------------------------------------------------------


def _read_csv(text: str, encoding: str) -> WeatherFile:
    lines = text.splitlines()
    header_at = _header_line(lines)
    header = [_plain(cell) for cell in next(csv.reader([lines[header_at]]))]
    places = {name: number for number, name in enumerate(header)}
    columns = _columns(header)
    if not set(columns) & set(FIELDS):
        raise Unreadable("columns", lines[header_at][:80])
    body = csv.reader(io.StringIO("\n".join(lines[header_at + 1 :])))
    cells = (
        {what: _cell(row, places[name]) for what, name in columns.items()}
        for row in body
        if any(cell.strip() for cell in row)
    )
    layout = "asos_csv" if "지점명" in header else "portal_csv"
    if "date" in header:
        layout = "plain_csv"
    return _collect(layout, encoding, columns, cells, header_at + 2)


def _header_line(lines: Sequence[str]) -> int:
    """Title lines may stand above the header."""
    for number, line in enumerate(lines[:HEADER_WITHIN]):
        cells = {_plain(cell) for row in csv.reader([line]) for cell in row}
        if cells & set(COLUMNS["day"]):
            return number
    raise Unreadable("html" if "<html" in lines[0].lower() else "header")


def _columns(header: Sequence[str]) -> dict[str, str]:
    """Which of our names stands under which of theirs."""
    found = {}
    for what, names in COLUMNS.items():
        name = next((name for name in names if name in header), None)
        if name is not None:
            found[what] = name
    return found


def _plain(name: str) -> str:
    """`평균기온(℃)`, `" 평균기온 "` and `avgTa` by one spelling, without the unit."""
    return re.sub(r"\(.*?\)|\s|\"", "", name.strip("﻿")).lower()


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


# --- both ---------------------------------------------------------------------


def _collect(
    layout: str,
    encoding: str,
    columns: Mapping[str, str],
    rows: Iterator[dict[str, str]],
    first: int = 1,
) -> WeatherFile:
    readings: dict[tuple[int | None, date], DayReading] = {}
    refused = []
    for number, row in enumerate(rows, first):
        try:
            reading = _reading(row)
        except _NotUsable as why:
            refused.append(RefusedRow(number, why.kind, why.text))
            continue
        readings[reading.station, reading.day] = reading
    fields = frozenset(columns) & frozenset(FIELDS)
    return WeatherFile(
        layout, encoding, fields, tuple(readings.values()), tuple(refused)
    )


def _reading(row: Mapping[str, str]) -> DayReading:
    return DayReading(
        day=_day(row["day"]),
        station=_station(row.get("station", "")),
        tmean=_degrees(row.get("tmean", "")),
        tmin=_degrees(row.get("tmin", "")),
        tmax=_degrees(row.get("tmax", "")),
    )


def _day(text: str) -> date:
    """2026-07-01, 2026.07.01, 20260701; a moment is refused: it is not a day."""
    digits = re.sub(r"[\s./\-\"]", "", text)
    try:
        if re.fullmatch(r"[0-9]{8}", digits):
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError as error:
        raise _NotUsable("day", text) from error
    raise _NotUsable("day", text)


def _station(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise _NotUsable("station", text)
    return int(text)


def _degrees(text: str) -> float | None:
    """An empty cell and an impossible value are missing; letters are refused."""
    text = text.strip()
    if text.lower() in {"", "-", "null", "nan"}:
        return None
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text):
        raise _NotUsable("number", text)
    value = float(text)
    return value if PLAUSIBLE[0] <= value <= PLAUSIBLE[1] else None
