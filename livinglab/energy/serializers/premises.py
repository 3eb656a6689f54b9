"""Homes and facilities at the JSON door."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from livinglab.energy.models import Device, Premises
from livinglab.places.models import Neighbourhood


class PremisesIn(serializers.ModelSerializer[Premises]):
    """What its people may say of a home. `neighbourhood` is the official code."""

    neighbourhood = serializers.SlugRelatedField(
        slug_field="code", queryset=Neighbourhood.objects.without_shapes()
    )

    class Meta:
        model = Premises
        fields: tuple[str, ...] = (
            "name",
            "neighbourhood",
            "dwelling",
            "area_band",
            "people_band",
            "heating",
            "tariff_kind",
            "contract_kw",
            "reading_day",
            "compares",
        )


class NewPremisesIn(PremisesIn):
    """A home; or, from a coordinator of its city, a public facility."""

    kind = serializers.ChoiceField(
        choices=Premises.Kind.choices, default=Premises.Kind.HOME
    )
    publishes = serializers.BooleanField(
        default=False,
        help_text="A facility's operator agrees to be counted and named.",
    )

    class Meta(PremisesIn.Meta):
        fields = (*PremisesIn.Meta.fields, "kind", "publishes")


class PremisesOut(serializers.ModelSerializer[Premises]):
    """A home as its members see it; discounts are never among it."""

    neighbourhood: serializers.SlugRelatedField[Neighbourhood] = (
        serializers.SlugRelatedField(slug_field="code", read_only=True)
    )
    neighbourhood_name = serializers.CharField(source="neighbourhood.name")
    kind = serializers.CharField(help_text="`home` or `facility`.")
    right = serializers.SerializerMethodField(help_text="`owner` or `member`.")

    class Meta:
        model = Premises
        fields = (
            "id",
            "kind",
            "name",
            "neighbourhood",
            "neighbourhood_name",
            "dwelling",
            "area_band",
            "people_band",
            "heating",
            "tariff_kind",
            "contract_kw",
            "reading_day",
            "joined_on",
            "origin",
            "compares",
            "right",
        )

    def get_right(self, premises: Premises) -> str:
        rights: dict[int, str] = self.context.get("rights", {})
        return rights.get(premises.pk, "")


class DiscountsIn(serializers.Serializer[Any]):
    names = serializers.ListField(child=serializers.CharField(), allow_empty=True)


class InvitationOut(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Shown now and never again; good 7 days.")


class JoinIn(serializers.Serializer[Any]):
    code = serializers.CharField(max_length=20)


class DeviceIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=40)


class DeviceOut(serializers.ModelSerializer[Device]):
    class Meta:
        model = Device
        fields = ("id", "name", "made_at", "last_seen_at", "revoked_at")


class NewDeviceOut(DeviceOut):
    token = serializers.CharField(help_text="Shown now and never again.")

    class Meta:
        model = Device
        fields = (*DeviceOut.Meta.fields, "token")
