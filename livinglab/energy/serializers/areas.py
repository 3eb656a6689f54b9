"""Figures of areas at the JSON door."""

from typing import Any

from rest_framework import serializers

from livinglab.energy.models import Premises, Saving
from livinglab.energy.selectors.areas import AreaFigure


class AreaQuery(serializers.Serializer[Any]):
    """`kind=facility` asks for public buildings, `span=year` for twelve months."""

    kind = serializers.ChoiceField(
        choices=Premises.Kind.choices, default=Premises.Kind.HOME.value
    )
    span = serializers.ChoiceField(
        choices=Saving.Span.choices, default=Saving.Span.MONTH.value
    )


def _number(words: str, name: str | None = None) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, help_text=words, source=name)


def _whole(words: str) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=words)


class AreaSavingOut(serializers.Serializer[AreaFigure]):
    """One month of an area, kWh in steps of 10 and won in steps of 1,000.

    With `suppressed` every number is empty: empty is not shown, never zero.
    """

    month = serializers.SerializerMethodField(help_text="2026-07")
    suppressed = serializers.SerializerMethodField(
        help_text="Not shown, to protect personal data."
    )
    months = _whole("Months summed up: 1, or up to 12 with span=year.")
    homes = _whole("Homes or buildings counted.")
    excluded = serializers.DictField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="Homes that take part and are not counted, by reason.",
    )
    expected_kwh = _number("What they would have used by their own models.")
    actual_kwh = _number("What they used.")
    saved_kwh = _number("Expected less actual.")
    half_width_kwh = _number("Half of the likely range (90 %).")
    expected_won = _whole("Bill expected, at constant tariff.")
    saved_won = _whole("Won saved, at constant tariff.")
    half_width_won = _whole("Half of the likely range (90 %).")
    saved_share = _number("Share of the expected bill that was saved.", "share")
    saved_share_low = _number("Lower end of the likely range.", "share_low")
    saved_share_high = _number("Upper end of the likely range.", "share_high")
    goal_share = serializers.FloatField(help_text="The goal for this share.")
    state = serializers.ChoiceField(
        choices=Saving.State.choices,
        allow_null=True,
        help_text="Saving only where the whole likely range is above zero.",
    )
    comparison_homes = _whole("Homes that only measure; 0: fewer than 30.")
    comparison_share = _number("What those saved.")
    difference_share = _number("Saved share beyond the comparison group.")
    difference_half_width = _number("Half of its likely range (90 %).")
    method = serializers.CharField(help_text="Version of the method.")

    def get_month(self, figure: AreaFigure) -> str:
        return f"{figure.month:%Y-%m}"

    def get_suppressed(self, figure: AreaFigure) -> bool:
        return not figure.is_shown
