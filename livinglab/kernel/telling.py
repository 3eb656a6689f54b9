"""How the floors below the notices tell people something they do not know how to say."""

from collections.abc import Callable, Mapping
from typing import Any

Tell = Callable[..., object]
_tellers: list[Tell] = []


def teller(function: Tell) -> Tell:
    """The app that can tell people says so, once, at start."""
    _tellers[:] = [function]
    return function


def tell(
    person: Any,
    *,
    kind: str,
    event: str,
    facts: Mapping[str, Any] | None = None,
    about: str = "",
) -> None:
    """Tell one person of an event; the rows stand or fall with the transaction."""
    for known in _tellers:
        known(person, kind=kind, event=event, facts=facts, about=about)
