"""One report with everything its reader may know."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from livinglab.issues.models import Change, Issue, Outcome, Photo
from livinglab.issues.serializers.reports import CardOut, address_of, photo_address
from livinglab.issues.states import State


class PhotoOut(serializers.ModelSerializer[Photo]):
    """A photo and its sizes."""

    id = serializers.UUIDField(source="key")
    thumb = serializers.SerializerMethodField(
        help_text="Up to 240 pixels, WebP. Ending in `.avif` instead, this address "
        "and the next give the same in fewer bytes, once that is made."
    )
    card = serializers.SerializerMethodField(help_text="Up to 800 pixels, WebP.")
    full = serializers.SerializerMethodField(
        help_text="Up to 2,048 pixels, WebP; AVIF for whom `Accept` names it."
    )
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


class StepOut(serializers.Serializer[Any]):
    """One step in its life."""

    at = serializers.DateTimeField()
    what = serializers.ChoiceField(choices=Change.What.choices, source="change.what")
    what_words = serializers.CharField(source="what")
    state = serializers.ChoiceField(choices=Issue.Status.choices, source="change.state")
    words = serializers.CharField(help_text="What was said with it.")
    who = serializers.CharField()
    is_by_city = serializers.BooleanField()
    is_blanked = serializers.BooleanField(
        help_text="Its text was taken out of sight by the city."
    )
    due_on = serializers.DateField(source="change.due_on", allow_null=True)
    photos = serializers.SerializerMethodField()

    @extend_schema_field(PhotoOut(many=True))
    def get_photos(self, step: Any) -> Any:
        return PhotoOut([shown.photo for shown in step.photos], many=True).data


class OutcomeOut(serializers.Serializer[Any]):
    """What grew out of it beyond its repair."""

    what = serializers.ChoiceField(choices=Outcome.What.choices)
    title = serializers.CharField()
    url = serializers.CharField()


class AwayOut(serializers.Serializer[Any]):
    """A text of the reader's that the city took out of sight."""

    id = serializers.IntegerField(help_text="To object by.")
    at = serializers.DateTimeField(help_text="When it was added.")
    words = serializers.CharField(source="blanked_words")
    reason = serializers.CharField(source="blanked_why")
    has_objected = serializers.BooleanField(
        help_text="Whether an objection waits for somebody of the city."
    )


class IssueOut(CardOut):
    """One report; with its exact place for who wrote it and who works on it."""

    address = serializers.SerializerMethodField(
        help_text="Where, in the reporter's words; empty once it was withdrawn."
    )
    department = serializers.CharField(source="department.name")
    department_phone = serializers.CharField(source="department.phone")
    duplicate_of = serializers.SerializerMethodField(
        help_text="The page of the report that stays, where this one was known already."
    )
    is_mine = serializers.SerializerMethodField()
    why_followed = serializers.SerializerMethodField(
        help_text="reported, met_it, curious; empty: not followed."
    )
    asks_whether_fixed = serializers.SerializerMethodField(
        help_text="Whether “is it fixed?” waits for an answer of the reader."
    )
    has_objected = serializers.SerializerMethodField(
        help_text="Whether the reader's objection to hiding it waits for an answer."
    )
    texts_out_of_sight = serializers.SerializerMethodField(
        help_text="What the reader added and the city took out of sight."
    )
    photos = serializers.SerializerMethodField()
    timeline = serializers.SerializerMethodField(help_text="The oldest first.")
    outcomes = OutcomeOut(many=True)

    class Meta(CardOut.Meta):
        fields = [
            *CardOut.Meta.fields,
            "version",
            "department",
            "department_phone",
            "address",
            "seen_at",
            "answer_due_on",
            "answered_at",
            "closed_at",
            "is_public",
            "hidden",
            "duplicate_of",
            "is_mine",
            "why_followed",
            "asks_whether_fixed",
            "has_objected",
            "texts_out_of_sight",
            "photos",
            "timeline",
            "outcomes",
        ]
        read_only_fields = fields

    def _point(self, issue: Any) -> tuple[float, float]:
        if self.context["is_near"]:
            return issue.lon, issue.lat
        return super()._point(issue)

    @extend_schema_field(OpenApiTypes.STR)
    def get_address(self, issue: Any) -> str:
        return "" if issue.state == State.WITHDRAWN else str(issue.address)

    @extend_schema_field({"type": "string", "nullable": True})
    def get_duplicate_of(self, issue: Any) -> str | None:
        original = issue.duplicate_of
        is_seen = original and (original.is_public or self.context["is_near"])
        return address_of(original) if is_seen else None

    @extend_schema_field(OpenApiTypes.BOOL)
    def get_is_mine(self, issue: Any) -> bool:
        person = self.context["person"]
        return bool(person and issue.reporter_id == person.pk)

    @extend_schema_field(OpenApiTypes.STR)
    def get_why_followed(self, issue: Any) -> str:
        return getattr(issue, "my_why", None) or ""

    @extend_schema_field(OpenApiTypes.BOOL)
    def get_asks_whether_fixed(self, issue: Any) -> bool:
        return getattr(issue, "my_question", None) is not None

    @extend_schema_field(OpenApiTypes.BOOL)
    def get_has_objected(self, issue: Any) -> bool:
        return bool(getattr(issue, "has_objected", False))

    @extend_schema_field(AwayOut(many=True))
    def get_texts_out_of_sight(self, issue: Any) -> Any:
        return AwayOut(self.context["texts_away"], many=True).data

    @extend_schema_field(PhotoOut(many=True))
    def get_photos(self, issue: Any) -> Any:
        shown = self.context["story"].photos
        return PhotoOut([one.photo for one in shown], many=True).data

    @extend_schema_field(StepOut(many=True))
    def get_timeline(self, issue: Any) -> Any:
        return StepOut(self.context["story"].steps, many=True).data
