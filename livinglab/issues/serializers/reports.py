"""Reports as lists and other software see them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from livinglab.issues.grid import published
from livinglab.issues.models import Issue, Photo
from livinglab.issues.states import State

BESIDE = ("category", "department", "neighbourhood", "city")


def address_of(issue: Issue) -> str:
    """Its own page."""
    return address_at(issue.pk)


def address_at(pk: int) -> str:
    return reverse("issues:issue", args=[pk])


def photo_address(photo: Photo, size: str) -> str:
    return reverse("issues:photo", args=[photo.key, size])


class CardOut(serializers.ModelSerializer[Issue]):
    """A report in a list: its place as the public gets it, to about ten metres."""

    url = serializers.SerializerMethodField(help_text="Its page.")
    title = serializers.CharField(
        source="category.name", help_text="The kind, in the reader's language."
    )
    category = serializers.CharField(source="category.code")
    group = serializers.CharField(source="category.group")
    words = serializers.SerializerMethodField(
        help_text="What is wrong; empty once it was withdrawn."
    )
    state_words = serializers.CharField(source="get_state_display")
    is_open = serializers.BooleanField()
    city = serializers.CharField(source="city.code")
    neighbourhood = serializers.CharField(source="neighbourhood.code")
    place = serializers.CharField(source="neighbourhood.name")
    lon = serializers.SerializerMethodField()
    lat = serializers.SerializerMethodField()
    at = serializers.DateTimeField(source="received_at", help_text="When it arrived.")
    is_simulated = serializers.SerializerMethodField(
        help_text="Made up for a demonstration."
    )
    photo = serializers.SerializerMethodField(
        help_text="The first released photo; empty where there is none."
    )

    class Meta:
        model = Issue
        fields = [
            "id",
            "url",
            "title",
            "category",
            "group",
            "words",
            "state",
            "state_words",
            "is_open",
            "city",
            "neighbourhood",
            "place",
            "lon",
            "lat",
            "at",
            "changed_at",
            "due_on",
            "supporters",
            "is_simulated",
            "photo",
        ]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.STR)
    def get_url(self, issue: Any) -> str:
        return address_of(issue)

    @extend_schema_field(OpenApiTypes.STR)
    def get_words(self, issue: Any) -> str:
        return "" if issue.state == State.WITHDRAWN else str(issue.words)

    @extend_schema_field(OpenApiTypes.DOUBLE)
    def get_lon(self, issue: Any) -> float:
        return self._point(issue)[0]

    @extend_schema_field(OpenApiTypes.DOUBLE)
    def get_lat(self, issue: Any) -> float:
        return self._point(issue)[1]

    @extend_schema_field(OpenApiTypes.BOOL)
    def get_is_simulated(self, issue: Any) -> bool:
        return bool(issue.channel == Issue.Channel.SIMULATED)

    @extend_schema_field(OpenApiTypes.STR)
    def get_photo(self, issue: Any) -> str:
        """Of the prefetched photos; nothing of what is not public or was withdrawn."""
        if not issue.is_public or issue.state == State.WITHDRAWN:
            return ""
        released = (one for one in issue.photos.all() if one.is_public)
        first = next(released, None)
        return photo_address(first, "card") if first else ""

    def _point(self, issue: Any) -> tuple[float, float]:
        return published(issue.lon, issue.lat)


class PageOut(serializers.Serializer[Any]):
    """A page of a list, the newest first."""

    issues = CardOut(many=True)
    before = serializers.IntegerField(
        allow_null=True,
        help_text="`?before=` of the next page; null: this is the last.",
    )


class ReportedOut(CardOut):
    """What became of a sending."""

    department = serializers.CharField(
        source="department.name", help_text="Who gets it."
    )
    photo_count = serializers.SerializerMethodField(help_text="Photos that came along.")
    is_public = serializers.BooleanField(
        help_text="Whether everybody may read it now; else somebody looks first, or "
        "its kind is never published."
    )

    class Meta(CardOut.Meta):
        fields = [
            *CardOut.Meta.fields,
            "department",
            "answer_due_on",
            "address",
            "seen_at",
            "is_public",
            "photo_count",
        ]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.INT)
    def get_photo_count(self, issue: Any) -> int:
        return len(issue.photos.all())
