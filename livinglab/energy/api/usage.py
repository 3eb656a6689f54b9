"""The door for devices: up to 10,000 intervals a call, the same again is no change."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.device_auth import (
    DeviceAuthentication,
    DeviceThrottle,
    IsDevice,
)
from livinglab.energy.errors import UsageRefused
from livinglab.energy.models import Device
from livinglab.energy.serializers.usage import UsageIn, UsageOut, UsageRefusedOut
from livinglab.energy.services.devices import store_device_usage
from livinglab.kernel.numbers import number_said
from livinglab.kernel.parsers import JSONParser

MOST_BYTES = 4 * 1024 * 1024
SENT = {
    "unit": "Wh",
    "intervals": [
        {
            "start": "2026-11-22T09:00:00+09:00",
            "duration_s": 900,
            "value": 62.5,
            "quality": 0,
        }
    ],
}
STORED = {"received": 1, "new": 1, "same": 0, "replaced": 0, "outranked": 0}
REFUSED = {
    "code": "usage_refused",
    "detail": "1개 구간을 받을 수 없어 아무것도 저장하지 않았어요.",
    "error_count": 1,
    "errors": [{"index": 0, "field": "start", "code": "no_zone"}],
}


class EnergyUsage(APIView):
    """POST stores a meter's intervals, all or none; safe to send again."""

    authentication_classes = (DeviceAuthentication,)
    permission_classes = (IsDevice,)
    throttle_classes = (DeviceThrottle,)
    parser_classes = (JSONParser,)

    @extend_schema(
        request=UsageIn,
        responses={200: UsageOut, 422: UsageRefusedOut},
        examples=[
            OpenApiExample("A quarter of an hour", value=SENT, request_only=True),
            OpenApiExample("Stored", value=STORED, status_codes=["200"]),
            OpenApiExample("Refused", value=REFUSED, status_codes=["422"]),
        ],
    )
    def post(self, request: Request) -> Response:
        length = number_said(request.META.get("CONTENT_LENGTH") or "")
        if length is None or length > MOST_BYTES:
            detail = _("The message is too long; send up to 10,000 intervals a call.")
            body = {"code": "too_long", "detail": detail}
            return Response(body, status=status.HTTP_413_REQUEST_ENTITY_TOO_LARGE)
        sent = request.data if isinstance(request.data, dict) else {}
        rows = sent.get("intervals")
        if not isinstance(rows, list):
            none = {"index": -1, "field": "intervals", "code": "no_list"}
            sentence = _("Send an object with a list of intervals.")
            raise UsageRefused(sentence, errors=[none], error_count=1)
        unit = str(sent.get("unit", "Wh"))
        device = cast("Device", request.auth)
        stored = store_device_usage(device, rows, unit=unit)
        told = {
            "received": len(rows),
            "new": stored.new,
            "same": stored.same,
            "replaced": stored.replaced,
            "outranked": stored.outranked,
        }
        return Response(UsageOut(told).data)
