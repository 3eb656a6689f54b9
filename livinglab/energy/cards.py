"""What energy puts on the start page, on a neighbourhood's and on a city's page."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from livinglab.energy.models import AreaSaving
from livinglab.energy.selectors.area_page import area_energy
from livinglab.energy.selectors.areas import areas_version
from livinglab.energy.selectors.home_now import HomeNow, home_now, homes_now
from livinglab.energy.selectors.home_stand import home_names
from livinglab.energy.selectors.todo import todo_of
from livinglab.energy.words.todo import task_of
from livinglab.kernel.cards import Card, Task, card, kept_card
from livinglab.kernel.kept_pages import nothing_moves
from livinglab.kernel.stamps import Row


# a visitor has none
@card("home-first", order=10, version=nothing_moves, area="energy")
def my_homes(person: Any, place: Any) -> Card | None:
    """The saving of each of the person's homes, and what they wait for today."""
    if person is None:
        return None
    rows = homes_now(person)
    return kept_card(("my homes", person.pk, rows), partial(_my_homes, rows))


def _my_homes(rows: tuple[Row, ...]) -> Card:
    homes = [home_now(row) for row in rows]
    return Card("energy/_home_card.html", {"homes": homes}, _tasks(homes))


def _tasks(homes: list[HomeNow]) -> list[Task]:
    if not homes:
        title = _("Add my home")
        return [Task(title, reverse("energy:add-premises"), icon="house")]
    today = timezone.localdate()
    found = [(home, todo_of(home, today)) for home in homes]
    return [task_of(home, todo) for home, todo in found if todo is not None]


@card("home", order=25, version=nothing_moves)  # who chose a place is known
def the_chosen_neighbourhood(person: Any, place: Any) -> Card | None:
    """What a visitor may know: the neighbourhood chosen, and how it is counted."""
    if person is not None:
        return None
    how = Task(
        _("See how savings are calculated"), reverse("energy:how"), icon="calculator"
    )
    if place is None:
        return Card(tasks=[how])
    found = area_energy(AreaSaving.Level.DONG, place.code)
    facts = {"areas": found, "name": place.name}
    return Card("energy/_area_card.html", facts, [how])


@card("place", order=10, version=partial(areas_version, AreaSaving.Level.DONG))
def energy_of_a_neighbourhood(person: Any, place: Any) -> Card:
    """What its homes and facilities save, where it may be shown."""
    found = area_energy(AreaSaving.Level.DONG, place.code)
    return Card("energy/_area_card.html", {"areas": found, "name": place.name})


@card("city", order=10, version=partial(areas_version, AreaSaving.Level.CITY))
def energy_of_a_city(person: Any, city: Any) -> Card:
    """The same of a whole city."""
    found = area_energy(AreaSaving.Level.CITY, city.code)
    return Card("energy/_area_card.html", {"areas": found, "name": city.name})


@card("me", order=10)
def my_homes_among_my_things(person: Any, thing: Any) -> Card:
    """The row of one's homes among the things of oneself."""
    return Card("energy/_my_homes_row.html", {"names": ", ".join(home_names(person))})
