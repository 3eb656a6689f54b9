"""What changed a home, at the JSON door."""

from typing import Any

from rest_framework import serializers

from livinglab.energy.models import DeclaredEvent


class DeclaredEventIn(serializers.Serializer[Any]):
    """`restart`: a new baseline from that day. `freeze`: leave the days out."""

    kind = serializers.ChoiceField(choices=DeclaredEvent.Kind.choices)
    effect = serializers.ChoiceField(choices=DeclaredEvent.Effect.choices)
    on = serializers.DateField()
    until = serializers.DateField(
        required=False, allow_null=True, help_text="Last day left out, included."
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=120)


class DeclaredEventOut(DeclaredEventIn):
    id = serializers.IntegerField()
