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


@dataclass(frozen=True)
class StackPart:
    """A part of a whole as it is named and drawn; `share` is of the largest whole."""

    name: str
    words: str
    share: float
    span: Span
    parts: "tuple[StackPart, ...]" = ()


@dataclass(frozen=True)
class Bar:
    """A share under its name; without a number the bar stays empty."""

    name: str
    words: str
    share: float | None

    @property
    def width(self) -> float:
        return percent_of(self.share or 0.0, 0.0, 1.0)


@dataclass(frozen=True)
class GoalBar:
    """From the baseline on the left to beyond the target, whichever way is better."""

    fill: Span
    zero: float
    target: float
    band: Span | None
    mark: float | None


def goal_bar(
    baseline: float,
    target: float,
    now: float | None,
    *,
    low: Value = None,
    high: Value = None,
    mark: Value = None,
) -> GoalBar:
    """Place everything on the way from baseline (0) to target (1).

    `now` may lie before the baseline or beyond the target; the axis grows with it.
    """

    def way(value: Value) -> float | None:
        if value is None:
            return None
        return (float(value) - baseline) / (target - baseline)

    stops = known([way(now), way(low), way(high), way(mark), 0.0, 1.0])
    first = min(stops) * 1.04 if min(stops) < 0 else 0.0
    last = max(max(stops) * 1.04, 1.08)
    done, from_, to, there = way(now), way(low), way(high), way(mark)
    return GoalBar(
        fill=span(0.0, done or 0.0, first, last),
        zero=percent_of(0.0, first, last),
        target=percent_of(1.0, first, last),
        band=None if from_ is None or to is None else span(from_, to, first, last),
        mark=None if there is None else percent_of(there, first, last),
    )
