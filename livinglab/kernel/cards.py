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

While somebody acts for another only the cards of the areas handed over are dealt:
those declared with `area=` (kernel/acting.py).

A card of the start page may bring tasks: what waits for this person today, or what a
visitor can do without signing up. They stand together, the pressing ones first; a card
without a template brings nothing but its tasks.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.template.loader import render_to_string

from livinglab.kernel.acting import acting_of
from livinglab.kernel.kept_pages import AlwaysNew
from livinglab.kernel.kept_parts import kept


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
Version = Callable[[str], Hashable]
_deals: dict[str, list[tuple[int, Deal]]] = {}
_versions: dict[Deal, Version] = {}
_areas: dict[Deal, str] = {}


def card(
    spot: str, *, order: int, version: Version | None = None, area: str = ""
) -> Callable[[Deal], Deal]:
    """Declare what an app shows at a spot; lower orders come first.

    `version` says where the data stand behind what a visitor sees here: it gets the
    code of the thing ("" on the start page). While any card of a spot has none, the
    spot's pages are made anew for every visitor. `area`: whose helpers see it too.
    """

    def declare(function: Deal) -> Deal:
        if version is not None:
            _versions[function] = version
        _areas[function] = area
        dealt = _deals.setdefault(spot, [])
        if all(known is not function for _order, known in dealt):
            dealt.append((order, function))
            dealt.sort(key=lambda entry: entry[0])
        return function

    return declare


def cards_for(spot: str, person: Any, thing: Any = None) -> list[Card]:
    """The cards of a spot for this person (None: a visitor), in their order."""
    acting = acting_of(person)
    dealt = (
        deal(person, thing)
        for _order, deal in _deals.get(spot, [])
        if acting is None or _areas[deal] in acting.areas
    )
    return [found for found in dealt if found and (found.template or found.tasks)]


def areas_of(*spots: str) -> set[str]:
    """The areas of life whose cards stand at these spots."""
    dealt = {deal for spot in spots for _order, deal in _deals.get(spot, [])}
    return {_areas[deal] for deal in dealt} - {""}


def tasks_of(cards: Iterable[Card]) -> list[Task]:
    """What all the cards ask, the pressing first, else in the cards' order."""
    asked = [task for card in cards for task in card.tasks]
    return sorted(asked, key=lambda task: not task.is_pressing)


def version_of_spot(spot: str, code: str) -> Hashable:
    """Where the data stand behind all cards of a spot, as visitors see them."""
    deals = [deal for _order, deal in _deals.get(spot, [])]
    if any(deal not in _versions for deal in deals):
        raise AlwaysNew
    return tuple(_versions[deal](code) for deal in deals)


def kept_card(facts: tuple[object, ...], deal: Callable[[], Card | None]) -> Card:
    """A card drawn once and kept, with its tasks, under everything it rests on.

    For cards without forms: what is drawn knows nothing of the request.
    """
    return kept(facts, partial(_drawn, deal))


def _drawn(deal: Callable[[], Card | None]) -> Card:
    found = deal()
    if found is None:
        return Card()
    if not found.template:
        return found
    html = render_to_string(found.template, {"card": found.facts})
    return Card("frame/_drawn.html", {"html": html}, tuple(found.tasks))
