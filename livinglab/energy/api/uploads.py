"""Files with usage, as JSON: look, give, answer, confirm, and their fate."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.api.premises import home_of
from livinglab.energy.errors import UnreadableFile
from livinglab.energy.models import Upload
from livinglab.energy.serializers.uploads import (
    AnswersIn,
    UploadIn,
    UploadOut,
    preview_out,
    refused_out,
    upload_out,
)
from livinglab.energy.services import uploads
from livinglab.energy.words import reader as reader_words
from livinglab.kernel.numbers import number_said
from livinglab.kernel.pace import keep_pace
from livinglab.people.http import person_of

# What a form adds around its file.
_FORM_BYTES = 1024 * 1024
IMPORTED: dict[str, Any] = {
    "id": 8,
    "name": "2026-09.csv",
    "state": "imported",
    "format": "csv",
    "rows_read": 720,
    "rows_new": 720,
    "rows_same": 0,
    "rows_refused": 0,
    "first": "2026-08-31T15:00:00Z",
    "last": "2026-09-30T14:00:00Z",
    "kwh": "253.114",
    "messages": ["720개를 가져왔어요: 새 값 720개, 이미 있던 값 0개."],
    "understood": {
        "encoding": "cp949",
        "commodity": "electricity",
        "flow": "import",
        "unit": "Wh",
        "resolution_s": 3600,
        "hour_rule": "시각은 읽은 값이 끝나는 때를 뜻해요(24:00은 자정).",
        "first_interval": "2026년 9월 1일, 00:00~01:00",
        "last_interval": "2026년 9월 30일, 23:00~24:00",
        "duplicates": 0,
        "estimated": 0,
        "gap_seconds": 0,
        "gaps": [],
        "months": [
            {"month": "2026-09", "value": 253114000, "readings": 720, "days": 30}
        ],
        "refused": [],
        "questions": [],
    },
}
RECEIVED = {**IMPORTED, "state": "received", "rows_new": 0, "understood": None}
ASKED = {
    **IMPORTED,
    "state": "preview",
    "rows_new": 0,
    "kwh": None,
    "understood": {
        **IMPORTED["understood"],
        "unit": "",
        "questions": [
            {
                "code": "unit",
                "question": "양의 단위가 무엇인가요?",
                "options": [{"value": "kWh", "words": "kWh: 하루 8.4 kWh"}],
            }
        ],
    },
}


class PremisesUploads(APIView):
    """Files of one home: GET lists them, POST gives one or, with preview, looks."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        responses=UploadOut(many=True),
        examples=[OpenApiExample("One file", value=[IMPORTED], response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        found = home_of(request, pk).uploads.order_by("-pk")[:100]
        return Response([UploadOut(upload_out(upload)).data for upload in found])

    @extend_schema(
        request={"multipart/form-data": UploadIn},
        responses={200: UploadOut, 202: UploadOut, 422: UploadOut},
        examples=[
            OpenApiExample("Received", value=RECEIVED, status_codes=["202"]),
            OpenApiExample("Looked at", value=ASKED, status_codes=["200"]),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        home, person = home_of(request, pk), person_of(request)
        if _is_too_long(request):
            return _too_long()
        keep_pace("energy.give_file", person.pk)
        sent = UploadIn(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        file, answers = facts["file"], facts.get("answers") or {}
        if not facts["preview"]:
            upload = uploads.receive_upload(
                home, file, name=file.name, answers=answers, by=person
            )
            return Response(UploadOut(upload_out(upload)).data, status=202)
        try:
            seen = uploads.preview_upload(
                home, file, name=file.name, answers=answers, by=person
            )
        except UnreadableFile as refusal:
            body = refused_out(str(refusal), name=file.name)
            body |= {"code": refusal.code, "detail": str(refusal), **refusal.facts}
            return Response(body, status=refusal.status)
        return Response(UploadOut(preview_out(seen, name=file.name)).data)


def _is_too_long(request: Request) -> bool:
    """Asked before a byte of the body is read."""
    length = number_said(request.META.get("CONTENT_LENGTH") or "0")
    return length is None or length > settings.USAGE_FILE_MAX_BYTES + _FORM_BYTES


def _too_long() -> Response:
    megabytes = settings.USAGE_FILE_MAX_BYTES // 1024 // 1024
    sentence = reader_words.refusal("too_large", {"megabytes": megabytes})
    body = refused_out(sentence, name="") | {"code": "too_large", "detail": sentence}
    return Response(body, status=status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)


class OneUpload(APIView):
    """A file's fate; DELETE takes it back while it waits for a yes."""

    @extend_schema(
        responses=UploadOut,
        examples=[OpenApiExample("Imported", value=IMPORTED, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(UploadOut(upload_out(_upload(request, pk))).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        uploads.withdraw_upload(_upload(request, pk), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ConfirmUpload(APIView):
    """POST answers what the file left open and says yes; it is read soon."""

    @extend_schema(
        request=AnswersIn,
        responses={202: UploadOut},
        examples=[
            OpenApiExample(
                "With an answer", value={"answers": {"unit": "kWh"}}, request_only=True
            ),
            OpenApiExample("Received", value=RECEIVED, response_only=True),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        sent = AnswersIn(data=request.data)
        sent.is_valid(raise_exception=True)
        upload = uploads.confirm_upload(
            _upload(request, pk),
            answers=sent.validated_data["answers"],
            by=person_of(request),
        )
        return Response(UploadOut(upload_out(upload)).data, status=202)


def _upload(request: Request, pk: int) -> Upload:
    mine = Upload.objects.visible_to(person_of(request)).select_related("premises")
    found: Upload = get_object_or_404(mine, pk=pk)
    return found
