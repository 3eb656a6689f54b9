"""What lies ahead of a home, at the JSON door."""

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from livinglab.energy.outlook.forecast import Forecast
from livinglab.energy.outlook.tips import SplitWon
from livinglab.energy.selectors.outlook import Outlook


class CrossingOut(serializers.Serializer[Any]):
    """When the next step of the tariff begins; null: not in this period."""

    tier = serializers.IntegerField()
    bound_kwh = serializers.IntegerField()
    on = serializers.DateField(allow_null=True)
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)


class ForecastOut(serializers.Serializer[Any]):
    """The running bill with its likely range (90 %)."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    days_known = serializers.IntegerField()
    kwh_so_far = serializers.FloatField()
    kwh = serializers.FloatField()
    kwh_low = serializers.FloatField()
    kwh_high = serializers.FloatField()
    won = serializers.IntegerField()
    won_low = serializers.IntegerField()
    won_high = serializers.IntegerField()
    tier = serializers.IntegerField()
    tier_now = serializers.IntegerField()
    crossings = CrossingOut(many=True)
    follows_weather = serializers.BooleanField()


class PartOut(serializers.Serializer[Any]):
    part = serializers.ChoiceField(choices=["base", "heating", "cooling"])
    kwh = serializers.FloatField()
    won = serializers.IntegerField()


class TipOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()
    kwh = serializers.IntegerField()
    won = serializers.IntegerField()
    month = serializers.DateField()
    is_now = serializers.BooleanField()


class OutlookOut(serializers.Serializer[Any]):
    forecast = ForecastOut(allow_null=True)
    split = PartOut(many=True)
    tips = TipOut(many=True)


def outlook_out(found: Outlook) -> dict[str, Any]:
    """An outlook as JSON; kWh with one decimal."""
    return {
        "forecast": found.forecast and _forecast(found.forecast),
        "split": _parts(found.split) if found.split else [],
        "tips": found.tips,
    }


def _forecast(found: Forecast) -> dict[str, Any]:
    kwh = ("kwh_so_far", "kwh", "kwh_low", "kwh_high")
    same = ("days_known", "won", "won_low", "won_high", "tier", "tier_now")
    return {
        "first_day": found.start,
        "last_day": found.end - timedelta(days=1),
        "crossings": found.crossings,
        "follows_weather": found.follows_weather,
        **{name: round(getattr(found, name), 1) for name in kwh},
        **{name: getattr(found, name) for name in same},
    }


def _parts(split: SplitWon) -> list[dict[str, Any]]:
    return [
        {"part": "base", "kwh": round(split.kwh.base, 1), "won": split.base_won},
        {
            "part": "heating",
            "kwh": round(split.kwh.heating, 1),
            "won": split.heating_won,
        },
        {
            "part": "cooling",
            "kwh": round(split.kwh.cooling, 1),
            "won": split.cooling_won,
        },
    ]
