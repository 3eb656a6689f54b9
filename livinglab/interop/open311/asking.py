"""What a GeoReport v2 client asks: attributes, dates, lists, pages in a query.

Pure. Raises ValueError with the name of the argument that cannot be understood.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=90)
MOST = 1000  # requests in an answer
MOST_PAGES = 1000
YEARS = range(1970, 2970)  # further away, sums of dates leave the calendar
_ATTRIBUTE = re.compile(r"^attribute\[(?P<code>[^\[\]]+)\](?:\[[0-9]{0,3}\])?$")
_MOMENT = re.compile(
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$", re.ASCII
)

_PLUS_LOST = re.compile(r"^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:?\d\d)$", re.ASCII)


def attributes(form: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Answers by code, from `attribute[CODE]=v`, `attribute[CODE][]=v` and `…[0]=v`."""
    found: dict[str, list[str]] = {}
    for name, values in form.items():
        if match := _ATTRIBUTE.match(name):
            found.setdefault(match["code"], []).extend(map(_with_plus, values))
    return found


def moment(said: str, name: str) -> datetime | None:
    """A moment with its zone, or None when empty.

    A + that nobody escaped arrives as a space and is understood.
    """
    if not said:
        return None
    text = _with_plus(said.strip())
    if not _MOMENT.match(text):
        raise ValueError(name)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as problem:
        raise ValueError(name) from problem
    if found.year not in YEARS:
        raise ValueError(name)
    return found


def _with_plus(said: str) -> str:
    """A moment whose + nobody escaped; any other text as it is."""
    return _PLUS_LOST.sub(r"\1+\2", said)


@dataclass(frozen=True)
class Span:
    """Moments between which requests are asked for, at most 90 days apart."""

    start: datetime
    end: datetime


def span(start: datetime | None, end: datetime | None, now: datetime) -> Span:
    """The last 90 days; one date alone means 90 days from or until it."""
    if start and end:
        if end < start or end - start > LONGEST:
            raise ValueError("end_date")
        return Span(start, end)
    if start:
        return Span(start, start + LONGEST)
    last = end or now
    return Span(last - LONGEST, last)


def words(said: str) -> list[str]:
    """The entries of a comma list, empty ones left out."""
    return [one.strip() for one in said.split(",") if one.strip()]


def numbers(said: Iterable[str]) -> list[int]:
    """Those of them that can be the number of a request."""
    return [
        int(one) for one in said if one.isascii() and one.isdigit() and len(one) < 18
    ]


@dataclass(frozen=True)
class Page:
    """Which of the found requests are meant: an extension many servers share."""

    size: int = MOST
    number: int = 1

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)


def page(number: str, size: str) -> Page:
    """`page` and `page_size`; neither means the first thousand."""
    return Page(
        size=_counted(size, "page_size", MOST) if size else MOST,
        number=_counted(number, "page", MOST_PAGES) if number else 1,
    )


def _counted(said: str, name: str, most: int) -> int:
    found = numbers([said.strip()])
    if not found or not 1 <= found[0] <= most:
        raise ValueError(name)
    return found[0]


def states(said: str) -> set[str]:
    """`open`, `closed` or both; nothing said means both."""
    wanted: Iterable[str] = words(said) or ("open", "closed")
    if odd := set(wanted) - {"open", "closed"}:
        raise ValueError(f"status {sorted(odd)[0]}")
    return set(wanted)


def coordinates(lat: str, long: str) -> tuple[float, float] | None:
    """Longitude and latitude, None when neither is given."""
    if not lat and not long:
        return None
    try:
        point = (float(long), float(lat))
    except ValueError as problem:
        raise ValueError("lat, long") from problem
    if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        raise ValueError("lat, long")
    return point
