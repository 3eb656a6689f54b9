"""A report as it arrives, and reports that may be the same thing."""

import json
import math
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from livinglab.issues.models import Category, Issue
from livinglab.issues.models.issues import MOST_WORDS
from livinglab.issues.serializers.reports import CardOut, ReportedOut
from livinglab.issues.services.photos import SentPhoto
from livinglab.issues.services.reporting import Said
from livinglab.kernel.fields import Email, Moment
from livinglab.places.models import City, Neighbourhood
from livinglab.places.selectors import neighbourhoods_at

ANSWER = "answer-"
MOST_FILES = 20  # more than a person can have meant
UNREADABLE = (
    ValueError,
    AttributeError,
    RecursionError,
    serializers.ValidationError,
)


class Finite(serializers.FloatField):
    """A number of a map; `nan` and `inf` are none."""

    def to_internal_value(self, data: Any) -> float:
        value = super().to_internal_value(data)
        if not math.isfinite(value):
            self.fail("invalid")
        return float(value)


class ShallowJSON(serializers.JSONField):
    """JSON in a field of a form; a hundred thousand brackets are no fault of ours."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return super().to_internal_value(data)
        except RecursionError:
            self.fail("invalid")


class PhotosIn(serializers.Serializer[Any]):
    """Photos, and in the same order what each of them shows."""

    photos = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True, use_url=False),
        required=False,
        max_length=MOST_FILES,
        help_text="Up to 5: JPEG, PNG, WebP or HEIC, 20 MB each.",
    )
    alts = serializers.ListField(
        child=serializers.CharField(allow_blank=True, max_length=160),
        required=False,
        max_length=MOST_FILES,
        help_text="What each photo shows, in the order of the photos.",
    )

    def sent_photos(self) -> list[SentPhoto]:
        """What `services.photos` takes."""
        alts = self.validated_data.get("alts", [])
        return [
            SentPhoto(
                file=file, size=file.size or 0, alt=alts[at] if at < len(alts) else ""
            )
            for at, file in enumerate(self.validated_data.get("photos", []))
        ]


class ReportIn(PhotosIn):
    """What is wrong, and where. A form may send `answer-CODE` for each answer."""

    key = serializers.UUIDField(
        required=False,
        help_text="Made by you and told to nobody: sent twice, it is one report. "
        "The header Idempotency-Key says the same.",
    )
    category = serializers.CharField(
        max_length=40, help_text="Its code in the city of the place, or its id."
    )
    lon = Finite(min_value=-180, max_value=180)
    lat = Finite(min_value=-90, max_value=90)
    place_from = serializers.ChoiceField(
        choices=Issue.PlaceFrom.choices, default=Issue.PlaceFrom.OTHER
    )
    neighbourhood = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=10,
        help_text="Its code, where a border leaves open which one is meant.",
    )
    address = serializers.CharField(required=False, allow_blank=True, max_length=160)
    words = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MOST_WORDS,
        trim_whitespace=False,
        help_text="What is wrong, in one's own words.",
    )
    answers = ShallowJSON(
        required=False,
        help_text="Answers to the questions of the category by their code; "
        "a list of keys where several may be chosen. In a form: as JSON.",
    )
    seen_at = Moment(
        required=False, allow_null=True, help_text="When it was seen; else now."
    )
    email = Email(required=False, allow_blank=True)
    phone = serializers.CharField(required=False, allow_blank=True, max_length=20)
    ask_known = serializers.BooleanField(
        default=False, help_text="Hold it up with 409 when it may be known already."
    )

    def to_internal_value(self, data: Any) -> Any:
        facts = super().to_internal_value(data)
        found = _answers_in_form(data) or facts.get("answers")
        if found is not None:
            facts["answers"] = _answers_of(found)
        return facts

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs["category"] = category_of(attrs["category"], attrs["lon"], attrs["lat"])
        if code := attrs.pop("neighbourhood", ""):
            attrs["neighbourhood"] = neighbourhood_of(code)
        return attrs

    def said(self, *, key: Any) -> Said:
        """What the verb takes, under the key of its sending."""
        apart = {"key", "photos", "alts", "ask_known"}
        facts = {k: v for k, v in self.validated_data.items() if k not in apart}
        return Said(**facts, key=key)


class KnownOut(CardOut):
    """A report that may be the same thing, and how far away it is."""

    metres = serializers.IntegerField(
        allow_null=True, help_text="null: one of the two places is only named."
    )

    class Meta(CardOut.Meta):
        fields = [*CardOut.Meta.fields, "metres"]
        read_only_fields = fields


class KnownAlreadyOut(serializers.Serializer[Any]):
    """Nothing was stored: `known` asks whether it is one of these."""

    code = serializers.CharField()
    detail = serializers.CharField()
    question = serializers.CharField(required=False)
    known = KnownOut(many=True, required=False)


class ArrivedAlreadyOut(serializers.Serializer[Any]):
    """Nothing was stored; with `already_received` its key had sent `answer`."""

    code = serializers.CharField()
    detail = serializers.CharField()
    answer = ReportedOut(required=False)


def _answers_in_form(data: Any) -> dict[str, list[str]]:
    """Fields of a form named `answer-CODE`."""
    getlist = getattr(data, "getlist", None)
    if getlist is None:
        return {}
    names = (name for name in data if name.startswith(ANSWER))
    return {name.removeprefix(ANSWER): getlist(name) for name in names}


def _answers_of(given: Any) -> dict[str, list[str]]:
    """Lists of words by code, from an object or from the text of one."""
    try:
        found = json.loads(given or "{}") if isinstance(given, str) else given
        child = serializers.CharField(allow_blank=True)
        name = serializers.CharField(allow_blank=True, trim_whitespace=False)
        return {
            name.run_validation(str(code)): [
                child.run_validation(one)
                for one in (said if isinstance(said, list) else [said])
            ]
            for code, said in found.items()
        }
    except UNREADABLE as problem:
        raise serializers.ValidationError(
            {
                "answers": [
                    _("Answers are an object: words, or a list of them, by code.")
                ]
            }
        ) from problem


def category_of(said: str, lon: float, lat: float) -> Category:
    """By its code in the city the place lies in, or by its id."""
    kinds = Category.objects.select_related("department")
    if said.isdecimal() and len(said) < 10:
        found = kinds.filter(pk=int(said)).first()
    else:
        city = _city_at(lon, lat)
        found = kinds.filter(code=said, city=city).first() if city else None
        found = found or kinds.filter(code=said).first()
    if found is None:
        raise serializers.ValidationError(
            {"category": [_("There is no such kind of report here.")]}
        )
    return found


def _city_at(lon: float, lat: float) -> City | None:
    candidates = neighbourhoods_at(lon, lat).candidates
    return candidates[0].city if candidates else None


def neighbourhood_of(code: str) -> Neighbourhood:
    """The neighbourhood of a code, or a sentence."""
    found = Neighbourhood.objects.without_shapes().filter(code=code).first()
    if found is None:
        raise serializers.ValidationError(
            {"neighbourhood": [_("There is no neighbourhood with this code.")]}
        )
    return found
