"""How much a file may hold, and what is believable for a home or a facility."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from livinglab.energy.readers.understood import Option, Question, Unreadable, moment
from livinglab.energy.usage.blocks import Intervals

MAX_BYTES = 20 * 1024 * 1024
MAX_READINGS = 500_000
MAX_LISTED = 50  # refused rows and gaps that are listed one by one
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Limits:
    """Believable electricity: above `max_kw` it is another unit or another building.

    40 kW is 10 kWh in a quarter of an hour, 40 kWh in an hour.
    """

    max_kw: float
    confirm_day_kwh: float | None


HOME = Limits(max_kw=40.0, confirm_day_kwh=150.0)
FACILITY = Limits(max_kw=5_000.0, confirm_day_kwh=None)


def refuse_future(intervals: Intervals, now: int) -> None:
    """Raise when an interval ends more than a day after now (UTC seconds)."""
    if len(intervals) and int(intervals.end.max()) > now + DAY_S:
        latest = moment(int(intervals.end.max()))
        raise Unreadable("future", until=latest.isoformat())


def refuse_negative(intervals: Intervals) -> None:
    """Raise when any use is below zero."""
    below = np.flatnonzero(intervals.value < 0)
    if below.size:
        when = moment(int(intervals.start[below[0]])).isoformat()
        raise Unreadable("negative", count=int(below.size), when=when)


def believable(
    intervals: Intervals, limits: Limits, answers: Mapping[str, str]
) -> Question | None:
    """Raise when it cannot be such a building; ask when a day is merely unusual."""
    if not len(intervals):
        return None
    kw = intervals.value / 1e6 / (intervals.duration / 3600)
    most = int(kw.argmax())
    if kw[most] > limits.max_kw:
        raise Unreadable(
            "implausible",
            kwh=round(float(intervals.value[most]) / 1e6, 3),
            minutes=int(intervals.duration[most]) // 60,
            when=moment(int(intervals.start[most])).isoformat(),
        )
    return _ask_about_large_days(intervals, limits, answers)


def _ask_about_large_days(
    intervals: Intervals, limits: Limits, answers: Mapping[str, str]
) -> Question | None:
    if limits.confirm_day_kwh is None or answers.get("large_days") == "yes":
        return None
    short = intervals.take(intervals.duration <= DAY_S)
    if not len(short):
        return None
    # Days here are stretches of 24 hours from the first reading: near enough to ask.
    day = (short.start - short.start[0]) // DAY_S
    totals = np.bincount(day, short.value) / 1e6
    large = int((totals > limits.confirm_day_kwh).sum())
    if not large:
        return None
    facts = {"days": large, "kwh": round(float(totals.max()), 1)}
    return Question("large_days", (Option("yes"),), facts)
