"""Reports: the public list, and one that is sent, whole and once."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.issues.api.examples import ARRIVED, KNOWN, PAGE, REPORTED, SENT
from livinglab.issues.errors import ArrivedAlready, KnownAlready
from livinglab.issues.http import is_crowded, paced_sender, require_name
from livinglab.issues.models import Issue
from livinglab.issues.selectors.known import Known
from livinglab.issues.selectors.listing import listed
from livinglab.issues.serializers.reports import BESIDE, CardOut, PageOut, ReportedOut
from livinglab.issues.serializers.sending import (
    ArrivedAlreadyOut,
    KnownAlreadyOut,
    ReportIn,
)
from livinglab.issues.serializers.wishes import ListIn
from livinglab.issues.services.sending import report_once
from livinglab.kernel.parsers import JSONParser
from livinglab.people.authentication import TokenAuthentication, VisitorAuthentication
from livinglab.people.errors import KeyRefused
from livinglab.people.once import ONCE, require_owner


class Reports(APIView):
    """GET lists public reports, POST reports what is wrong with up to five photos.

    One POST is one report: all of it is stored, or nothing. The same `key` again, from
    a phone that never heard the answer, is answered 200 with the same report; what
    differs from the report of its key is refused with 422 `already_received` and that
    report as `answer`. Guests may report as well: their browser shows the token of our
    pages (`X-CSRFToken`), software shows one of its own.
    """

    authentication_classes = [TokenAuthentication, VisitorAuthentication]
    permission_classes = [AllowAny]
    parser_classes = [MultiPartParser, FormParser, JSONParser]

    @extend_schema(
        operation_id="issues_list",
        parameters=[ListIn],
        responses=PageOut,
        examples=[OpenApiExample("A page", value=PAGE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        asked = ListIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        page = listed(asked.wanted())
        found = cards_in_order(page.ids)
        return Response(PageOut({"issues": found, "before": page.next_before}).data)

    @extend_schema(
        parameters=ONCE,
        request={"multipart/form-data": ReportIn, "application/json": ReportIn},
        responses={
            200: ReportedOut,
            201: ReportedOut,
            409: KnownAlreadyOut,
            422: ArrivedAlreadyOut,
        },
        examples=[
            OpenApiExample("A hole in the road", value=SENT, request_only=True),
            *(
                OpenApiExample(
                    name, value=value, response_only=True, status_codes=[code]
                )
                for name, value, code in (
                    ("Taken", REPORTED, "201"),
                    ("Sent before", REPORTED, "200"),
                    ("Known already?", KNOWN, "409"),
                    ("Its key sent another one", ARRIVED, "422"),
                )
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        require_owner(request)
        sender = paced_sender(request._request)
        written: Any = request.data
        sent = ReportIn(data=written)
        sent.is_valid(raise_exception=True)  # from here on it is an object
        require_name(request._request, written.get("acting_for"))
        facts = sent.validated_data
        said = sent.said(key=facts.get("key") or _key_of(request))
        try:
            reported = report_once(
                replace(said, is_from_a_crowd=is_crowded(request._request)),
                sent.sent_photos(),
                by=sender.person,
                guest=sender.guest,
                ask_known=facts["ask_known"],
            )
        except KnownAlready as held:
            return _ask(held)
        except ArrivedAlready as other:
            return _point_to(other)
        is_new = reported.is_new
        return Response(
            _reported(reported.issue),
            status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK,
        )


def cards_in_order(ids: list[int]) -> list[Issue]:
    """Reports with what stands on their cards, in the order of their numbers given."""
    issues = Issue.objects.select_related(*BESIDE).prefetch_related("photos")
    found = issues.defer("city__outline", "neighbourhood__polygon").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def known_out(known: Sequence[Known]) -> list[dict[str, Any]]:
    """Reports that may be the same thing, with their distance."""
    far = {one.issue.pk: one.metres for one in known}
    return [
        {**CardOut(issue).data, "metres": far[issue.pk]}
        for issue in cards_in_order(list(far))
    ]


def _key_of(request: Request) -> uuid.UUID:
    """Of the header, else a new one: then the same again is another report."""
    said = request.headers.get("Idempotency-Key")
    try:
        return uuid.UUID(said) if said else uuid.uuid4()
    except ValueError as problem:
        raise KeyRefused(_("The key of this request cannot be used.")) from problem


def _reported(issue: Issue) -> Any:
    return ReportedOut(cards_in_order([issue.pk])[0]).data


def _point_to(other: ArrivedAlready) -> Response:
    body = {"code": other.code, "detail": str(other), "answer": _reported(other.issue)}
    return Response(body, status=other.status)


def _ask(held: KnownAlready) -> Response:
    body = {
        "code": held.code,
        "detail": str(held),
        "question": "known",
        "known": known_out(held.known),
    }
    return Response(body, status=held.status)
