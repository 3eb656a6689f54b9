"""How the apps' `seeding.py` put their part of `seeds/` into rows."""

from collections.abc import Callable
from pathlib import Path

Seeder = Callable[[Path], str]
_seeders: list[tuple[int, str, Seeder]] = []


def seeds(name: str, *, order: int) -> Callable[[Seeder], Seeder]:
    """Declare a seeder; lower floors take lower orders. It returns one line of text."""

    def declare(function: Seeder) -> Seeder:
        if all(known is not function for _order, _name, known in _seeders):
            _seeders.append((order, name, function))
        return function

    return declare


def seeders() -> list[tuple[int, str, Seeder]]:
    """All seeders, lower floors first."""
    return sorted(_seeders, key=lambda entry: entry[:2])
