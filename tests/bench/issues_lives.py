"""Who sent the reports of `issues_fill`, and what became of each: history, voices.

A sender to fifty reports. Two people are the same size in both databases, so that only
the archive around them differs: whoever coordinates Daegu, somebody of one of its
departments, and a resident with forty reports of their own, who follows forty others
and three places.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from livinglab.issues.models import (
    Category,
    Change,
    Follow,
    FollowedPlace,
    Issue,
    Reminder,
    Verdict,
)
from livinglab.people.models import Person, Role
from livinglab.places.models import City, Neighbourhood

REPORTS_EACH = 50
WITHOUT_NAME = 0.3
ANSWERS = 0.4
OF_THE_BUSY = 40
DESK, BUSY = "desk@bench.example", "busy@bench.example"
OFFICE, OF_THE_OFFICE = "office@bench.example", "pothole"


@dataclass(frozen=True)
class Crowd:
    """Everybody who may have sent one of so many reports."""

    people: list[int]
    busy: int
    share: float

    @classmethod
    def gather(cls, count: int) -> Crowd:
        """Write the people; staff and the busy resident stand apart."""
        many = [
            Person(email=f"{uuid4().hex}@bench.example", name="sender")
            for _n in range(max(count // REPORTS_EACH, 1))
        ]
        daegu = City.objects.get(code="daegu")
        _staff(daegu)
        busy = _person(BUSY)
        for dong in Neighbourhood.objects.without_shapes().filter(city=daegu)[:3]:
            FollowedPlace.objects.create(person=busy, name="곳", neighbourhood=dong)
        made = Person.objects.bulk_create(many, batch_size=500)
        return cls([one.pk for one in made], busy.pk, OF_THE_BUSY / count)

    def sender(self, dice: random.Random) -> int | None:
        """Whoever sent the next one; a guest more often than not nobody knows."""
        chance = dice.random()
        if chance < self.share:
            return self.busy
        return None if chance < WITHOUT_NAME else dice.choice(self.people)


def _staff(city: City) -> None:
    """Whoever coordinates a city, and somebody of one of its departments."""
    for email in (DESK, OFFICE):
        person = _person(email, is_staff=True)
        Role.objects.create(person=person, kind=Role.Kind.COORDINATOR, city=city)
    kind = Category.objects.get(city=city, code=OF_THE_OFFICE)
    kind.department.members.add(person)


def _person(email: str, *, is_staff: bool = False) -> Person:
    person = Person(email=email, name=email.partition("@")[0], is_staff=is_staff)
    person.set_unusable_password()
    person.save()
    return person


def live(issues: list[Issue], crowd: Crowd, dice: random.Random) -> None:
    """What happened to these reports: told long ago, answered by some."""
    Change.objects.bulk_create(_begun(issues))
    closings = Change.objects.bulk_create(_ended(issues))
    Verdict.objects.bulk_create(_voices(closings, dice))
    Follow.objects.bulk_create(_followers(issues, crowd, dice))
    Reminder.objects.bulk_create(_reminders(issues))


def _begun(issues: list[Issue]) -> list[Change]:
    return [
        Change(
            issue=issue,
            what=what,
            state=state,
            by_city=by_city,
            department_id=issue.department_id if by_city else None,
            at=issue.received_at,
            told_at=issue.received_at,
        )
        for issue in issues
        for what, state, by_city in (
            ("state", "received", False),
            ("routed", "routed", True),
        )
    ]


def _ended(issues: list[Issue]) -> list[Change]:
    return [
        Change(
            issue=issue,
            what="state",
            state=issue.state,
            words="고쳤어요." if issue.state == "resolved" else "안내드렸어요.",
            by_city=True,
            at=issue.closed_at,
            told_at=issue.closed_at,
        )
        for issue in issues
        if issue.closed_at
    ]


def _voices(closings: list[Change], dice: random.Random) -> list[Verdict]:
    """Asked at once and after four weeks, if that lies behind us."""
    now = timezone.now()
    return [
        _voice(closing, number, dice)
        for closing in closings
        if closing.state == "resolved" and closing.issue.reporter_id
        for number, weeks in ((1, 0), (2, 4))
        if closing.at + timedelta(weeks=weeks) < now
    ]


def _voice(closing: Change, number: int, dice: random.Random) -> Verdict:
    has_said = dice.random() < ANSWERS
    asked = closing.at + timedelta(weeks=4 * (number - 1))
    return Verdict(
        issue_id=closing.issue_id,
        person_id=closing.issue.reporter_id,
        closing=closing,
        round=number,
        ask_at=asked,
        asked_at=asked,
        answer=dice.choice(("yes", "yes", "yes", "no", "unsure")) if has_said else "",
        stars=dice.choice((3, 4, 5)) if has_said else None,
        answered_at=asked if has_said else None,
    )


def _followers(issues: list[Issue], crowd: Crowd, dice: random.Random) -> list[Follow]:
    """Whoever reported it, and the busy resident behind forty of all."""
    reported = [
        Follow(issue=issue, person_id=issue.reporter_id, why=Follow.Why.REPORTED)
        for issue in issues
        if issue.reporter_id
    ]
    met_too = [
        Follow(issue=issue, person_id=crowd.busy, why=Follow.Why.MET_IT_TOO)
        for issue in issues
        if issue.reporter_id != crowd.busy and dice.random() < crowd.share
    ]
    return reported + met_too


def _reminders(issues: list[Issue]) -> list[Reminder]:
    """Of every broken promise somebody was told the day after."""
    today = timezone.localdate()
    return [
        Reminder(issue=issue, why=Reminder.Why.PROMISE, since=issue.due_on)
        for issue in issues
        if not issue.closed_at and issue.due_on < today and issue.state != "waiting"
    ]
