"""How an app puts its part on a page it does not know.

An app declares in its `cards.py`, found at start:

    from livinglab.kernel.cards import Card, card

    @card("home", order=10)
    def my_home(person: Any, thing: Any) -> Card | None:
        ...
        return Card("energy/_home_card.html", {"saving": saving})

Spots: "home-first" and "home" (the start page, above and below what is to do; thing is
the neighbourhood the person chose, or None),
"place" (a neighbourhood's page; thing is the neighbourhood), "city" (a city's page;
thing is the city). None means: nothing to say to this person here.

A card of the start page may bring tasks: what waits for this person today, or what a
visitor can do without signing up. They stand together, the pressing ones first; a card
without a template brings nothing but its tasks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Task:
    """One thing to do, and where."""

    title: str
    url: str
    note: str = ""
    icon: str = "circle-check"
    is_pressing: bool = False


@dataclass(frozen=True)
class Card:
    """A template and the facts it shows, under the name `card`; and tasks."""

    template: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    tasks: Sequence[Task] = ()


Deal = Callable[[Any, Any], Card | None]
_deals: dict[str, list[tuple[int, Deal]]] = {}


def card(spot: str, *, order: int) -> Callable[[Deal], Deal]:
    """Declare what an app shows at a spot; lower orders come first."""

    def declare(function: Deal) -> Deal:
        dealt = _deals.setdefault(spot, [])
        if all(known is not function for _order, known in dealt):
            dealt.append((order, function))
            dealt.sort(key=lambda entry: entry[0])
        return function

    return declare


def cards_for(spot: str, person: Any, thing: Any = None) -> list[Card]:
    """The cards of a spot for this person (None: a visitor), in their order."""
    dealt = (deal(person, thing) for _order, deal in _deals.get(spot, []))
    return [found for found in dealt if found is not None]


def tasks_of(cards: Iterable[Card]) -> list[Task]:
    """What all the cards ask, the pressing first, else in the cards' order."""
    asked = [task for card in cards for task in card.tasks]
    return sorted(asked, key=lambda task: not task.is_pressing)
