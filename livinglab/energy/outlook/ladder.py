"""The progressive tariff as a small plot: steps, where we are, where it goes (pure)."""

from dataclasses import dataclass

from livinglab.energy.outlook.forecast import Crossing, Forecast
from livinglab.kernel.plots import Span, percent_of, span

LOWEST_STEP = 34.0


@dataclass(frozen=True)
class Step:
    """One step of the ladder: its place, its height in percent, how far it is used."""

    tier: int
    span: Span
    height: float
    used: Span | None

    @property
    def middle(self) -> float:
        return round(self.span.x + self.span.width / 2, 2)

    @property
    def top(self) -> float:
        return 100.0 - self.height


@dataclass(frozen=True)
class Ladder:
    """Steps with the kWh so far and the forecast with its likely range."""

    steps: list[Step]
    now: float
    goes_to: float
    likely: Span


def ladder(found: Forecast) -> Ladder:
    """Place a forecast on its ladder; a tariff without steps is one step."""
    edges = [0.0, *(float(bound) for bound in found.bounds)]
    end = max(found.kwh_high, edges[-1] * 1.15, 1.0) * 1.03
    edges.append(end)
    count = len(edges) - 1
    steps = [
        Step(
            tier=n + 1,
            span=span(edges[n], edges[n + 1], 0.0, end),
            height=round(LOWEST_STEP + (100 - LOWEST_STEP) * n / max(count - 1, 1), 1)
            if count > 1
            else 60.0,
            used=_used(edges[n], edges[n + 1], found.kwh_so_far, end),
        )
        for n in range(count)
    ]
    return Ladder(
        steps=steps,
        now=percent_of(found.kwh_so_far, 0.0, end),
        goes_to=percent_of(found.kwh, 0.0, end),
        likely=span(found.kwh_low, found.kwh_high, 0.0, end),
    )


def _used(low: float, high: float, so_far: float, end: float) -> Span | None:
    if so_far <= low:
        return None
    return span(low, min(so_far, high), 0.0, end)


def next_crossing(found: Forecast) -> Crossing | None:
    """The next step that is not yet reached."""
    ahead = (one for one in found.crossings if found.kwh_so_far <= one.bound_kwh)
    return next(ahead, None)
