"""Tips whose worth is computed from the home's own model, in won a month.

A rule says what changes: a part of the use by so many percent, the base by so many
kWh a day, or a balance point by so many degrees. What that saves follows from the
home's fitted model and the month's temperatures; what it is worth follows from
pricing the month with and without it, through the steps of the ladder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
from numpy.typing import NDArray

from livinglab.energy.outlook.home_model import Floats, HomeModel, Split, split
from livinglab.energy.tariff.pricing import MISSING, whole_kwh

BASE, HEATING, COOLING = "base", "heating", "cooling"
PARTS = (BASE, HEATING, COOLING)
# A tip worth less than this is not worth a resident's attention.
LEAST_WON = 100
HOW_MANY = 3

# Won of a month's bill for each kWh value: (index of the month, kWh) -> won.
Pricer = Callable[[int, NDArray[np.int64]], NDArray[np.int64]]


@dataclass(frozen=True)
class TipRule:
    """One dated rule. Exactly one of the three changes is set.

    group: of tips that do the same thing only the best is shown.
    heating: kinds of heating it is meant for; empty means any.
    """

    code: str
    part: str
    group: str
    cut_percent: Decimal | None = None
    cut_kwh_per_day: Decimal | None = None
    shift_degrees: Decimal | None = None
    heating: frozenset[str] = frozenset()

    @classmethod
    def read(cls, code: str, rule: Mapping[str, Any]) -> TipRule:
        """From a rule's JSON; ValueError when it does not say one clear change."""
        names = ("cut_percent", "cut_kwh_per_day", "shift_degrees")
        if set(rule) - {"part", "group", "heating", *names}:
            raise ValueError("a field of the rule is not known")
        given = [name for name in names if name in rule]
        if rule.get("part") not in PARTS or len(given) != 1:
            raise ValueError("a rule needs a part and one change")
        try:
            amount = Decimal(str(rule[given[0]]))
        except InvalidOperation:
            raise ValueError("the change must be a number") from None
        if not 0 < amount <= 100 or (rule["part"] == BASE and given[0] == names[2]):
            raise ValueError("the change is out of range")
        return cls(
            code,
            str(rule["part"]),
            str(rule.get("group", code)),
            heating=frozenset(rule.get("heating", ())),
            **{given[0]: amount},
        )

    def saved_kwh(self, model: HomeModel, temps: Floats) -> float:
        """kWh this saves over days with these mean temperatures."""
        parts = split(model, temps)
        whole = {BASE: parts.base, HEATING: parts.heating, COOLING: parts.cooling}
        kwh = whole[self.part]
        if self.cut_percent is not None:
            return kwh * float(self.cut_percent) / 100
        if self.cut_kwh_per_day is not None:
            return min(float(self.cut_kwh_per_day) * temps.size, kwh)
        known = temps[np.isfinite(temps)]
        degrees = float(self.shift_degrees or 0)
        if self.part == COOLING:
            changed = model.cooling(known, higher=degrees)
        else:
            changed = model.heating(known, lower=degrees)
        share = temps.size / known.size if known.size else 0.0
        return kwh - float(changed.sum()) * share


@dataclass(frozen=True)
class Month:
    """One month of a home: its days' mean temperatures and its kWh in all."""

    start: date
    temps: Floats
    kwh: float


@dataclass(frozen=True)
class Tip:
    """A tip with what it is worth to this home in one month.

    month: the current one, or else the month to come in which it is worth most.
    """

    code: str
    month: date
    kwh: int
    won: int
    is_now: bool


def best_tips(
    rules: Sequence[TipRule],
    model: HomeModel,
    months: Sequence[Month],
    price: Pricer,
    *,
    heating: str = "",
    only_base: bool = False,
    how_many: int = HOW_MANY,
) -> list[Tip]:
    """The tips worth most to this home, those of the first month before later ones.

    months: the current month first, then those to come. only_base: leave heating and
    cooling alone (homes where being told to save on them could do harm).
    """
    fitting = [
        rule
        for rule in rules
        if (not rule.heating or heating in rule.heating)
        and (not only_base or rule.part == BASE)
    ]
    worth = [tip for rule in fitting for tip in _worth(rule, model, months, price)]
    worth.sort(key=lambda tip: (not tip.is_now, -tip.won, tip.code))
    groups = {rule.code: rule.group for rule in fitting}
    chosen: dict[str, Tip] = {}
    for tip in worth:
        chosen.setdefault(groups[tip.code], tip)
    return list(chosen.values())[:how_many]


def _worth(
    rule: TipRule, model: HomeModel, months: Sequence[Month], price: Pricer
) -> list[Tip]:
    """What the rule is worth now, and in the month in which it is worth most."""
    tips = []
    for i, month in enumerate(months):
        saved = min(rule.saved_kwh(model, month.temps), month.kwh)
        use = whole_kwh(np.array([month.kwh, month.kwh - saved]))
        before, after = price(i, use).tolist()
        if MISSING not in (before, after) and before - after >= LEAST_WON:
            kwh = int(use[0] - use[1])
            tips.append(Tip(rule.code, month.start, kwh, before - after, i == 0))
    best = max(tips, key=lambda tip: tip.won, default=None)
    return [tip for tip in tips if tip.is_now or tip is best]


@dataclass(frozen=True)
class SplitWon:
    """Where one month's kWh and won go; the won add up to the bill."""

    kwh: Split
    base_won: int
    heating_won: int
    cooling_won: int

    @property
    def total_won(self) -> int:
        return self.base_won + self.heating_won + self.cooling_won


def split_won(parts: Split, price: Callable[[NDArray[np.int64]], Any]) -> SplitWon:
    """Won of each part: the base as if alone, the rest is what came on top of it.

    In a block tariff the order matters; heating and cooling are what the home adds to
    its base, so they carry the dearer steps. Both in one month share by kWh.
    """
    use = whole_kwh(np.array([parts.base, parts.total]))
    base, total = (int(won) for won in price(use))
    on_top = parts.heating + parts.cooling
    heating = round((total - base) * parts.heating / on_top) if on_top else 0
    cooling = total - base - heating if parts.cooling else 0
    return SplitWon(parts, total - heating - cooling, heating, cooling)
