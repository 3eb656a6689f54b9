"""Kinds of reports and their questions at the JSON door."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from livinglab.issues.models import Category, Question


class KindChoiceOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()


class KindQuestionOut(serializers.ModelSerializer[Question]):
    text = serializers.CharField(help_text="In the reader's language.")
    hint = serializers.CharField()
    choices = serializers.SerializerMethodField()

    class Meta:
        model = Question
        fields = ["code", "datatype", "is_required", "text", "hint", "choices"]
        read_only_fields = fields

    @extend_schema_field(KindChoiceOut(many=True))
    def get_choices(self, question: Question) -> list[dict[str, str]]:
        names = question.choice_names()
        return [{"key": key, "name": name} for key, name in names.items()]


class KindOut(serializers.ModelSerializer[Category]):
    """A kind of report, who gets it and by when, in the reader's language."""

    city = serializers.CharField(source="city.code")
    name = serializers.CharField()
    description = serializers.CharField()
    synonyms = serializers.ListField(child=serializers.CharField())
    department = serializers.CharField(source="department.name")
    notice = serializers.CharField(help_text="Not empty: what to do instead.")
    questions = KindQuestionOut(many=True)

    class Meta:
        model = Category
        fields = [
            "id",
            "code",
            "city",
            "group",
            "name",
            "description",
            "synonyms",
            "department",
            "answer_days",
            "close_days",
            "radius_m",
            "is_public",
            "notice",
            "notice_phone",
            "questions",
        ]
        read_only_fields = fields
