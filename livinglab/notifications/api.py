"""The inbox and push subscriptions as JSON."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.notifications import selectors
from livinglab.notifications.channels import vapid
from livinglab.notifications.models import Notice
from livinglab.notifications.serializers import (
    EndpointIn,
    InboxOut,
    InboxQuery,
    PushKeyOut,
    SubscriptionIn,
    UnreadOut,
)
from livinglab.notifications.services import addresses, reading
from livinglab.people.http import person_of

IMPORTED: dict[str, Any] = {
    "id": 91,
    "kind": "energy.file_imported",
    "urgency": "action",
    "title": "파일을 읽었어요",
    "body": "usage-2026-10.csv의 사용량이 들어왔어요.",
    "url": "/energy/uploads/12/",
    "about": "premises:17",
    "told_at": "2026-11-02T09:12:00+09:00",
    "read_at": None,
}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/dV3…"
SUBSCRIPTION: dict[str, Any] = {
    "endpoint": ENDPOINT,
    "expirationTime": None,
    "keys": {"p256dh": "BNcR…", "auth": "tBHI…"},
}
ONE_UNREAD = OpenApiExample("One unread", value={"unread": 1}, response_only=True)


class Notices(APIView):
    """GET /api/v1/notices/ lists what the caller was told, newest first."""

    @extend_schema(
        parameters=[InboxQuery],
        responses=InboxOut,
        examples=[
            OpenApiExample(
                "A page of the inbox",
                value={"unread": 1, "next_before": None, "notices": [IMPORTED]},
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        person = person_of(request)
        query = InboxQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        lines = selectors.inbox(person, before=query.validated_data.get("before"))
        shown, more = lines[: selectors.PAGE], lines[selectors.PAGE :]
        found = {
            "unread": selectors.unread_count(person),
            "next_before": shown[-1].notice.pk if more else None,
            "notices": shown,
        }
        return Response(InboxOut(found).data)


class UnreadNotices(APIView):
    """GET /api/v1/notices/unread/ counts for a badge."""

    @extend_schema(responses=UnreadOut, examples=[ONE_UNREAD])
    def get(self, request: Request) -> Response:
        return _unread(request)


class ReadNotice(APIView):
    """POST /api/v1/notices/{id}/read/ notes that the caller read it."""

    @extend_schema(request=None, responses=UnreadOut, examples=[ONE_UNREAD])
    def post(self, request: Request, pk: int) -> Response:
        person = person_of(request)
        notice = get_object_or_404(Notice.objects.visible_to(person), pk=pk)
        reading.mark_read(notice, by=person)
        return _unread(request)


class ReadAllNotices(APIView):
    """POST /api/v1/notices/read/ notes that the caller has seen everything."""

    @extend_schema(
        operation_id="notices_read_all",
        request=None,
        responses=UnreadOut,
        examples=[OpenApiExample("All read", value={"unread": 0}, response_only=True)],
    )
    def post(self, request: Request) -> Response:
        reading.mark_all_read(person_of(request))
        return _unread(request)


class PushKey(APIView):
    """GET /api/v1/push/key/ is the key a browser subscribes with."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=PushKeyOut,
        examples=[OpenApiExample("A key", value={"key": "BKd0…"}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        key = vapid.public_key() if vapid.has_key() else None
        return Response(PushKeyOut({"key": key}).data)


class PushSubscriptions(APIView):
    """POST /api/v1/push/subscriptions/ keeps a browser, DELETE forgets it."""

    @extend_schema(
        request=SubscriptionIn,
        responses={204: None},
        examples=[OpenApiExample("A browser", value=SUBSCRIPTION, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        said = SubscriptionIn(data=request.data)
        said.is_valid(raise_exception=True)
        addresses.subscribe(
            person_of(request),
            endpoint=said.validated_data["endpoint"],
            **said.validated_data["keys"],
        )
        return Response(status=204)

    @extend_schema(
        request=EndpointIn,
        responses={204: None},
        examples=[
            OpenApiExample("A browser", value={"endpoint": ENDPOINT}, request_only=True)
        ],
    )
    def delete(self, request: Request) -> Response:
        said = EndpointIn(data=request.data)
        said.is_valid(raise_exception=True)
        addresses.unsubscribe(
            person_of(request), endpoint=said.validated_data["endpoint"]
        )
        return Response(status=204)


def _unread(request: Request) -> Response:
    unread = selectors.unread_count(person_of(request))
    return Response(UnreadOut({"unread": unread}).data)
