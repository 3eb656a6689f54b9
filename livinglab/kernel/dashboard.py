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


Source = Callable[[Any], list[TodayCard]]
_sources: list[Source] = []


def todays_work(function: Source) -> Source:
    """Declare in an app's `today.py` what waits for this member of staff."""
    if function not in _sources:
        _sources.append(function)
    return function


def today(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's dashboard callback: what is urgent first, what is empty last."""
    cards = [card for source in _sources for card in source(request.user)]
    context["today"] = sorted(cards, key=_turn)
    return context


def _turn(card: TodayCard) -> tuple[bool, bool, str]:
    return not card.count, not card.urgent, card.title
