"""What lies ahead of a home as stored facts, and back: the same to the last digit."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from livinglab.energy.outlook.forecast import Crossing, Forecast
from livinglab.energy.outlook.home_model import Split
from livinglab.energy.outlook.tips import SplitWon
from livinglab.energy.selectors.neighbours import Neighbours
from livinglab.energy.selectors.outlook import Outlook, TipShown

Facts = dict[str, Any]


def facts_of(found: Outlook, month: date, neighbours: Neighbours | None) -> Facts:
    """An outlook, and the comparison of the month a home's page begins with."""
    return {
        "forecast": _forecast_facts(found.forecast),
        "split": asdict(found.split) if found.split else None,
        "tips": [asdict(tip) for tip in found.tips],
        "month": month,
        "neighbours": asdict(neighbours) if neighbours else None,
    }


def _forecast_facts(found: Forecast | None) -> Facts | None:
    return asdict(found) | {"by_day": found.by_day.tolist()} if found else None


def outlook_of(facts: Facts) -> Outlook:
    tips = [TipShown(**tip | {"month": _day(tip["month"])}) for tip in facts["tips"]]
    return Outlook(_forecast_of(facts["forecast"]), _split_of(facts["split"]), tips)


def _split_of(facts: Facts | None) -> SplitWon | None:
    return SplitWon(**facts | {"kwh": Split(**facts["kwh"])}) if facts else None


def _forecast_of(facts: Facts | None) -> Forecast | None:
    if facts is None:
        return None
    read = {
        "start": _day(facts["start"]),
        "end": _day(facts["end"]),
        "bounds": tuple(facts["bounds"]),
        "crossings": tuple(_crossing_of(one) for one in facts["crossings"]),
        "by_day": np.array(facts["by_day"], dtype=np.float64),
    }
    return Forecast(**facts | read)


def _crossing_of(facts: Facts) -> Crossing:
    days = {name: _day(facts[name]) for name in ("on", "earliest", "latest")}
    return Crossing(**facts | days)


def neighbours_of_facts(facts: Facts, city: str) -> Neighbours | None:
    """The comparison, with the city's name in the reader's language."""
    found = facts["neighbours"]
    if found is None:
        return None
    read = {"month": _day(found["month"]), "common": tuple(found["common"])}
    return Neighbours(**found | read | {"city": city})


def _day(said: Any) -> Any:
    """A day as JSON writes it; nothing stays nothing."""
    return date.fromisoformat(said) if isinstance(said, str) else said
