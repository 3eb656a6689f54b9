"""Which reports are kept apart, what would be suggested, and how often it is right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

METHOD = "char-2-4 logistic/1"
SHOWN = 3
LIKELY = 0.04  # below, a guess helps nobody
EVERY = 5  # one report of five is kept apart

Rank = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Sorted:
    """A report that people sorted: its number, its words, its category."""

    number: int
    words: str
    label: int


def apart(reports: Iterable[Sorted]) -> tuple[list[Sorted], list[Sorted]]:
    """Those to learn from and those to try on; the same report is always the same."""
    rest: list[Sorted] = []
    tried: list[Sorted] = []
    for report in reports:
        (tried if report.number % EVERY == 0 else rest).append(report)
    return rest, tried


def ranked(shares: Mapping[int, float], keywords: Sequence[int]) -> list[int]:
    """The likeliest three; where the model is unsure, keywords fill up."""
    likely = sorted(
        (key for key, share in shares.items() if share >= LIKELY),
        key=lambda key: -shares[key],
    )
    return [*likely, *(key for key in keywords if key not in likely)][:SHOWN]


@dataclass(frozen=True)
class Hits:
    """How many were tried, right at once, right among those shown."""

    tried: int = 0
    first: int = 0
    shown: int = 0

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(
            self.tried + other.tried,
            self.first + other.first,
            self.shown + other.shown,
        )

    @property
    def first_share(self) -> float | None:
        return self.first / self.tried if self.tried else None

    @property
    def shown_share(self) -> float | None:
        return self.shown / self.tried if self.tried else None


def hits(rank: Rank, tried: Iterable[Sorted]) -> dict[int, Hits]:
    """By label, how often the ranking held what people chose in the end."""
    found: dict[int, Hits] = {}
    for report in tried:
        offered = list(rank(report.words))[:SHOWN]
        one = Hits(1, int(offered[:1] == [report.label]), int(report.label in offered))
        found[report.label] = found.get(report.label, Hits()) + one
    return found
