"""Finds out how a CSV file is laid out: delimiter, header, which column is what."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from livinglab.energy.readers import csv_cells as cells
from livinglab.energy.readers.understood import Unreadable

DELIMITERS = (",", ";", "\t")
_LOOK_AT = 80
_BRACKETS = re.compile(r"[(\[（【]([^)\]）】]*)[)\]）】]")  # noqa: RUF001
# What stands around an hour in a heading: `01시 사용량`, `00:15 kWh`, `사용량 1시`.
_AROUND = r"(?:전력|전기)?사용(?:전력)?량|전력량|소비량|[km]?wh|kw|usage|consumption"
_AROUND_HOURS = re.compile(
    rf"^(?:(?:{_AROUND})[\s_]*)+|(?:[\s_]*(?:{_AROUND}))+$", re.IGNORECASE
)
_HOUR_LONG = re.compile(r"시간대?$")
_SQUEEZED = re.compile(r"[\s()\[\]（）【】]+")  # noqa: RUF001

# Lower case, without spaces and brackets.
_NAMES: dict[str, set[str]] = {
    "date": {
        "날짜", "일자", "일시", "사용일", "사용일자", "사용일시", "검침일", "검침일시",
        "검침일자", "측정일", "측정일시", "date", "datetime", "timestamp", "start",
        "starttime", "startdate", "시작", "시작일시", "readingdatetime", "date_time",
        "reading_datetime", "start_utc", "usage_date", "usagedate", "년월일", "년월",
        "사용년월", "month", "select_dt",
    },
    "time": {"시간", "시각", "시간대", "time", "hour", "mr_hhmi", "사용시간", "hhmm"},
    "end": {"end", "endtime", "enddate", "종료", "종료일시", "끝"},
    "energy": {
        "사용량", "전력사용량", "전력량", "유효전력량", "순방향유효전력량", "평균전력",
        "수전전력량", "전기사용량", "당월사용량", "유효전력", "사용전력량", "kwh", "wh",
        "usage", "consumption", "value", "energy", "f_ap_qt", "global_active_power",
        "power", "import",
    },
    "register": {
        "지침", "누적", "누적전력량", "누적사용량", "현재지침", "당월지침", "전월지침",
        "register", "reading", "지침값", "적산전력량", "meterreading",
    },
    "money": {"요금", "청구금액", "전기요금", "amount", "cost", "금액"},
    "quality": {"상태", "구분", "quality", "flag", "데이터상태", "status"},
    "customer": {
        "고객번호", "customer", "customer_id", "customerid", "lclid", "house", "동호",
        "동", "호", "세대", "serial_number", "계기번호", "meter_id", "meterid",
        "household", "household_id", "계량기번호", "고객명", "id", "nmi",
    },
}  # fmt: skip
_PREVIOUS_REGISTER = {"전월지침"}
_READING_DAYS = {"검침일", "검침일자", "검침일시"}
_UNITS = {"kwh": "kWh", "wh": "Wh", "kw": "kW", "w": "W", "mwh": "MWh"}


@dataclass(frozen=True, slots=True)
class Column:
    """A header cell: its place, what it means, its unit where it says one."""

    place: int
    text: str
    role: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands. `labels` are the time columns of a wide file."""

    delimiter: str
    first_row: int
    has_header: bool
    columns: tuple[Column, ...]
    labels: tuple[tuple[int, str], ...] = ()
    labels_are_moments: bool = False

    def of(self, role: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == role)

    def one(self, role: str) -> int | None:
        found = self.of(role)
        return found[0].place if found else None


def find_layout(lines: Iterable[str]) -> Layout:
    """The layout of a file from its first lines; Unreadable when there is none."""
    head = [line for line, _ in zip(lines, range(_LOOK_AT), strict=False)]
    for delimiter in _by_frequency(head):
        rows = _rows(head, delimiter)
        found = _with_header(rows, delimiter) or _without_header(rows, delimiter)
        if found is not None:
            return found
    raise Unreadable("no_table")


def _by_frequency(head: Sequence[str]) -> list[str]:
    text = "".join(head)
    return sorted(DELIMITERS, key=text.count, reverse=True)


def _rows(head: Sequence[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(head, delimiter=delimiter))
    except csv.Error as problem:
        raise Unreadable("no_table") from problem


def _with_header(rows: Sequence[list[str]], delimiter: str) -> Layout | None:
    for place, row in enumerate(rows):
        if len(row) < 2:
            continue
        following = next((later for later in rows[place + 1 :] if any(later)), [])
        columns = _with_a_date(
            [_column(index, cell) for index, cell in enumerate(row)], following
        )
        wide = _wide(place, columns, delimiter)
        if wide is not None:
            return wide
        known = {column.role for column in columns} - {"", "unknown"}
        dated = [column for column in columns if column.role == "date"]
        if dated and (len(known) > 1 or _dated(following, dated[0].place)):
            return Layout(delimiter, place + 1, True, tuple(columns))
    return None


def _with_a_date(columns: list[Column], following: Sequence[str]) -> list[Column]:
    """A column called time that holds whole dates is the date."""
    if any(column.role == "date" for column in columns):
        return columns
    return [
        replace(column, role="date")
        if column.role == "time" and _dated(following, column.place)
        else column
        for column in columns
    ]


def _column(place: int, cell: str) -> Column:
    text = cells.clean(cell)
    inside = _BRACKETS.findall(text)
    bare = _SQUEEZED.sub("", _BRACKETS.sub("", text)).lower()
    squeezed = _SQUEEZED.sub("", text).lower()
    unit = next((_UNITS[u] for u in map(_plain, inside) if u in _UNITS), "")
    unit = unit or _unit_in_name(bare)
    role = next(
        (role for role, names in _NAMES.items() if bare in names or squeezed in names),
        "",
    )
    if role in {"", "customer"} and unit and bare != "w":
        role = "energy"
    return Column(place, text, role or "unknown", unit)


def _plain(inside: str) -> str:
    return inside.strip().lower()


def _unit_in_name(bare: str) -> str:
    """`general_supply_kwh` and `kwh/hh` say their unit in the name."""
    words = re.split(r"[_/\s.]+", bare)
    for word in (words[-1], words[0]):
        if word in _UNITS:
            return _UNITS[word]
    return "kWh" if bare.endswith("kwh") else ""


def _dated(row: Sequence[str], place: int) -> bool:
    if place >= len(row):
        return False
    try:
        cells.when(row[place])
    except cells.BadCell:
        return False
    return True


def _wide(place: int, columns: Sequence[Column], delimiter: str) -> Layout | None:
    """One row a day with 24, 48 or 96 columns of hours; or one column a moment."""
    hours = ((c.place, _hour_of(c.text)) for c in columns)
    clocks = tuple((at, text) for at, text in hours if text is not None)
    if len(clocks) in {23, 24, 25, 48, 96, 100} and any(
        column.role == "date" for column in columns
    ):
        return Layout(delimiter, place + 1, True, tuple(columns), clocks)
    moments = tuple((c.place, c.text) for c in columns if _is_moment(c.text))
    if len(moments) >= 20:
        return Layout(delimiter, place + 1, True, tuple(columns), moments, True)
    return None


def _hour_of(heading: str) -> str | None:
    """The time a heading names, without unit and words: `1시` of `1시 사용량(kWh)`.

    A lone number is an hour only as a heading such as 1, 01 or 0100.
    """
    bare = _AROUND_HOURS.sub("", _BRACKETS.sub("", heading).strip()).strip()
    text = _HOUR_LONG.sub("시", bare)
    try:
        cells.clock(text)
    except cells.BadCell:
        return None
    return text


def _is_moment(text: str) -> bool:
    try:
        return cells.when(text).second is not None
    except cells.BadCell:
        return False


# Files without a header ---------------------------------------------------------------


def _without_header(rows: Sequence[list[str]], delimiter: str) -> Layout | None:
    """Tell columns by what stands in them, as in apartment files `house, date, …`."""
    for place, row in enumerate(rows):
        dated = next((i for i in range(len(row)) if _dated(row, i)), None)
        if dated is None or len(row) < 2:
            continue
        sample = [r for r in rows[place:] if len(r) == len(row) and _dated(r, dated)]
        columns = [
            Column(i, str(i + 1), _role_by_content(i, dated, sample))
            for i in range(len(row))
        ]
        if any(column.role in {"energy", "register"} for column in columns):
            return Layout(delimiter, place, False, tuple(columns))
    return None


def _role_by_content(place: int, dated: int, sample: Sequence[list[str]]) -> str:
    if place == dated:
        return "date"
    texts = [cells.clean(row[place]) for row in sample]
    if place == dated + 1 and all(":" in text or "시" in text for text in texts):
        return "time"
    numbers = [_number_or_none(text) for text in texts]
    present = [value for value in numbers if value is not None]
    if len(present) < len(texts) / 2 or len(set(present)) < 2:
        return "customer" if place < dated else "unknown"
    if place < dated:
        return "customer"
    return "register" if _climbs(present) else "energy"


def _number_or_none(text: str) -> float | None:
    try:
        return cells.number(text)
    except cells.BadCell:
        return None


def _climbs(values: Sequence[float]) -> bool:
    """Twenty values that never fall, and rise at least five times: a register."""
    rises = sum(b > a for a, b in zip(values, values[1:], strict=False))
    falls = sum(b < a for a, b in zip(values, values[1:], strict=False))
    return len(values) >= 20 and not falls and rises >= 5 and values[0] > 0


def previous_register(column: Column) -> bool:
    """`전월지침` is the reading of the month before: never the one to follow."""
    return _SQUEEZED.sub("", column.text) in _PREVIOUS_REGISTER


def names_reading_days(layout: Layout) -> bool:
    """`검침일` is the day a meter was read: a month's use ends there."""
    return any(
        _SQUEEZED.sub("", one.text) in _READING_DAYS for one in layout.of("date")
    )
