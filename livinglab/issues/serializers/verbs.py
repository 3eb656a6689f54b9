"""What people say to a report, as it arrives."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from livinglab.issues.models import Verdict
from livinglab.issues.models.issues import MOST_WORDS as MOST_WORDS_OF_A_REPORT
from livinglab.issues.serializers.sending import Finite, PhotosIn, neighbourhood_of

MOST_WORDS = 2000


class WordsIn(serializers.Serializer[Any]):
    words = serializers.CharField(
        required=False, allow_blank=True, max_length=MOST_WORDS, default=""
    )


class ClaimIn(serializers.Serializer[Any]):
    key = serializers.UUIDField(help_text="Of its sending, as a guest chose it.")


class UpdateIn(PhotosIn):
    """What is new; photos wait until somebody of the city has looked at them."""

    words = serializers.CharField(
        required=False, allow_blank=True, max_length=MOST_WORDS, default=""
    )


class MetIn(PhotosIn):
    """What was written as a report of one's own comes along whole."""

    words = serializers.CharField(
        required=False, allow_blank=True, max_length=MOST_WORDS_OF_A_REPORT, default=""
    )


class VerdictIn(UpdateIn):
    """Is it fixed? A no opens the report again, with a word or a photo."""

    answer = serializers.ChoiceField(choices=Verdict.Answer.choices)
    stars = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=5
    )


class CoverIn(serializers.Serializer[Any]):
    """Faces and number plates: left, top, right, bottom as shares of the picture."""

    boxes = serializers.ListField(
        child=serializers.ListField(
            child=Finite(min_value=0, max_value=1), min_length=4, max_length=4
        ),
        min_length=1,
        max_length=50,
    )

    def validate_boxes(self, boxes: list[list[float]]) -> list[list[float]]:
        if any(left >= right or top >= bottom for left, top, right, bottom in boxes):
            raise serializers.ValidationError(_("This is no place in the photo."))
        return boxes


class FollowedPlaceIO(serializers.Serializer[Any]):
    """A neighbourhood, or a point and how far around it."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(max_length=40)
    neighbourhood = serializers.CharField(
        source="neighbourhood.code", required=False, allow_null=True, max_length=10
    )
    lon = Finite(required=False, allow_null=True, min_value=-180, max_value=180)
    lat = Finite(required=False, allow_null=True, min_value=-90, max_value=90)
    radius_m = serializers.IntegerField(default=300, min_value=50, max_value=1000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the verb takes: one of the two."""
        code = attrs.pop("neighbourhood", {}).get("code")
        lon, lat = attrs.pop("lon", None), attrs.pop("lat", None)
        has_point = lon is not None and lat is not None
        if bool(code) == has_point:
            raise serializers.ValidationError(
                _("Name a neighbourhood, or a point by lon and lat.")
            )
        place = {"neighbourhood": neighbourhood_of(code)} if code else {}
        return {**attrs, **place, "point": (lon, lat) if has_point else None}
