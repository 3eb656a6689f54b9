"""Goals at the JSON door."""

from typing import Any

from rest_framework import serializers

from livinglab.goals.models import Goal, Measurement
from livinglab.goals.standing import Verdict


class MeasurementOut(serializers.ModelSerializer[Measurement]):
    class Meta:
        model = Measurement
        fields = [
            "period",
            "value",
            "low",
            "high",
            "units",
            "method",
            "source",
            "computed_at",
        ]


class GoalOut(serializers.Serializer[Any]):
    """The sheet, the newest measurement, and how far the way is gone."""

    code = serializers.CharField(source="goal.code")
    city = serializers.CharField(source="goal.city.code")
    name_ko = serializers.CharField(source="goal.name_ko")
    name_en = serializers.CharField(source="goal.name_en")
    kind = serializers.ChoiceField(source="goal.kind", choices=Goal.Kind.choices)
    direction = serializers.ChoiceField(
        source="goal.direction", choices=Goal.Direction.choices
    )
    unit = serializers.CharField(source="goal.unit")
    baseline = serializers.FloatField(source="goal.baseline")
    target = serializers.FloatField(source="goal.target")
    baseline_year = serializers.IntegerField(
        source="goal.baseline_year", allow_null=True
    )
    target_year = serializers.IntegerField(source="goal.target_year", allow_null=True)
    source_ko = serializers.CharField(source="goal.source_ko")
    source_en = serializers.CharField(source="goal.source_en")
    responsible = serializers.CharField(source="goal.responsible")
    verdict = serializers.ChoiceField(
        choices=[word.value for word in Verdict],
        help_text="what may be said; too_early below three periods",
    )
    progress = serializers.FloatField(
        source="band.value",
        allow_null=True,
        default=None,
        help_text="share of the way from baseline (0) to target (1)",
    )
    latest = MeasurementOut(allow_null=True)


class GoalDetailOut(GoalOut):
    definition_ko = serializers.CharField(source="goal.definition_ko")
    definition_en = serializers.CharField(source="goal.definition_en")
    trap_ko = serializers.CharField(source="goal.trap_ko")
    trap_en = serializers.CharField(source="goal.trap_en")
    history = MeasurementOut(many=True)


class CityIn(serializers.Serializer[dict[str, Any]]):
    city = serializers.SlugField(required=False, help_text="siheung or daegu")
