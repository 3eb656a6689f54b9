"""How well promises were kept, from bare rows; medians, so that one bad year is one.

Pure. Days are local days of Asia/Seoul. What is not decided yet counts in no share:
a report whose day has not come is neither kept nor broken.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

FEWEST = 5  # below, a share or a median says more about one report than of the work
DAY_S = 86_400


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a report tells about the service, without its words."""

    received: datetime
    answer_due: date
    due: date
    answered: datetime | None = None
    answered_on: date | None = None
    closed: datetime | None = None
    closed_on: date | None = None
    waits: bool = False  # for the reporter: the clock stands still
    extended: bool = False
    confirmed: Sequence[bool] = ()  # "is it fixed?", yes or no
    stars: Sequence[int] = ()


@dataclass(frozen=True)
class Share:
    """A part of those that are decided; no number where they are too few."""

    good: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        return self.good / self.of if self.of >= FEWEST else None

    @property
    def other(self) -> int:
        return self.of - self.good


@dataclass(frozen=True)
class Median:
    """The middle of durations in days, and how many there are."""

    value: float | None = None
    of: int = 0

    @classmethod
    def of_days(cls, days: Sequence[float]) -> "Median":
        has_enough = len(days) >= FEWEST
        return cls(round(median(days), 1) if has_enough else None, len(days))


@dataclass(frozen=True)
class Figures:
    """The service level of some reports."""

    reports: int
    open: int
    to_answer: Median
    to_close: Median
    answered_in_time: Share
    closed_in_time: Share
    confirmed: Share
    extended: int
    content: float | None = None  # how content people were, 1 to 5


@dataclass(frozen=True)
class Tally:
    """Figures in all and of each group: by what, which one, its figures."""

    whole: Figures
    groups: Mapping[str, Mapping[str, Figures]]


def figures_of(rows: Iterable[Row], today: date) -> Figures:
    """Count, share and middle of what is there."""
    every = list(rows)
    voices = [voice for row in every for voice in row.confirmed]
    stars = [star for row in every for star in row.stars]
    return Figures(
        reports=len(every),
        open=sum(row.closed is None for row in every),
        to_answer=Median.of_days(
            [_days(r.received, r.answered) for r in every if r.answered]
        ),
        to_close=Median.of_days(
            [_days(r.received, r.closed) for r in every if r.closed]
        ),
        answered_in_time=_kept(
            (_in_time(r.answered_on, r.answer_due, today), True) for r in every
        ),
        closed_in_time=_kept(
            (_in_time(r.closed_on, r.due, today), not r.waits) for r in every
        ),
        confirmed=Share(sum(voices), len(voices)),
        extended=sum(row.extended for row in every),
        content=round(sum(stars) / len(stars), 1) if len(stars) >= FEWEST else None,
    )


def packed(tally: Tally) -> dict[str, Any]:
    """As JSON may keep it."""
    groups = {
        by: {key: asdict(figures) for key, figures in group.items()}
        for by, group in tally.groups.items()
    }
    return {"whole": asdict(tally.whole), "groups": groups}


def unpacked(kept: Mapping[str, Any]) -> Tally:
    """What `packed` wrote."""
    groups = {
        by: {key: _figures(figures) for key, figures in group.items()}
        for by, group in kept["groups"].items()
    }
    return Tally(_figures(kept["whole"]), groups)


def _figures(kept: Mapping[str, Any]) -> Figures:
    medians = {name: Median(**kept[name]) for name in ("to_answer", "to_close")}
    shares = {
        name: Share(**kept[name])
        for name in ("answered_in_time", "closed_in_time", "confirmed")
    }
    return Figures(**{**kept, **medians, **shares})


def _days(start: datetime, end: datetime | None) -> float:
    return (end - start).total_seconds() / DAY_S if end else 0.0


def _in_time(done: date | None, due: date, today: date) -> bool | None:
    """Whether it was done by its day; None while the day has not passed."""
    if done is not None:
        return done <= due
    return False if due < today else None


def _kept(decided: Iterable[tuple[bool | None, bool]]) -> Share:
    known = [kept for kept, counts in decided if kept is not None and counts]
    return Share(sum(known), len(known))
