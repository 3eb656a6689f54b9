"""What reports put on the start page, on places' pages and among one's own things."""

from collections.abc import Hashable
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.issues.selectors.glance import MyReport, glance_of, seen
from livinglab.issues.selectors.listing import Listed, Wanted, listed, listed_at
from livinglab.kernel.cards import Card, Task, card, kept_card
from livinglab.kernel.kept_pages import nothing_moves
from livinglab.kernel.stamps import Row

SHOWN = 3


# A visitor has none.
@card("home-first", order=12, version=nothing_moves, area="issues")
def what_became_of_my_reports(person: Any, place: Any) -> Card | None:
    """The newest of one's own reports, and what they wait for."""
    if person is None:
        return None
    rows = glance_of(person)
    if not rows:
        return None
    return kept_card(("my reports", person.pk, rows), partial(_my_reports, rows))


def _my_reports(rows: tuple[Row, ...]) -> Card:
    found = [seen(row) for row in rows]
    tasks = [task for one in found if (task := _task(one))]
    mine = [one for one in found if one.is_mine][:SHOWN]
    return Card(
        "issues/_my_reports_card.html" if mine else "", {"reports": mine}, tasks
    )


def _task(one: MyReport) -> Task | None:
    address = reverse("issues:issue", args=[one.pk])
    if one.is_asked:
        title = _("Is it fixed?")
        return Task(title, f"{address}#fixed", one.title, "circle-help", True)
    if one.waits_for_me:
        title = _("The city asks you")
        return Task(title, f"{address}#reply", one.title, "message-circle", True)
    return None


@card("home", order=20, version=lambda code: listed(Wanted(), most=SHOWN).rows)
def reports_near_me(person: Any, place: Any) -> Card | None:
    """For visitors: the newest of the city they chose, before a choice of all.

    Who is signed in finds their own reports here, and those nearby with their place.
    """
    if person is not None:
        return None
    wanted = Wanted(city=place.city) if place else Wanted()
    return _newest(wanted, _("Report what is wrong"))


@card("place", order=20, version=lambda code: _rows("neighbourhood", code))
def reports_of_a_neighbourhood(person: Any, place: Any) -> Card:
    """The newest reports of a neighbourhood."""
    return _newest(Wanted(city=place.city, dong=place))


@card("city", order=20, version=lambda code: _rows("city", code))
def reports_of_a_city(person: Any, city: Any) -> Card:
    """The newest reports of a city."""
    return _newest(Wanted(city=city))


def _rows(kind: str, code: str) -> Hashable:
    return listed_at(kind, code, most=SHOWN).rows


@card("me", order=20)
def my_reports_among_my_things(person: Any, thing: Any) -> Card:
    """The row of one's reports among the things of oneself."""
    return Card("issues/_my_reports_row.html")


def _newest(wanted: Wanted, task: str = "") -> Card:
    found = listed(wanted, most=SHOWN)
    facts = ("newest reports", wanted.address(), found.rows, task)
    return kept_card(facts, partial(_drawn, wanted, found, task))


def _drawn(wanted: Wanted, found: Listed, task: str) -> Card:
    facts = {
        "cards": found.cards(),
        "all": reverse("issues:list") + wanted.address(),
    }
    tasks = [Task(task, reverse("report:form"), icon="megaphone")] if task else []
    return Card("issues/_newest_card.html", facts, tasks)
