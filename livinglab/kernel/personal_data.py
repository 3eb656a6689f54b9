"""How apps export and erase what they hold about a person."""

from collections.abc import Callable
from typing import Any

Export = Callable[[Any], dict[str, Any]]
Erase = Callable[[Any], dict[str, int]]
_holders: dict[str, tuple[Export, Erase]] = {}


def holds(name: str, *, export: Export, erase: Erase) -> None:
    """Declare in an app's `personal_data.py` what it holds and how it goes."""
    _holders[name] = (export, erase)


def holders() -> dict[str, tuple[Export, Erase]]:
    """Every app that holds something about a person."""
    return dict(_holders)
