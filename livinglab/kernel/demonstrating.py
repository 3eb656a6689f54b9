"""What an app adds to the demonstration, declared in its `demonstration.py`.

Looked for by the `demo` command alone: no page of the lab ever loads it.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True, kw_only=True)
class Scene:
    """When and where the demonstration plays, and who is in it."""

    today: date
    seed: int
    places: Sequence[str]  # codes of neighbourhoods
    domain: str  # of everybody's invented address
    size: int | None  # how much a place for a quick try; None: all
    leaving: threading.Event
    move: Callable[[int, int], None]  # done, of


Tell = Callable[[Scene], None]
_parts: dict[str, Tell] = {}


def demonstrates(name: str) -> Callable[[Tell], Tell]:
    """Declare a part; it goes on where it was cut off, and twice it does nothing."""

    def declare(function: Tell) -> Tell:
        _parts[name] = function
        return function

    return declare


def parts() -> dict[str, Tell]:
    """Every app's part by the name the terminal shows."""
    autodiscover_modules("demonstration")
    return dict(_parts)
