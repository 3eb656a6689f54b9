"""Weather at the JSON door."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from livinglab.observations.models import DailyWeather, Station

DAYS_MAX = 800


class StationOut(serializers.ModelSerializer[Station]):
    class Meta:
        model = Station
        fields = [
            "number",
            "name_ko",
            "name_en",
            "kind",
            "lon",
            "lat",
            "newest_day",
            "fetched_at",
        ]


class DayOut(serializers.ModelSerializer[DailyWeather]):
    class Meta:
        model = DailyWeather
        fields = ["day", "tmean", "tmin", "tmax", "source", "quality"]


class WindowIn(serializers.Serializer[dict[str, Any]]):
    first = serializers.DateField(help_text="first day")
    last = serializers.DateField(help_text="last day, at most 800 days on")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        days = (attrs["last"] - attrs["first"]).days + 1
        if not 1 <= days <= DAYS_MAX:
            raise serializers.ValidationError(
                _("Ask for 1 to %(most)s days.") % {"most": DAYS_MAX}
            )
        return attrs
