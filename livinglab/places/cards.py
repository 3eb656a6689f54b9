"""What places put on the start page."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.kernel.cards import Card, Task, card
from livinglab.places.choices import neighbourhood_choices


@card("home", order=5)
def choose_a_neighbourhood(person: Any, place: Any) -> Card | None:
    """A visitor may choose one; nobody has to."""
    if person is not None:
        return None
    every = Task(
        _("Look at every neighbourhood"), reverse("places:list"), icon="map-pin"
    )
    facts = {"place": place, "choices": neighbourhood_choices()}
    return Card("places/_choose_card.html", facts, [every])


@card("home", order=28)
def my_neighbourhood(person: Any, place: Any) -> Card | None:
    """The way to the neighbourhood a person lives in."""
    if person is None:
        return None
    return Card("places/_my_place_card.html", {"place": place})
