"""What goals put on other pages."""

from typing import Any

from livinglab.goals.board import standings
from livinglab.kernel.cards import Card, card


@card("home", order=30)
def effects_of_the_programme(person: Any, thing: Any) -> Card | None:
    """The effects as living bars; a city of one's own comes first."""
    effects = [one for one in standings() if one.goal.is_effect]
    return Card("goals/_home_card.html", {"effects": effects}) if effects else None
