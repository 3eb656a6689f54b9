"""Public reports as GeoJSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from livinglab.issues.models import Issue
from livinglab.issues.models.departments import in_the_readers_language
from livinglab.issues.selectors.cards import excerpt
from livinglab.issues.serializers.reports import address_at
from livinglab.issues.states import OPEN, State


class PointOut(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="Point")
    coordinates = serializers.ListField(
        child=serializers.FloatField(), help_text="Longitude, latitude."
    )


class PropertiesOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    url = serializers.CharField()
    title = serializers.CharField()
    category = serializers.CharField()
    words = serializers.CharField(help_text="The beginning, in one line.")
    group = serializers.CharField()
    state = serializers.ChoiceField(choices=Issue.Status.choices)
    state_words = serializers.CharField()
    is_open = serializers.BooleanField()
    at = serializers.DateTimeField()


class FeatureOut(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="Feature")
    id = serializers.IntegerField()
    geometry = PointOut()
    properties = PropertiesOut()


class FeaturesOut(serializers.Serializer[Any]):
    type = serializers.CharField(help_text="FeatureCollection")
    features = FeatureOut(many=True)


def features_of(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `selectors.boxes` as features, by one serializer for all of them."""
    told = PropertiesOut([_told(row) for row in rows], many=True).data
    return [_feature(row, said) for row, said in zip(rows, told, strict=True)]


def _feature(row: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row["pk"],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
        "properties": said,
    }


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": row["pk"],
        "url": address_at(row["pk"]),
        "title": in_the_readers_language(
            row["category__name_ko"], row["category__name_en"]
        ),
        "category": row["category__code"],
        "words": "" if row["state"] == State.WITHDRAWN else excerpt(row["words"]),
        "group": row["category__group"],
        "state": row["state"],
        "state_words": Issue.Status(row["state"]).label,
        "is_open": row["state"] in OPEN,
        "at": row["received_at"],
    }
