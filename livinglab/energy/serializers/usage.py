"""Readings that devices send and people type, at the JSON door."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from livinglab.energy.models import RegisterReading
from livinglab.energy.readers.device_usage import MOST_INTERVALS, MWH
from livinglab.energy.services.meter_readings import RegisterValue
from livinglab.kernel.fields import Moment


class IntervalIn(serializers.Serializer[Any]):
    """Use over [start, start + duration_s)."""

    start = Moment(help_text="With its zone, or UTC seconds.")
    duration_s = serializers.IntegerField(min_value=1, max_value=90_000)
    value = serializers.FloatField(min_value=0)
    quality = serializers.IntegerField(default=0, help_text="Green Button's code.")


class UsageIn(serializers.Serializer[Any]):
    """For the description; the intervals themselves are checked in one go."""

    unit = serializers.ChoiceField(choices=sorted(MWH), default="Wh")
    intervals = serializers.ListField(child=IntervalIn(), max_length=MOST_INTERVALS)


class UsageOut(serializers.Serializer[Any]):
    received = serializers.IntegerField()
    new = serializers.IntegerField()
    same = serializers.IntegerField()
    replaced = serializers.IntegerField()
    outranked = serializers.IntegerField(help_text="Better readings are there already.")


class UsageErrorOut(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="-1 is the whole message.")
    field = serializers.CharField()
    code = serializers.CharField()


class UsageRefusedOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()
    error_count = serializers.IntegerField()
    errors = UsageErrorOut(many=True)  # type: ignore[assignment]  # the field's name


class ReadingIn(serializers.Serializer[Any]):
    """A register value; the flags answer what came back as a question."""

    read_at = Moment()
    kwh = serializers.DecimalField(10, 1)
    digits = serializers.IntegerField(required=False, allow_null=True)
    meter_changed = serializers.BooleanField(default=False)
    old_final_kwh = serializers.DecimalField(10, 1, required=False, allow_null=True)
    new_first_kwh = serializers.DecimalField(10, 1, required=False, allow_null=True)
    rolled_over = serializers.BooleanField(default=False)
    confirm = serializers.BooleanField(default=False)
    preview = serializers.BooleanField(
        default=False, help_text="Check and compute; store nothing."
    )

    def said(self) -> RegisterValue:
        """What was sent, for the service."""
        facts = dict(self.validated_data)
        facts.pop("preview")
        return RegisterValue(confirmed=facts.pop("confirm"), **facts)


class ReadingChangeOut(serializers.Serializer[Any]):
    old = serializers.DictField()
    at = serializers.DateTimeField()


class ReadingOut(serializers.ModelSerializer[RegisterReading]):
    changes = ReadingChangeOut(many=True, read_only=True)

    class Meta:
        model = RegisterReading
        fields = (
            "id",
            "read_at",
            "kwh",
            "starts_new_meter",
            "old_meter_final_kwh",
            "new_meter_first_kwh",
            "rolled_over",
            "quality",
            "changes",
        )


class ReadingPreviewOut(serializers.Serializer[Any]):
    used_kwh = serializers.DecimalField(
        10, 1, allow_null=True, help_text="Since the reading before; null for a first."
    )
