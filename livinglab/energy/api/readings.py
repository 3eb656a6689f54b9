"""Register values typed by hand, as JSON."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.api.premises import home_of
from livinglab.energy.models import Premises, RegisterReading
from livinglab.energy.serializers.usage import (
    ReadingIn,
    ReadingOut,
    ReadingPreviewOut,
)
from livinglab.energy.services import meter_readings
from livinglab.people.http import person_of
from livinglab.people.once import ONCE, once

SENT = {"read_at": "2026-11-15T09:00:00+09:00", "kwh": "12345.6"}
KEPT: dict[str, Any] = {
    "id": 12,
    **SENT,
    "starts_new_meter": False,
    "old_meter_final_kwh": None,
    "new_meter_first_kwh": None,
    "rolled_over": False,
    "quality": 7,
    "changes": [],
}
SAID_EXAMPLES = [
    OpenApiExample("A value", value=SENT, request_only=True),
    OpenApiExample("Look first", value={**SENT, "preview": True}, request_only=True),
    OpenApiExample("Kept", value=KEPT, response_only=True),
]


class PremisesReadings(APIView):
    """Readings of one home: GET lists them, POST adds one or, with preview, checks.

    A value that may be a slip comes back as 422 with `question`; sent again with the
    flag that answers it, it is kept.
    """

    @extend_schema(
        responses=ReadingOut(many=True),
        examples=[OpenApiExample("One reading", value=[KEPT], response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        found = RegisterReading.objects.filter(meter__premises=home_of(request, pk))
        found = found.prefetch_related("changes").order_by("read_at")
        return Response(ReadingOut(found, many=True).data)

    @extend_schema(
        parameters=ONCE,
        request=ReadingIn,
        responses={200: ReadingPreviewOut, 201: ReadingOut},
        examples=[
            *SAID_EXAMPLES[:2],
            OpenApiExample("Kept", value=KEPT, status_codes=["201"]),
            OpenApiExample(
                "Looked at", value={"used_kwh": "251.4"}, status_codes=["200"]
            ),
        ],
    )
    @once
    def post(self, request: Request, pk: int) -> Response:
        home, person = home_of(request, pk), person_of(request)
        sent = ReadingIn(data=request.data)
        sent.is_valid(raise_exception=True)
        if sent.validated_data["preview"]:
            used = meter_readings.preview_reading(home, sent.said(), by=person)
            return Response(ReadingPreviewOut({"used_kwh": used}).data)
        reading = meter_readings.add_reading(home, sent.said(), by=person)
        return Response(ReadingOut(reading).data, status=status.HTTP_201_CREATED)


class OneReading(APIView):
    """One reading: PUT corrects it and keeps the old value, DELETE takes it back."""

    @extend_schema(request=ReadingIn, responses=ReadingOut, examples=SAID_EXAMPLES)
    def put(self, request: Request, pk: int, reading_pk: int) -> Response:
        reading = _reading(request, pk, reading_pk)
        sent = ReadingIn(data=request.data)
        sent.is_valid(raise_exception=True)
        person = person_of(request)
        reading = meter_readings.correct_reading(reading, sent.said(), by=person)
        return Response(ReadingOut(reading).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, reading_pk: int) -> Response:
        reading = _reading(request, pk, reading_pk)
        meter_readings.remove_reading(reading, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _reading(request: Request, pk: int, reading_pk: int) -> RegisterReading:
    mine = RegisterReading.objects.visible_to(person_of(request))
    mine = mine.select_related("meter__premises")
    home = Premises.objects.filter(pk=pk)  # of any length: no number is too large
    return get_object_or_404(mine, pk=reading_pk, meter__premises__in=home)
