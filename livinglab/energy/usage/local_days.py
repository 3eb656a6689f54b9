"""Which local day a moment belongs to, for whole columns of moments (pure).

A local day begins at local midnight of a zone with its own history of summer time, so
it may last 23 or 25 hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from livinglab.energy.usage.blocks import Ints


def midnight(day: date, zone: ZoneInfo) -> int:
    """The UTC second at which a local day begins."""
    return int(datetime.combine(day, time(), zone).timestamp())


def local_date(seconds: int, zone: ZoneInfo) -> date:
    """The local day of a UTC second."""
    return datetime.fromtimestamp(seconds, tz=UTC).astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class LocalDays:
    """Consecutive local days: day k is [midnights[k], midnights[k + 1])."""

    first: date
    midnights: Ints

    def __len__(self) -> int:
        return int(self.midnights.size) - 1

    def date(self, place: int) -> date:
        return self.first + timedelta(days=place)

    def length(self, place: int) -> int:
        """Seconds of a day: 86,400 but where the clock is changed."""
        return int(self.midnights[place + 1] - self.midnights[place])

    def place_of(self, seconds: Ints) -> Ints:
        """Which of the days each moment belongs to."""
        return np.searchsorted(self.midnights, seconds, side="right") - 1

    def edges_in(self, sorted_starts: Ints) -> Ints:
        """Where each day begins in a sorted column of moments, and the end."""
        return np.searchsorted(sorted_starts, self.midnights, side="left")


def local_days(first: date, last: date, zone: ZoneInfo) -> LocalDays:
    """All days from first to last, both included."""
    count = (last - first).days + 1
    days = (first + timedelta(days=place) for place in range(count + 1))
    return LocalDays(
        first, np.fromiter((midnight(day, zone) for day in days), np.int64)
    )


def days_spanned(sorted_starts: Ints, zone: ZoneInfo) -> LocalDays:
    """The days from the first to the last of some moments (at least one moment)."""
    first = local_date(int(sorted_starts[0]), zone)
    return local_days(first, local_date(int(sorted_starts[-1]), zone), zone)
