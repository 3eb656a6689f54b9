"""Where things stand in the small server-drawn plots, in percent of their width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = float | int | None


def percent_of(value: float, low: float, high: float) -> float:
    """Position of `value` on the axis `low`..`high`, 0 to 100, two decimals."""
    if high <= low:
        return 0.0
    return round(100 * (min(max(value, low), high) - low) / (high - low), 2)


def known(values: Iterable[Value]) -> list[float]:
    """The values that are there."""
    return [float(value) for value in values if value is not None]


@dataclass(frozen=True)
class Span:
    """A piece of a bar: where it starts and how wide it is, in percent."""

    x: float
    width: float

    @property
    def end(self) -> float:
        return round(self.x + self.width, 2)


def span(a: float, b: float, low: float, high: float) -> Span:
    """The piece between two values, whichever is larger."""
    left, right = sorted((percent_of(a, low, high), percent_of(b, low, high)))
    return Span(left, round(right - left, 2))


def stacked(values: Sequence[float]) -> list[Span]:
    """Parts of a whole beside each other; an empty whole has empty parts."""
    total = sum(values)
    spans: list[Span] = []
    at = 0.0
    for value in values:
        width = 100 * value / total if total > 0 else 0.0
        spans.append(Span(round(at, 2), round(width, 2)))
        at += width
    return spans
