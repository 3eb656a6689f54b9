"""The inbox and push subscriptions as JSON."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from livinglab.notifications import selectors
from livinglab.notifications.channels import vapid
from livinglab.notifications.models import Notice
from livinglab.notifications.serializers import (
    BrowserOut,
    EndpointIn,
    InboxOut,
    InboxQuery,
    PushKeyOut,
    RenewalIn,
    SubscriptionIn,
    UnreadOut,
)
from livinglab.notifications.services import browsers, reading
from livinglab.notifications.services.browsers import Address
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
RENEWAL: dict[str, Any] = SUBSCRIPTION | {
    "old": {"endpoint": f"{ENDPOINT}old", "auth": "k8JV…"}
}
PHONE: dict[str, Any] = {
    "id": 4,
    "device": "Android · Chrome",
    "since": "2026-11-02T09:12:00+09:00",
    "reached_at": None,
    "digest": "9f86d081884c7d65…",
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
    """GET lists the caller's browsers, POST keeps one, DELETE forgets it."""

    @extend_schema(
        responses=BrowserOut(many=True),
        examples=[OpenApiExample("A phone", value=PHONE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        rows = selectors.browsers_of(person_of(request))
        return Response(BrowserOut(rows, many=True).data)

    @extend_schema(
        request=SubscriptionIn,
        responses={204: None},
        examples=[OpenApiExample("A browser", value=SUBSCRIPTION, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        said = SubscriptionIn(data=request.data)
        said.is_valid(raise_exception=True)
        browsers.subscribe(
            person_of(request),
            _address(said.validated_data),
            user_agent=request.headers.get("User-Agent", ""),
            session_key=_session_key(request),
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
        browsers.unsubscribe(
            person_of(request), endpoint=said.validated_data["endpoint"]
        )
        return Response(status=204)


class FewRenewals(AnonRateThrottle):
    """A browser changes its address now and then, not again and again."""

    rate = "30/hour"


class PushRenewals(APIView):
    """POST /api/v1/push/renewals/: the browser changed its address by itself.

    It may do so while nobody is signed in, so the old address and its secret are
    the proof, and no cookie is looked at.
    """

    authentication_classes: list[type[BaseAuthentication]] = []
    permission_classes = [AllowAny]
    throttle_classes = [FewRenewals]

    @extend_schema(
        request=RenewalIn,
        responses={204: None},
        auth=[],
        examples=[OpenApiExample("A new address", value=RENEWAL, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        said = RenewalIn(data=request.data)
        said.is_valid(raise_exception=True)
        old = said.validated_data["old"]
        browsers.renew(old["endpoint"], old["auth"], _address(said.validated_data))
        return Response(status=204)


def _address(said: dict[str, Any]) -> Address:
    return Address(said["endpoint"], **said["keys"])


def _session_key(request: Request) -> str:
    """Of the browser's session; software with a token has none."""
    is_browser = isinstance(request.successful_authenticator, SessionAuthentication)
    return str(request.session.session_key or "") if is_browser else ""


def _unread(request: Request) -> Response:
    unread = selectors.unread_count(person_of(request))
    return Response(UnreadOut({"unread": unread}).data)
