"""Reports: send one, whole and once."""

import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.issues.errors import KnownAlready
from livinglab.issues.http import paced_sender
from livinglab.issues.models import Issue
from livinglab.issues.selectors.known import Known
from livinglab.issues.serializers.reports import BESIDE, ReportedOut
from livinglab.issues.serializers.sending import KnownAlreadyOut, KnownOut, ReportIn
from livinglab.issues.services.sending import report_with_photos
from livinglab.people.authentication import TokenAuthentication, VisitorAuthentication
from livinglab.people.errors import KeyRefused
from livinglab.people.once import ONCE, require_owner

SENT: dict[str, Any] = {
    "key": "0f6c2c8e-6a0b-4a4e-9f0f-3f1f0a4b8d21",
    "category": "pothole",
    "lon": 126.7386,
    "lat": 37.3463,
    "place_from": "device",
    "words": "횡단보도 앞이 깊게 파였어요",
    "answers": {"SIZE": "L"},
    "seen_at": "2026-11-23T09:12:00+09:00",
    "ask_known": True,
}
CARD: dict[str, Any] = {
    "id": 4127,
    "url": "/issues/4127/",
    "title": "도로 파임",
    "category": "pothole",
    "group": "facilities",
    "words": "횡단보도 앞이 깊게 파였어요",
    "state": "received",
    "state_words": "접수했어요",
    "is_open": True,
    "city": "siheung",
    "neighbourhood": "4139059100",
    "place": "정왕1동",
    "lon": 126.7386,
    "lat": 37.3463,
    "at": "2026-11-23T09:12:41+09:00",
    "changed_at": "2026-11-23T09:12:41+09:00",
    "due_on": "2026-12-02",
    "supporters": 0,
    "photo": "",
}
REPORTED = {
    **CARD,
    "department": "도로과",
    "answer_due_on": "2026-11-26",
    "address": "",
    "seen_at": "2026-11-23T09:12:00+09:00",
    "is_public": True,
    "photo_count": 2,
}
KNOWN = {
    "code": "known_already",
    "detail": "이미 알려진 일일 수 있어요. 아래 제보 가운데 같은 것이 있나요?",
    "question": "known",
    "known": [{**CARD, "id": 3990, "url": "/issues/3990/", "metres": 14}],
}


class Reports(APIView):
    """POST /api/v1/issues/ reports what is wrong, with up to five photos.

    One request is one report: all of it is stored, or nothing. The same `key` again,
    from a phone that never heard the answer, is answered 200 with the same report.
    Guests may report as well: their browser shows the token of our pages
    (`X-CSRFToken`), software shows one of its own.
    """

    authentication_classes = [TokenAuthentication, VisitorAuthentication]
    permission_classes = [AllowAny]
    parser_classes = [MultiPartParser, FormParser, JSONParser]

    @extend_schema(
        parameters=ONCE,
        request={
            "multipart/form-data": ReportIn,
            "application/json": ReportIn,
        },
        responses={200: ReportedOut, 201: ReportedOut, 409: KnownAlreadyOut},
        examples=[
            OpenApiExample("A hole in the road", value=SENT, request_only=True),
            OpenApiExample(
                "Taken", value=REPORTED, response_only=True, status_codes=["201"]
            ),
            OpenApiExample(
                "Sent before", value=REPORTED, response_only=True, status_codes=["200"]
            ),
            OpenApiExample(
                "Known already?", value=KNOWN, response_only=True, status_codes=["409"]
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        require_owner(request)
        sender = paced_sender(request._request)
        sent = ReportIn(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        try:
            reported = report_with_photos(
                sent.said(key=facts.get("key") or _key_of(request)),
                sent.sent_photos(),
                by=sender.person,
                guest=sender.guest,
                ask_known=facts["ask_known"],
            )
        except KnownAlready as held:
            return _ask(held)
        found = Issue.objects.select_related(*BESIDE).prefetch_related("photos")
        body = ReportedOut(found.get(pk=reported.issue.pk)).data
        is_new = reported.is_new
        return Response(
            body, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        )


def _key_of(request: Request) -> uuid.UUID:
    """Of the header, else a new one: then the same again is another report."""
    said = request.headers.get("Idempotency-Key")
    try:
        return uuid.UUID(said) if said else uuid.uuid4()
    except ValueError as problem:
        raise KeyRefused(_("The key of this request cannot be used.")) from problem


def _ask(held: KnownAlready) -> Response:
    body = {
        "code": held.code,
        "detail": str(held),
        "question": "known",
        "known": [_known(one) for one in held.known],
    }
    return Response(body, status=held.status)


def _known(one: Known) -> dict[str, Any]:
    one.issue.metres = one.metres  # type: ignore[attr-defined]
    return dict(KnownOut(one.issue).data)
