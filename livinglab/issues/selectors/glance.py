"""One's own reports at a glance, in one question: the start page asks no more."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from livinglab.issues.models import Category, Issue, Verdict
from livinglab.issues.states import State
from livinglab.issues.words import ICONS, age_in_words, tone_of
from livinglab.people.models import Person

MOST = 5


@dataclass(frozen=True)
class MyReport:
    """A report of one's own, and whether it waits for its author."""

    pk: int
    title: str
    state: str
    tone: str
    icon: str
    age: str
    is_asked: bool
    waits_for_me: bool

    @property
    def url(self) -> str:
        return reverse("issues:issue", args=[self.pk])


def glance_of(person: Person) -> list[MyReport]:
    """The newest of one's own reports."""
    asked = Verdict.objects.filter(
        issue=OuterRef("pk"),
        person=person,
        answer="",
        ask_at__lte=timezone.now(),
        closing__at=OuterRef("closed_at"),
    )
    rows = (
        Issue.objects.filter(reporter=person)
        .order_by("-pk")
        .annotate(is_asked=Exists(asked))
        .values_list(
            "pk",
            "state",
            "received_at",
            "is_asked",
            "category__name_ko",
            "category__name_en",
            "category__group",
        )
    )
    return [_seen(row) for row in rows[:MOST]]


def _seen(row: tuple[Any, ...]) -> MyReport:
    pk, state, received_at, is_asked, korean, english, group = row
    return MyReport(
        pk=pk,
        title=Category(name_ko=korean, name_en=english).name,
        state=str(Issue.Status(state).label),
        tone=tone_of(state),
        icon=ICONS.get(group, "megaphone"),
        age=age_in_words(received_at),
        is_asked=is_asked and state == State.RESOLVED,
        waits_for_me=state == State.WAITING,
    )
