"""Files and their fate at the JSON door, in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from livinglab.energy.models import Upload
from livinglab.energy.readers.understood import Understood
from livinglab.energy.words import reader as reader_words

Json = dict[str, Any]


class UploadIn(serializers.Serializer[Any]):
    """A file; `preview` reads it and stores nothing."""

    file = serializers.FileField(allow_empty_file=True)
    preview = serializers.BooleanField(default=False)
    answers = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text='JSON object: question code to answer, such as {"unit": "kWh"}.',
    )

    def validate_answers(self, text: str) -> dict[str, str]:
        return answers_of(text)


class AnswersIn(serializers.Serializer[Any]):
    answers = serializers.DictField(child=serializers.CharField(), default=dict)


def answers_of(text: str) -> dict[str, str]:
    """The answers of a multipart field; a sentence when they are no JSON object."""
    if not text.strip():
        return {}
    try:
        answers = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise serializers.ValidationError(_("This is no JSON object.")) from problem
    if not isinstance(answers, dict):
        raise serializers.ValidationError(_("This is no JSON object."))
    return {str(code): str(answer) for code, answer in answers.items()}


class OptionOut(serializers.Serializer[Any]):
    value = serializers.CharField()
    words = serializers.CharField()


class QuestionOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    question = serializers.CharField()
    options = OptionOut(many=True)


class RefusedRowOut(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    reason = serializers.CharField()
    text = serializers.CharField()


class GapOut(serializers.Serializer[Any]):
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class MonthOut(serializers.Serializer[Any]):
    month = serializers.CharField()
    value = serializers.IntegerField(help_text="Thousandths of the unit.")
    readings = serializers.IntegerField()
    days = serializers.IntegerField()


class UnderstoodOut(serializers.Serializer[Any]):
    """What the reader made of the file."""

    encoding = serializers.CharField()
    commodity = serializers.CharField()
    flow = serializers.CharField()
    unit = serializers.CharField()
    resolution_s = serializers.IntegerField(allow_null=True)
    hour_rule = serializers.CharField()
    first_interval = serializers.CharField()
    last_interval = serializers.CharField()
    duplicates = serializers.IntegerField()
    estimated = serializers.IntegerField()
    gap_seconds = serializers.IntegerField()
    gaps = GapOut(many=True)
    months = MonthOut(many=True)
    refused = RefusedRowOut(many=True)
    questions = QuestionOut(many=True)


class UploadOut(serializers.Serializer[Any]):
    """A file's fate: preview, received, reading, imported or refused."""

    id = serializers.IntegerField(allow_null=True, help_text="Null in a preview.")
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=Upload.State.values)
    format = serializers.CharField()
    rows_read = serializers.IntegerField()
    rows_new = serializers.IntegerField()
    rows_same = serializers.IntegerField()
    rows_refused = serializers.IntegerField()
    first = serializers.DateTimeField(allow_null=True)
    last = serializers.DateTimeField(allow_null=True)
    kwh = serializers.DecimalField(14, 3, allow_null=True)
    messages = serializers.ListField(child=serializers.CharField())
    understood = UnderstoodOut(allow_null=True)


def upload_out(upload: Upload) -> Json:
    """A stored upload for the answer."""
    said = [reader_words.message(message) for message in upload.messages]
    return {
        "id": upload.pk,
        "name": upload.name,
        "state": upload.state,
        "format": upload.format,
        "rows_read": upload.rows_read,
        "rows_new": upload.rows_new,
        "rows_same": upload.rows_same,
        "rows_refused": upload.rows_refused,
        "first": upload.first,
        "last": upload.last,
        "kwh": upload.kwh,
        "messages": said + _notes(upload.understood),
        "understood": understood_out(upload.understood) if upload.understood else None,
    }


def preview_out(understood: Understood, *, name: str) -> Json:
    """The same shape for a file that was only looked at."""
    stored = understood.as_json()
    return {
        "id": None,
        "name": name,
        "state": Upload.State.PREVIEW,
        "format": understood.format,
        "rows_read": understood.readings + understood.refused_count,
        "rows_new": 0,
        "rows_same": 0,
        "rows_refused": understood.refused_count,
        "first": understood.first,
        "last": understood.last,
        "kwh": None if understood.kwh is None else round(understood.kwh, 3),
        "messages": _notes(stored),
        "understood": understood_out(stored),
    }


def refused_out(sentence: str, *, name: str) -> Json:
    """The same shape for a file that cannot be read."""
    return {
        "id": None,
        "name": name,
        "state": Upload.State.REFUSED,
        "format": "",
        "rows_read": 0,
        "rows_new": 0,
        "rows_same": 0,
        "rows_refused": 0,
        "first": None,
        "last": None,
        "kwh": None,
        "messages": [sentence],
        "understood": None,
    }


def _notes(stored: Mapping[str, Any]) -> list[str]:
    notes = stored.get("notes", [])
    return [reader_words.note(note["code"], note["facts"]) for note in notes]


def understood_out(stored: Mapping[str, Any]) -> Json:
    """A kept preview with its codes in words."""
    first, last = reader_words.first_and_last(stored)
    plain = (
        ["encoding", "commodity", "flow", "unit", "resolution_s", "duplicates"]
        + ["estimated", "gap_seconds", "gaps", "months"]
    )  # fmt: skip
    return {name: stored[name] for name in plain} | {
        "hour_rule": reader_words.hour_rule(stored["hour_rule"]),
        "first_interval": first,
        "last_interval": last,
        "refused": [
            row | {"reason": reader_words.row_reason(row["code"])}
            for row in stored["refused"]
        ],
        "questions": [_question_out(asked) for asked in stored["questions"]],
    }


def _question_out(asked: Mapping[str, Any]) -> Json:
    code = asked["code"]
    return {
        "code": code,
        "question": reader_words.question(code, asked["facts"]),
        "options": [
            {
                "value": option["value"],
                "words": reader_words.option(code, option["value"], option["facts"]),
            }
            for option in asked["options"]
        ],
    }
