"""The two public schemes and CO2, computed beside our own saving.

에너지캐시백 and 탄소중립포인트 both compare with the mean of the same months of one
or two earlier years, so they are not weather-corrected; the page says so. Rules and
factors are dated rows. Amounts are estimates: only the schemes themselves decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Protocol, TypeVar

CASHBACK = "cashback"
CARBON_POINTS = "carbon_points"
YEARS_COMPARED = 2
MONTHS_OF_A_HALF = 6


class Dated(Protocol):
    @property
    def valid_from(self) -> date: ...


Row = TypeVar("Row", bound=Dated)


def in_force(rows: Sequence[Row], day: date) -> Row | None:
    """The newest row valid on that day, None before the first."""
    valid = [row for row in rows if row.valid_from <= day]
    return max(valid, key=lambda row: row.valid_from, default=None)


@dataclass(frozen=True)
class Band:
    """From so many percent saved, so much: won per kWh, or points a half-year."""

    from_percent: Decimal
    amount: int


@dataclass(frozen=True)
class CashbackRule:
    valid_from: date
    bands: tuple[Band, ...]
    counted_up_to_percent: Decimal
    needs_regional_mean: bool = False

    @classmethod
    def read(cls, valid_from: date, rules: Mapping[str, Any]) -> CashbackRule:
        """From the JSON of a dated rule; KeyError or ValueError when it is not one."""
        return cls(
            valid_from,
            _bands(rules["bands"], "won_per_kwh"),
            Decimal(str(rules["counted_up_to_percent"])),
            bool(rules.get("needs_regional_mean", False)),
        )


@dataclass(frozen=True)
class Cashback:
    """What the cashback rule gives for one bill; `reason` says why when it is zero.

    reason: paid, no_history, too_little, mean_unknown, under_mean.
    """

    reason: str
    baseline_kwh: Decimal | None = None
    saved_kwh: Decimal | None = None
    percent: Decimal | None = None
    won_per_kwh: int = 0
    won: int = 0


def cashback(
    rule: CashbackRule,
    used_kwh: Decimal,
    earlier_kwh: Sequence[Decimal | None],
    *,
    regional_mean_percent: Decimal | None = None,
) -> Cashback:
    """Cashback of one bill period in won, floored.

    earlier_kwh: the same period one and two years before; None where not known.
    """
    known = [kwh for kwh in earlier_kwh[:YEARS_COMPARED] if kwh is not None]
    if not known or not sum(known):
        return Cashback("no_history")
    baseline = sum(known, Decimal(0)) / len(known)
    saved = baseline - used_kwh
    percent = 100 * saved / baseline
    band = _band(rule.bands, percent)
    facts: dict[str, Any] = {
        "baseline_kwh": baseline,
        "saved_kwh": saved,
        "percent": percent,
    }
    if band is None:
        return Cashback("too_little", **facts)
    if rule.needs_regional_mean and regional_mean_percent is None:
        return Cashback("mean_unknown", **facts)
    if rule.needs_regional_mean and percent < (regional_mean_percent or 0):
        return Cashback("under_mean", **facts)
    counted = min(saved, baseline * rule.counted_up_to_percent / 100)
    won = int((counted * band.amount).to_integral_value(ROUND_FLOOR))
    return Cashback("paid", **facts, won_per_kwh=band.amount, won=won)


@dataclass(frozen=True)
class PointsRule:
    """탄소중립포인트 for one resource of homes or of shops and schools."""

    valid_from: date
    bands: tuple[Band, ...]
    keeping_points: int
    keeping_after: int
    low_points: int
    low_percent: Decimal

    @classmethod
    def read(
        cls, valid_from: date, rules: Mapping[str, Any], resource: str = "electricity"
    ) -> PointsRule:
        """From the JSON of a dated rule; KeyError or ValueError when it is not one."""
        row = rules[resource]
        return cls(
            valid_from,
            _bands(row["bands"], "points"),
            int(row.get("keeping_points", 0)),
            int(row.get("keeping_after", 0)),
            int(row.get("low_points", 0)),
            Decimal(str(row.get("low_percent", 0))),
        )


@dataclass(frozen=True)
class Points:
    """Points of one half-year. reason: saved, kept, low, no_history, too_little."""

    reason: str
    baseline_kwh: Decimal | None = None
    used_kwh: Decimal | None = None
    percent: Decimal | None = None
    points: int = 0


def carbon_points(
    rule: PointsRule,
    used_kwh: Sequence[Decimal | None],
    earlier_kwh: Sequence[Sequence[Decimal | None]],
    *,
    good_halves: int = 0,
    area_mean_kwh: Decimal | None = None,
) -> Points:
    """Points of one half-year (January to June, or July to December).

    used_kwh: its six months. earlier_kwh: the same months one and two years before.
    A month not known takes the mean of the others. good_halves: halves in a row
    before this one that saved. area_mean_kwh: what homes around use in the half.
    """
    used = _half(used_kwh)
    halves = [
        half
        for year in earlier_kwh[:YEARS_COMPARED]
        if (half := _half(year)) is not None
    ]
    if used is None or not halves or not sum(halves):
        return Points("no_history", used_kwh=used)
    baseline = sum(halves, Decimal(0)) / len(halves)
    percent = 100 * (baseline - used) / baseline
    facts: dict[str, Any] = {
        "baseline_kwh": baseline,
        "used_kwh": used,
        "percent": percent,
    }
    if band := _band(rule.bands, percent):
        return Points("saved", **facts, points=band.amount)
    if percent >= 0 and rule.keeping_points and good_halves >= rule.keeping_after:
        return Points("kept", **facts, points=rule.keeping_points)
    low_line = (area_mean_kwh or 0) * rule.low_percent / 100
    if rule.low_points and used <= low_line:
        return Points("low", **facts, points=rule.low_points)
    return Points("too_little", **facts)


@dataclass(frozen=True)
class Co2:
    """kg CO2eq of one kWh at the consumer, for use from this day on."""

    valid_from: date
    kg_per_kwh: Decimal


def co2_kg(factors: Sequence[Co2], day: date, kwh: Decimal) -> Decimal | None:
    """kg CO2eq of kWh used around that day; None before the first factor."""
    factor = in_force(factors, day)
    return None if factor is None else kwh * factor.kg_per_kwh


def _bands(rows: Sequence[Mapping[str, Any]], amount: str) -> tuple[Band, ...]:
    bands = [Band(Decimal(str(row["from_percent"])), int(row[amount])) for row in rows]
    if not bands:
        raise ValueError("a rule needs bands")
    return tuple(sorted(bands, key=lambda band: band.from_percent))


def _band(bands: Sequence[Band], percent: Decimal) -> Band | None:
    """The highest band reached."""
    reached = [band for band in bands if percent >= band.from_percent]
    return reached[-1] if reached else None


def _half(months: Sequence[Decimal | None]) -> Decimal | None:
    """Six months' kWh, missing months filled with the mean of the others."""
    known = [kwh for kwh in months if kwh is not None]
    if not known:
        return None
    return sum(known, Decimal(0)) * MONTHS_OF_A_HALF / len(known)
