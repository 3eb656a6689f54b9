"""Which homes there are, what each brings and since when (pure, same every time)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np

BASELINE_DAYS = 365
RECENT_DAYS = 90
QUARTERS_DAYS = 60
COLLECTED_DAYS = 118
DOMAIN = "demo.livinglab.example"


class Story(StrEnum):
    """How a home comes to its figures."""

    HOURLY = "hourly"  # one Green Button file, every hour
    WIDE = "wide"  # one CSV, a row a day with 24 columns
    DAILY = "daily"  # days; some bring hours of the last weeks in a second file
    QUARTERS = "quarters"  # hours in one file, quarters of an hour in a second
    COLLECTING = "collecting"
    BILLS = "bills"
    READINGS = "readings"
    FAILED = "failed"
    LONG_GAP = "long_gap"
    FACILITY = "facility"


# The first homes of a place have a story of their own; the others take turns.
FIRST_STORIES = {
    0: Story.QUARTERS,
    1: Story.HOURLY,
    2: Story.COLLECTING,
    3: Story.BILLS,
    4: Story.READINGS,
    5: Story.FAILED,
    6: Story.LONG_GAP,
    7: Story.COLLECTING,
    8: Story.BILLS,
}
TURNS = (
    *(Story.DAILY, Story.HOURLY, Story.DAILY, Story.DAILY, Story.WIDE),
    *(Story.DAILY, Story.DAILY, Story.DAILY, Story.DAILY, Story.DAILY),
)
HOURS_BRING_ONE_IN = 3
USES_MORE = 1
SAVES_WELL = 0


@dataclass(frozen=True)
class HomePlan:
    """One home before it exists. `index` is unique in the whole demonstration."""

    place: str
    number: int
    index: int
    story: Story
    is_comparison: bool
    joined_on: date
    first_day: date

    @property
    def email(self) -> str:
        return f"home-{self.index:04d}@{DOMAIN}"

    @property
    def brings_hours(self) -> bool:
        """A second file whose finer readings overlap the first."""
        return self.number % HOURS_BRING_ONE_IN == 0

    @property
    def name(self) -> str:
        return f"모의 가정 {self.number + 1:03d}"


def plan_homes(
    places: Sequence[Mapping[str, Any]], today: date, *, seed: int
) -> list[HomePlan]:
    """All homes and facilities of all places, in the order they are built."""
    return [
        plan
        for order, place in enumerate(places)
        for plan in _plan_place(place, order, today, seed)
    ]


def _plan_place(
    place: Mapping[str, Any], order: int, today: date, seed: int
) -> list[HomePlan]:
    homes, comparison = int(place["homes"]), int(place["comparison"])
    plans = [
        _plan_home(
            place["code"], order, number, number >= homes - comparison, today, seed
        )
        for number in range(homes)
    ]
    facility = _plan_home(place["code"], order, homes, False, today, seed)
    return [*plans, _as_facility(facility)] if place.get("facility") else plans


def _plan_home(
    code: str, order: int, number: int, is_comparison: bool, today: date, seed: int
) -> HomePlan:
    index = order * 1000 + number
    rng = np.random.default_rng([seed, index, 9])
    story = FIRST_STORIES.get(number, TURNS[number % len(TURNS)])
    joined = _campaign(today) - timedelta(days=int(rng.integers(0, 21)))
    first = joined - timedelta(days=BASELINE_DAYS + int(rng.integers(3, 25)))
    if story == Story.COLLECTING:
        joined = today - timedelta(days=5 + number)
        first = today - timedelta(days=COLLECTED_DAYS + number)
    return HomePlan(code, number, index, story, is_comparison, joined, first)


def _as_facility(plan: HomePlan) -> HomePlan:
    return HomePlan(
        plan.place,
        plan.number,
        plan.index,
        Story.FACILITY,
        False,
        plan.joined_on,
        plan.first_day,
    )


def _campaign(today: date) -> date:
    """The first of this month a year ago: twelve whole months have passed since."""
    return date(today.year - 1, today.month, 1)


def first_day(plans: Sequence[HomePlan]) -> date:
    """The earliest day any home brings, and a little weather before it."""
    return min(plan.first_day for plan in plans) - timedelta(days=7)
