"""What a GeoReport v2 client asks: attributes, dates, lists in a query.

Pure. Raises ValueError with the name of the argument that cannot be understood.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=90)
_ATTRIBUTE = re.compile(r"^attribute\[(?P<code>[^\[\]]+)\](?:\[\])?$")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$")


def attributes(form: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Answers by code, from `attribute[CODE]=v` and `attribute[CODE][]=v`."""
    found: dict[str, list[str]] = {}
    for name, values in form.items():
        if match := _ATTRIBUTE.match(name):
            found.setdefault(match["code"], []).extend(values)
    return found


def moment(said: str, name: str) -> datetime | None:
    """A moment with its zone, or None when empty.

    A + that nobody escaped arrives as a space and is understood.
    """
    if not said:
        return None
    text = re.sub(r" (\d\d:?\d\d)$", r"+\1", said.strip())
    if not _MOMENT.match(text):
        raise ValueError(name)
    try:
        return datetime.fromisoformat(text)
    except ValueError as problem:
        raise ValueError(name) from problem


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
