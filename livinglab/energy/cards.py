"""What energy puts on the start page, on a neighbourhood's and on a city's page."""

from typing import Any

from livinglab.energy.models import AreaSaving
from livinglab.energy.selectors.area_page import area_energy
from livinglab.energy.selectors.home_energy import homes_of, newest_of
from livinglab.kernel.cards import Card, card


@card("home", order=10)
def my_homes(person: Any, thing: Any) -> Card | None:
    """The saving of each of the person's homes; the way in for who has none."""
    if person is None:
        return None
    return Card("energy/_home_card.html", {"homes": newest_of(list(homes_of(person)))})


@card("place", order=10)
def energy_of_a_neighbourhood(person: Any, place: Any) -> Card:
    """What its homes and facilities save, where it may be shown."""
    found = area_energy(AreaSaving.Level.DONG, place.code)
    return Card("energy/_area_card.html", {"areas": found, "name": place.name})


@card("city", order=10)
def energy_of_a_city(person: Any, city: Any) -> Card:
    """The same of a whole city."""
    found = area_energy(AreaSaving.Level.CITY, city.code)
    return Card("energy/_area_card.html", {"areas": found, "name": city.name})
