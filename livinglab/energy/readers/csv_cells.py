"""What a cell of a CSV file says: a number, a day, a time of day (pure)."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

DAY_S = 86_400
_STRIPPED = "\ufeff \t\u00a0\u3000\u200b'\"\r\n"
_MISSING = {
    "",
    "-",
    "?",
    "--",
    "null",
    "n/a",
    "na",
    "nan",
    "none",
    "#n/a",
    "결측",
    "없음",
}
_PLAIN = re.compile(r"(?a)[+-]?(\d+\.?\d*|\.\d+)")
_EXPONENT = re.compile(r"(?a)[+-]?\d+\.?\d*[eE][+-]?\d{1,2}")
_THOUSANDS = re.compile(r"(?a)[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"(?a)[+-]?\d+,\d+")
ONLY_DECIMAL_COMMA = re.compile(r"(?a)[+-]?(0,\d+|\d+,(\d{1,2}|\d{4,}))")

_DATE = re.compile(
    r"(?a)(?P<y>\d{4})\s*(?:[-./]\s*|년\s*)(?P<m>\d{1,2})\s*(?:[-./]\s*|월\s*)"
    r"(?P<d>\d{1,2})\s*(?:일|\.)?"
)
_COMPACT = re.compile(
    r"(?a)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?P<t>\d{4}(?:\d\d)?)?"
)
_MONTH = re.compile(r"(?a)(?P<y>\d{4})\s*(?:[-./]\s*|년\s*)(?P<m>\d{1,2})\s*월?")
_ZONE = re.compile(r"(?a)\s*(?:(?P<z>Z)|(?P<s>[+-])(?P<h>\d\d):?(?P<m>\d\d))$")
_CLOCK = re.compile(
    r"(?a)(?P<half>오전|오후|AM|PM)?\s*(?P<h>\d{1,2})\s*(?::|시)\s*"
    r"(?:(?P<m>\d{1,2})\s*분?)?(?::(?P<s>\d{1,2})(?:[.,]\d+)?)?\s*(?P<late>AM|PM)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:~|∼|～| to | - )\s*")  # noqa: RUF001
_BETWEEN_CLOCKS = re.compile(r"\s*(?:~|∼|～| to |-)\s*")  # noqa: RUF001


class BadCell(ValueError):
    """The cell says nothing this reader knows."""


def clean(cell: str) -> str:
    """Without what exports put around values: marks, tabs, quotes, odd spaces."""
    return cell.strip(_STRIPPED)


def number(cell: str, *, decimal_comma: bool = False) -> float | None:
    """The number of a cell; None where the cell says that it is missing."""
    text = clean(cell)
    if _PLAIN.fullmatch(text) or _EXPONENT.fullmatch(text):
        return float(text)
    if text.lower() in _MISSING:
        return None
    if decimal_comma and _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    raise BadCell(text)


class When(NamedTuple):
    """A local day as an ordinal, and what the cell says of the time of that day.

    `end` counts seconds from the same midnight; `offset` are seconds east of UTC when
    the cell says them; `months` is 1 where the cell names a whole month.
    """

    day: int
    second: int | None = None
    end: int | None = None
    offset: int | None = None
    is_month: bool = False


def when(cell: str) -> When:
    """Reads a date, a date with a time, or a range of two such."""
    text = clean(cell)
    whole = _one(text)
    if whole is not None:
        return whole
    parts = _BETWEEN.split(text, maxsplit=1)
    if len(parts) == 2:
        return _span(parts[0], parts[1])
    raise BadCell(text)


def _span(begin: str, end: str) -> When:
    first = _one(begin)
    if first is None or first.second is None:
        raise BadCell(f"{begin} {end}")
    last = _one(end)
    if last is not None and last.second is not None:
        until = (last.day - first.day) * DAY_S + last.second
    else:
        until = clock(end)[0]
    if until <= first.second:
        raise BadCell(f"{begin} {end}")
    return When(first.day, first.second, until, first.offset)


def _one(text: str) -> When | None:
    text, offset = _without_zone(text.strip())
    compact = _COMPACT.fullmatch(text)
    if compact:
        time = compact["t"]
        return When(_ordinal(compact), _digits(time) if time else None, None, offset)
    found = _DATE.match(text)
    if found is None:
        month = _MONTH.fullmatch(text)
        return When(_first_of_month(month), is_month=True) if month else None
    rest = text[found.end() :].lstrip(" T,\t")
    if not rest:
        return When(_ordinal(found), None, None, offset)
    try:
        second, end = clock(rest)
    except BadCell:
        return None
    return When(_ordinal(found), second, end, offset)


def _without_zone(text: str) -> tuple[str, int | None]:
    """Splits a zone off the end, only behind a time of day."""
    zone = _ZONE.search(text)
    if zone is None or ":" not in text[: zone.start()]:
        return text, None
    if zone["z"]:
        return text[: zone.start()], 0
    seconds = int(zone["h"]) * 3600 + int(zone["m"]) * 60
    return text[: zone.start()], seconds if zone["s"] == "+" else -seconds


def _ordinal(found: re.Match[str]) -> int:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])).toordinal()
    except ValueError as problem:
        raise BadCell(found[0]) from problem


def _first_of_month(found: re.Match[str]) -> int:
    try:
        return date(int(found["y"]), int(found["m"]), 1).toordinal()
    except ValueError as problem:
        raise BadCell(found[0]) from problem


def clock(cell: str) -> tuple[int, int | None]:
    """Seconds since midnight, 86,400 for 24:00; and the end where a range is given."""
    text = clean(cell)
    second = _time(text)
    if second is not None:
        return second, None
    parts = _BETWEEN_CLOCKS.split(text, maxsplit=1)
    if len(parts) == 2:
        begin, end = _time(parts[0].strip()), _time(parts[1].strip())
        if begin is not None and end is not None:
            return begin, end if end > begin else end + DAY_S
    raise BadCell(text)


def _time(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return _digits(text)
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour = int(found["h"])
    half = (found["half"] or found["late"] or "").upper()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in {"오후", "PM"} else 0)
    return _seconds(hour, int(found["m"] or 0), int(found["s"] or 0))


def _digits(text: str) -> int:
    """`7`, `0730` or `073000`."""
    if len(text) <= 2:
        return _seconds(int(text), 0, 0)
    if len(text) in {3, 4}:
        return _seconds(int(text[:-2]), int(text[-2:]), 0)
    if len(text) == 6:
        return _seconds(int(text[:2]), int(text[2:4]), int(text[4:]))
    raise BadCell(text)


def _seconds(hour: int, minute: int, second: int) -> int:
    total = hour * 3600 + minute * 60 + second
    if minute > 59 or second > 59 or total > DAY_S:
        raise BadCell(f"{hour}:{minute}:{second}")
    return total


_QUALITIES = {
    "": 0, "정상": 0, "확정": 0, "valid": 0, "actual": 0, "normal": 0, "ok": 0, "a": 0,
    "추정": 8, "예측": 8, "estimated": 8, "estimate": 8, "e": 8,
    "보간": 9, "interpolated": 9,
    "수기": 7, "수동": 7, "manual": 7,
    "의심": 10, "questionable": 10,
}  # fmt: skip


def quality(cell: str) -> int:
    """The code of Green Button for what a column of states says; unknown is valid."""
    text = clean(cell).lower()
    if text.isascii() and text.isdigit() and len(text) < 3:
        return int(text) if int(text) <= 19 else 0
    return _QUALITIES.get(text, 0)
