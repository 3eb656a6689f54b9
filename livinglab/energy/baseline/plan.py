"""Which days a home's baselines stand on and which days they are held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livinglab.energy.baseline.climate import BoolArray
from livinglab.energy.baseline.sufficiency import WINDOW_DAYS, Bill
from livinglab.energy.baseline.windows import (
    Window,
    daily_starts,
    days_with_a_gap,
    window_of,
)

FAR = 10**7


@dataclass(frozen=True)
class Chapter:
    """A stretch of a home's life without a declared new start.

    The home joined, or started anew, on day `begins`; nothing from `ends` on belongs
    here. A baseline may begin on `earliest` at the soonest. Home is a row number.
    """

    home: int
    earliest: int
    begins: int
    ends: int


@dataclass(frozen=True)
class Plan:
    """A chapter with its baseline's window and the days [reports, ends) to report."""

    chapter: Chapter
    window: Window

    @property
    def reports(self) -> int:
        """The day after the baseline; the day of joining itself counts for neither."""
        joining = self.window.after == self.chapter.begins
        return self.window.after + 1 if joining else self.window.after


def chapters_of(home: int, joined: int, restarts: Sequence[int]) -> list[Chapter]:
    """Cut a home's life at its declared new starts."""
    before = [day for day in restarts if day <= joined]
    later = sorted({day for day in restarts if day > joined})
    earliest = max([joined - WINDOW_DAYS, *before])
    ends = [*later, FAR]
    first = Chapter(home, earliest, joined, ends[0])
    return [
        first,
        *(
            Chapter(home, day, day, end)
            for day, end in zip(later, ends[1:], strict=True)
        ),
    ]


def plans_of(
    chapters: Sequence[Chapter], valid: BoolArray, bills: Sequence[Sequence[Bill]]
) -> list[Plan]:
    """Find each chapter's window; `valid` and `bills` are those of the homes."""
    days = np.arange(valid.shape[1])
    homes = np.array([chapter.home for chapter in chapters], dtype=np.intp)
    ends = np.array([chapter.ends for chapter in chapters])
    earliest = np.array([chapter.earliest for chapter in chapters], dtype=np.intp)
    inside = valid[homes] & (days < ends[:, None])
    first, count = daily_starts(inside, earliest)
    begins = np.array([chapter.begins for chapter in chapters], dtype=np.intp)
    gappy = days_with_a_gap(inside, earliest, begins)
    return [
        Plan(
            chapter,
            window_of(
                int(first[row]),
                int(count[row]),
                bills[chapter.home],
                chapter.earliest,
                chapter.ends,
                int(gappy[row]),
            ),
        )
        for row, chapter in enumerate(chapters)
    ]
