"""Shapes at the JSON door."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from livinglab.kernel.fields import Email
from livinglab.kernel.personal_data import Question
from livinglab.people.models import DataRead
from livinglab.places.models import Neighbourhood


class TokenIn(serializers.Serializer[dict[str, Any]]):
    email = Email()
    password = serializers.CharField()


class ConsentOut(serializers.Serializer[Any]):
    purpose = serializers.CharField()
    version = serializers.CharField()
    given_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class MeOut(serializers.Serializer[dict[str, Any]]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()
    language = serializers.CharField()
    neighbourhood = serializers.CharField(allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())
    consents = ConsentOut(many=True)


class NewTokenOut(serializers.Serializer[dict[str, Any]]):
    token = serializers.CharField()
    expiry = serializers.DateTimeField(allow_null=True)


class ProfileIO(serializers.Serializer[dict[str, Any]]):
    name = serializers.CharField(max_length=40, allow_blank=True, required=False)
    neighbourhood = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Neighbourhood.objects.all(),
        allow_null=True,
        required=False,
    )
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)


class ConsentTextOut(serializers.Serializer[Any]):
    version = serializers.CharField()
    since = serializers.DateField()
    what = serializers.CharField()
    why = serializers.CharField()
    how_long = serializers.CharField()
    on_withdrawal = serializers.CharField()
    changed = serializers.CharField()


class SaidOut(serializers.Serializer[Any]):
    is_yes = serializers.BooleanField()
    at = serializers.DateTimeField()
    version = serializers.CharField()


class PurposeOut(serializers.Serializer[Any]):
    purpose = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_on = serializers.BooleanField()
    is_required = serializers.BooleanField()
    asks_again = serializers.BooleanField()
    text = ConsentTextOut()


class PurposeWithHistoryOut(PurposeOut):
    history = SaidOut(many=True)


class AgreedIn(serializers.Serializer[dict[str, Any]]):
    agreed = serializers.BooleanField()


class DataReadOut(serializers.Serializer[Any]):
    what = serializers.CharField()
    why = serializers.CharField()
    reader_as = serializers.CharField()
    reader = serializers.SerializerMethodField()
    city = serializers.CharField(source="city.code", allow_null=True, default=None)
    read_at = serializers.DateTimeField()

    def get_reader(self, read: DataRead) -> str | None:
        """A helper by name; staff by role and city."""
        if read.reader is None or read.reader_as in DataRead.STAFF:
            return None
        return read.reader.name


class DataReadPageOut(serializers.Serializer[Any]):
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = DataReadOut(many=True)


class DownloadOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    state = serializers.CharField()
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    size = serializers.IntegerField(allow_null=True)


class LeavingQuestionOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    words = serializers.CharField()
    options = serializers.SerializerMethodField()
    usual = serializers.CharField()

    def get_options(self, question: Question) -> dict[str, str]:
        return dict(question.options)


class LeavingOut(serializers.Serializer[Any]):
    is_leaving = serializers.BooleanField()
    number = serializers.CharField(allow_null=True)
    erase_at = serializers.DateTimeField(allow_null=True)
    questions = LeavingQuestionOut(many=True)


class LeaveIn(serializers.Serializer[dict[str, Any]]):
    answers = serializers.DictField(child=serializers.CharField(), required=False)


class GoneOut(serializers.Serializer[Any]):
    what = serializers.CharField()
    words = serializers.CharField()
    count = serializers.IntegerField()


class KeptOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()
    basis = serializers.CharField()
    is_law = serializers.BooleanField()
    count = serializers.IntegerField()
    until = serializers.DateField()


class ProofOut(serializers.Serializer[Any]):
    number = serializers.CharField()
    state = serializers.ChoiceField(choices=["waiting", "erased"])
    asked_on = serializers.DateField()
    erased_on = serializers.DateField()
    gone = GoneOut(many=True)
    kept = KeptOut(many=True)


class HelpingOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    state = serializers.CharField()
    person = serializers.CharField(source="person.name")
    helper = serializers.CharField(source="helper.name", default=None, allow_null=True)
    areas = serializers.ListField(child=serializers.CharField())
    until = serializers.DateField()
    is_active = serializers.BooleanField()
    ended_by = serializers.CharField()


class InviteIn(serializers.Serializer[dict[str, Any]]):
    areas = serializers.ListField(child=serializers.CharField())
    until = serializers.DateField()
    address = Email(required=False, default="")


class InvitedOut(serializers.Serializer[Any]):
    helping = HelpingOut()
    code = serializers.CharField()


class HelpCodeIn(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField(max_length=20)


class ActOut(serializers.Serializer[Any]):
    helper = serializers.CharField(source="helper.name", default=None, allow_null=True)
    person = serializers.CharField(source="person.name")
    area = serializers.CharField()
    rule = serializers.CharField()
    words = serializers.CharField()
    thing = serializers.CharField()
    acted_at = serializers.DateTimeField()
