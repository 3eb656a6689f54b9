"""Reports as lists and other software see them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from livinglab.issues.models import Issue, Photo

BESIDE = ("category", "department", "neighbourhood", "city")


def address_of(issue: Issue) -> str:
    """Its own page."""
    return f"/issues/{issue.pk}/"


def photo_address(photo: Photo, size: str) -> str:
    return reverse("issues:photo", args=[photo.key, size])


class CardOut(serializers.ModelSerializer[Issue]):
    """A report in a list."""

    url = serializers.SerializerMethodField(help_text="Its page.")
    title = serializers.CharField(
        source="category.name", help_text="The kind, in the reader's language."
    )
    category = serializers.CharField(source="category.code")
    group = serializers.CharField(source="category.group")
    state_words = serializers.CharField(source="get_state_display")
    is_open = serializers.BooleanField()
    city = serializers.CharField(source="city.code")
    neighbourhood = serializers.CharField(source="neighbourhood.code")
    place = serializers.CharField(source="neighbourhood.name")
    at = serializers.DateTimeField(source="received_at")
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
            "photo",
        ]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.STR)
    def get_url(self, issue: Any) -> str:
        return address_of(issue)

    @extend_schema_field(OpenApiTypes.STR)
    def get_photo(self, issue: Any) -> str:
        """Of the prefetched photos; nothing of a report that is not public."""
        if not issue.is_public:
            return ""
        released = (one for one in issue.photos.all() if one.is_public)
        first = next(released, None)
        return photo_address(first, "card") if first else ""


class PhotoOut(serializers.ModelSerializer[Photo]):
    """A photo and its sizes."""

    id = serializers.UUIDField(source="key")
    thumb = serializers.SerializerMethodField()
    card = serializers.SerializerMethodField()
    full = serializers.SerializerMethodField()
    is_public = serializers.BooleanField(
        help_text="Released for everybody; before that only for whom it concerns."
    )

    class Meta:
        model = Photo
        fields = [
            "id",
            "thumb",
            "card",
            "full",
            "alt",
            "width",
            "height",
            "is_public",
            "added_at",
        ]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.STR)
    def get_thumb(self, photo: Photo) -> str:
        return photo_address(photo, "thumb")

    @extend_schema_field(OpenApiTypes.STR)
    def get_card(self, photo: Photo) -> str:
        return photo_address(photo, "card")

    @extend_schema_field(OpenApiTypes.STR)
    def get_full(self, photo: Photo) -> str:
        return photo_address(photo, "full")


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
