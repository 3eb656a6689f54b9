"""Where a goal stands: words for a value, its band, baseline and target. Pure."""

from dataclasses import dataclass
from enum import StrEnum

PERIODS_NEEDED = 3


class Verdict(StrEnum):
    """What may be said; colour is given only where the band lies on one side."""

    NONE = "none"
    TOO_EARLY = "too_early"
    REACHED = "reached"
    ON_THE_WAY = "on_the_way"
    NO_CHANGE = "no_change"
    AWAY = "away"


@dataclass(frozen=True)
class Band:
    """A value with its 90 % band, on the way from baseline (0) to target (1)."""

    value: float
    low: float
    high: float


def progress(
    value: float, low: float | None, high: float | None, baseline: float, target: float
) -> Band:
    """Shares of the way from baseline to target, low <= high; no band is a point."""
    way = target - baseline
    ends = [
        (end - baseline) / way
        for end in (
            value if low is None else low,
            value if high is None else high,
        )
    ]
    return Band((value - baseline) / way, min(ends), max(ends))


def verdict(band: Band | None, periods: int) -> Verdict:
    """One word for the band; too early below three periods or when it tells nothing.

    A band that holds both baseline and target would fit any story.
    """
    if band is None:
        return Verdict.NONE
    if periods < PERIODS_NEEDED or (band.low <= 0 and band.high >= 1):
        return Verdict.TOO_EARLY
    if band.low >= 1:
        return Verdict.REACHED
    if band.low > 0:
        return Verdict.ON_THE_WAY
    return Verdict.AWAY if band.high < 0 else Verdict.NO_CHANGE
