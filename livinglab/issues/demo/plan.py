"""What the demonstration's reports say and live through, drawn before anything is made.

Pure: the same seed and moment give the same reports.
"""

import math
import random
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
OLDEST_DAYS = 200
MOST_SUPPORTERS = 9
NAMESPACE = uuid.UUID("6f1c2f0a-6f0b-5f0e-9d51-1d6a6c1a7e10")


@dataclass(frozen=True)
class Event:
    """Something that happens to a report, and when."""

    what: str  # a state, or: update, extended, reply, yes, no
    at: datetime
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportPlan:
    """One report from its first word to where it stands today."""

    key: uuid.UUID
    code: str
    scene: str
    words: str
    landmark: str
    dong: int  # which of the city's demonstration dongs
    shift: tuple[float, float]  # from its centre, in degrees
    received: datetime
    by_guest: bool
    supporters: int
    events: Sequence[Event] = field(default_factory=tuple)
    repeats: bool = False  # the same thing as the report before it


def plan_reports(
    facts: Mapping[str, Any], *, city: str, count: int, now: datetime, seed: int
) -> list[ReportPlan]:
    """A city's reports up to this moment, the oldest first."""
    luck = random.Random(f"{seed}:{city}")  # noqa: S311 - a story, no secret
    ages = sorted((_age(luck) for _n in range(count)), reverse=True)
    plans: list[ReportPlan] = []
    for number, age in enumerate(ages):
        drawn = _Draw(facts, luck, now, plans[-1] if plans else None)
        key = uuid.uuid5(NAMESPACE, f"{seed}:{city}:{now:%Y-%m-%d}:{number}")
        plan = drawn.report(key, age, repeats=number % 19 == 18)
        plans.append(_spam(facts, plan, luck) if number % 60 == 59 else plan)
    return sorted(plans, key=lambda plan: plan.received)


def _spam(
    facts: Mapping[str, Any], plan: ReportPlan, luck: random.Random
) -> ReportPlan:
    """Advertising by a guest, for somebody at the desk to look at."""
    words = luck.choice(facts["spam"])
    return replace(plan, words=words, scene="", by_guest=True, supporters=0, events=())


def _age(luck: random.Random) -> int:
    """Days ago; more of late than long ago."""
    return int(OLDEST_DAYS * luck.random() ** 1.5)


class _Draw:
    """One report's luck."""

    def __init__(
        self,
        facts: Mapping[str, Any],
        luck: random.Random,
        now: datetime,
        before: ReportPlan | None,
    ) -> None:
        self.facts = facts
        self.luck = luck
        self.now = now.astimezone(SEOUL)
        self.before = before

    def report(self, key: uuid.UUID, age: int, *, repeats: bool) -> ReportPlan:
        kinds = self.facts["kinds"]
        kind = self.luck.choices(kinds, [one["weight"] for one in kinds])[0]
        same = self.before if repeats else None
        if same is not None:
            kind = next(one for one in kinds if one["code"] == same.code)
        landmark = same.landmark if same else self.luck.choice(self.facts["landmarks"])
        received = self._received(age)
        if same is not None:
            received = min(same.received + timedelta(minutes=40), received)
        return ReportPlan(
            key=key,
            code=kind["code"],
            scene=kind["scene"] if self.luck.random() < 0.6 else "",
            words=self.luck.choice(kind["texts"]).replace("{where}", landmark),
            landmark=landmark,
            dong=same.dong if same else self._dong(),
            shift=self._near(same) if same else self._shift(),
            received=received,
            by_guest=self.luck.random() < 0.25,
            supporters=min(int(self.luck.expovariate(0.8)), MOST_SUPPORTERS),
            events=tuple(self._events(received)),
            repeats=same is not None,
        )

    def _received(self, age: int) -> datetime:
        hour = int(min(max(self.luck.gauss(14, 4), 6), 22))
        clock = time(hour, self.luck.randrange(60))
        at = datetime.combine(self.now.date() - timedelta(age), clock, SEOUL)
        return min(at, self.now - timedelta(minutes=self.luck.randint(20, 90)))

    def _dong(self) -> int:
        return self.luck.choices(range(6), [8, 5, 4, 3, 2, 2])[0]

    def _shift(self) -> tuple[float, float]:
        turn, far = self.luck.uniform(0, 2 * math.pi), self.luck.uniform(0, 0.0045)
        return far * math.cos(turn), far * math.sin(turn) * 0.8

    def _near(self, same: ReportPlan) -> tuple[float, float]:
        east, north = same.shift
        return east + self.luck.uniform(-1e-4, 1e-4), north + 1e-4

    def _events(self, received: datetime) -> list[Event]:
        """Until today, or until it is closed and its reporter has answered."""
        events = []
        at = received
        for what in self._story():
            at = self._later(at, what)
            if at >= self.now - timedelta(minutes=5):
                break
            events.append(Event(what, at, self._words(what)))
        return events

    def _story(self) -> list[str]:
        roll = self.luck.random()
        if roll < 0.05:
            return ["waiting", "reply", "in_progress", "resolved", "yes"]
        if roll < 0.08:
            return ["waiting"]
        if roll < 0.14:
            return ["in_progress", "extended", "update", "resolved", "yes"]
        if roll < 0.20:
            return ["in_progress", "resolved", "no", "in_progress", "resolved", "yes"]
        if roll < 0.27:
            return ["passed_on"]
        if roll < 0.33:
            return ["no_action"]
        if roll < 0.40:
            return ["planned", "update", "resolved"]
        if roll < 0.44:
            return ["in_progress"]
        if roll < 0.47:
            return []
        answered = ["yes"] if self.luck.random() < 0.55 else []
        return ["in_progress", "resolved", *answered]

    def _later(self, at: datetime, what: str) -> datetime:
        """Work happens by day; people answer in the evening."""
        days = {
            "in_progress": self.luck.expovariate(0.8),
            "waiting": self.luck.uniform(0.5, 3),
            "reply": self.luck.uniform(0.3, 4),
            "resolved": self.luck.lognormvariate(1.1, 0.7),
            "planned": self.luck.uniform(1, 4),
            "passed_on": self.luck.uniform(0.5, 4),
            "no_action": self.luck.uniform(1, 6),
            "extended": self.luck.uniform(1, 4),
            "update": self.luck.uniform(1, 5),
            "yes": self.luck.uniform(0.2, 3),
            "no": self.luck.uniform(0.2, 3),
        }[what]
        later = at + timedelta(days=days, minutes=self.luck.randrange(30))
        if what in ("yes", "no", "reply"):
            return later
        while later.weekday() >= 5 or not 9 <= later.hour < 18:
            later += timedelta(hours=3)
        return later

    def _words(self, what: str) -> str:
        return str(self.luck.choice(self.facts["said"][what]))
