"""Today's work on the admin's first page, filled by the apps' `today.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class TodayCard:
    """One kind of work that waits: how much, since when, and where to do it."""

    title: str
    count: int
    url: str
    note: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class TodayLink:
    """A way from the first page to what is done now and then."""

    title: str
    url: str


Source = Callable[[Any], list[TodayCard]]
Links = Callable[[Any], list[TodayLink]]
_sources: list[Source] = []
_links: list[Links] = []


def todays_work(function: Source) -> Source:
    """Declare in an app's `today.py` what waits for this member of staff."""
    if function not in _sources:
        _sources.append(function)
    return function


def todays_links(function: Links) -> Links:
    """Declare in an app's `today.py` where else this member of staff goes from here."""
    if function not in _links:
        _links.append(function)
    return function


def today(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's dashboard callback: what is urgent first, what is empty last."""
    cards = [card for source in _sources for card in source(request.user)]
    context["today"] = sorted(cards, key=_turn)
    context["today_links"] = [link for links in _links for link in links(request.user)]
    return context


def _turn(card: TodayCard) -> tuple[bool, bool, str]:
    return not card.count, not card.urgent, card.title
