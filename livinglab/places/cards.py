"""What places put on the start page."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.kernel.cards import Card, Task, card, kept_card
from livinglab.kernel.kept_pages import nothing_moves
from livinglab.places.choices import neighbourhood_choices
from livinglab.places.selectors import places_version


@card("home", order=5, version=lambda code: places_version())
def choose_a_neighbourhood(person: Any, place: Any) -> Card | None:
    """A visitor may choose one; nobody has to."""
    if person is not None:
        return None
    every = Task(
        _("Look at every neighbourhood"), reverse("places:list"), icon="map-pin"
    )
    facts = {"place": place, "choices": None if place else neighbourhood_choices()}
    return Card("places/_choose_card.html", facts, [every])


@card("home", order=28, version=nothing_moves)  # nothing for visitors
def my_neighbourhood(person: Any, place: Any) -> Card | None:
    """The way to the neighbourhood a person lives in."""
    if person is None:
        return None
    facts = ("my neighbourhood", place and place.pk)
    return kept_card(facts, partial(_my_neighbourhood, place))


def _my_neighbourhood(place: Any) -> Card:
    return Card("places/_my_place_card.html", {"place": place})
