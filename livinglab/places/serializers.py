"""Places at the JSON door."""

import json
from typing import Any

from rest_framework import serializers

from livinglab.places.models import City, Neighbourhood


class CityOut(serializers.ModelSerializer[City]):
    is_approximate = serializers.BooleanField(
        read_only=True, help_text="true until official boundaries are loaded"
    )

    class Meta:
        model = City
        fields = [
            "code",
            "name_ko",
            "name_en",
            "region_ko",
            "region_en",
            "default_station",
            "is_approximate",
            "boundary_version",
        ]


class NeighbourhoodOut(serializers.ModelSerializer[Neighbourhood]):
    city = serializers.CharField(source="city.code")
    district_code = serializers.CharField(
        source="district.code", allow_null=True, default=None
    )
    district_ko = serializers.CharField(
        source="district.name_ko", allow_null=True, default=None
    )
    lon = serializers.FloatField(source="centre_lon")
    lat = serializers.FloatField(source="centre_lat")
    station = serializers.IntegerField(source="station_number")
    has_boundary = serializers.BooleanField(source="has_polygon")

    class Meta:
        model = Neighbourhood
        fields = [
            "code",
            "code_is_provisional",
            "name_ko",
            "name_en",
            "city",
            "district_code",
            "district_ko",
            "lon",
            "lat",
            "station",
            "has_boundary",
        ]


class NeighbourhoodDetailOut(NeighbourhoodOut):
    since = serializers.DateField(allow_null=True)
    boundary_version = serializers.CharField()
    predecessors = serializers.SerializerMethodField()
    geometry = serializers.SerializerMethodField()

    class Meta(NeighbourhoodOut.Meta):
        fields = [
            *NeighbourhoodOut.Meta.fields,
            "since",
            "boundary_version",
            "predecessors",
            "geometry",
        ]

    def get_predecessors(self, place: Neighbourhood) -> list[str]:
        """Codes of the neighbourhoods it was split from."""
        return [before.code for before in place.predecessors.all()]

    def get_geometry(self, place: Neighbourhood) -> dict[str, Any] | None:
        """The official boundary as GeoJSON, null while it is approximated."""
        return json.loads(place.polygon) if place.polygon else None


class NeighbourhoodFilterIn(serializers.Serializer[dict[str, Any]]):
    city = serializers.SlugField(required=False, help_text="siheung or daegu")
    q = serializers.CharField(
        required=False, max_length=40, help_text="part of a name, or a code's beginning"
    )


class PointIn(serializers.Serializer[dict[str, Any]]):
    lat = serializers.FloatField(min_value=-90, max_value=90)
    lon = serializers.FloatField(min_value=-180, max_value=180)


class PlaceAnswerOut(serializers.Serializer[Any]):
    is_sure = serializers.BooleanField(
        help_text="one candidate, by an official boundary"
    )
    is_approximate = serializers.BooleanField(
        help_text="nearest-centre cells stand in for an official boundary"
    )
    candidates = NeighbourhoodOut(many=True)
    nearby = NeighbourhoodOut(many=True)
