"""Savings and baselines at the JSON door."""

from typing import Any

from rest_framework import serializers

from livinglab.energy.baseline.sufficiency import LEAST_DAYS
from livinglab.energy.models import Baseline, Saving


class SavingsQuery(serializers.Serializer[Any]):
    """`span=year` asks for the twelve months that end with each month."""

    span = serializers.ChoiceField(
        choices=Saving.Span.choices, default=Saving.Span.MONTH
    )


def _kwh(words: str) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=words)


class SavingOut(serializers.Serializer[Saving]):
    """One month of one home. Empty is unknown, never zero; won at constant tariff."""

    month = serializers.SerializerMethodField(help_text="2026-07")
    days = serializers.IntegerField(help_text="Days counted on both sides.")
    days_possible = serializers.IntegerField(help_text="Days of the month that could.")
    expected_kwh = _kwh("What the home would have used by its own model.")
    actual_kwh = _kwh("What it used on the counted days.")
    saved_kwh = _kwh("Expected less actual.")
    saved_kwh_low = _kwh("Lower end of the likely range.")
    saved_kwh_high = _kwh("Upper end of the likely range.")
    weather_kwh = _kwh("What the weather spared against the baseline year.")
    expected_won = serializers.IntegerField(allow_null=True)
    actual_won = serializers.IntegerField(allow_null=True)
    saved_won = serializers.IntegerField(allow_null=True)
    saved_won_low = serializers.IntegerField(allow_null=True)
    saved_won_high = serializers.IntegerField(allow_null=True)
    co2_kg = _kwh("CO2 spared.")
    state = serializers.ChoiceField(choices=Saving.State.choices)
    method = serializers.CharField(help_text="Version of the method.")
    tariff = serializers.CharField(help_text="Table both sides are priced with.")
    is_weather_corrected = serializers.BooleanField()
    schemes = serializers.DictField(help_text="The public schemes' own estimates.")

    def get_month(self, saving: Saving) -> str:
        return f"{saving.month:%Y-%m}"


class BaselineOut(serializers.Serializer[Baseline]):
    """How the home used energy before: the model every saving is held against."""

    kind = serializers.CharField(help_text="daily, billing, same_month or none")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="Last day, included.")
    n = serializers.IntegerField(help_text="Observations used, or days so far.")
    days_needed = serializers.SerializerMethodField()
    missing = serializers.IntegerField()
    model = serializers.CharField()
    mu = _kwh("kWh a day whatever the weather.")
    beta_h = _kwh("kWh a day and °C below the heating balance point.")
    beta_c = _kwh("kWh a day and °C above the cooling balance point.")
    balance_h = serializers.FloatField(allow_null=True, help_text="°C")
    balance_c = serializers.FloatField(allow_null=True, help_text="°C")
    r2_adj = serializers.FloatField(allow_null=True)
    cvrmse = serializers.FloatField(allow_null=True)
    rho = serializers.FloatField(allow_null=True)
    method = serializers.CharField()
    computed_at = serializers.DateTimeField()

    def get_days_needed(self, baseline: Baseline) -> int:
        return LEAST_DAYS
