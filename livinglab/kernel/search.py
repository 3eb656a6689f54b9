"""How an app lets its things be found by the search of all pages.

An app declares in its `search.py`, found at start:

    from livinglab.kernel.search import Hit, searched

    @searched("projects", _("Projects"), order=30)
    def projects(words: Words, person: Any) -> list[Hit]:
        ...
        return [Hit(name, url, note=place, fit=0)]

The function asks few questions, shows the person (None: a visitor) only what the person
may see, and gives everything that fits, best first or not: the page sorts by `fit`
(`Words.fit` of spelling.py says how well), counts and cuts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from livinglab.kernel.spelling import Words

SHOWN = 8


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    title: str
    url: str
    note: str = ""
    icon: str = "search"
    fit: int = 0


@dataclass(frozen=True)
class Group:
    """What one app found, best first."""

    key: str
    title: Any
    hits: list[Hit]

    @property
    def count(self) -> int:
        return len(self.hits)

    @property
    def first(self) -> list[Hit]:
        """As many as help; the rest is asked for by its group."""
        return self.hits[:SHOWN]

    @property
    def has_more(self) -> bool:
        return self.count > SHOWN


Find = Callable[[Words, Any], list[Hit]]


@dataclass(frozen=True)
class Source:
    """One app's way to look."""

    key: str
    title: Any
    order: int
    find: Find


_sources: dict[str, Source] = {}


def searched(key: str, title: Any, *, order: int) -> Callable[[Find], Find]:
    """Declare in an app's `search.py` what can be found; lower orders come first."""

    def declare(function: Find) -> Find:
        known = _sources.get(key)
        if known is not None and known.find is not function:
            raise ValueError(f"the search for {key} is declared twice")
        _sources[key] = Source(key, title, order, function)
        return function

    return declare


def search(words: Words, person: Any, *, only: str = "") -> list[Group]:
    """What fits in each app, or in the one asked for; empty groups are left out."""
    if not words:
        return []
    groups = [
        Group(source.key, source.title, _best_first(source.find(words, person)))
        for source in sorted(_sources.values(), key=lambda source: source.order)
        if only in ("", source.key)
    ]
    return [group for group in groups if group.hits]


def _best_first(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.fit, hit.title))
