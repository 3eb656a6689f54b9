"""Helping each other as JSON."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.people import selectors
from livinglab.people.authentication import SessionAuthentication
from livinglab.people.http import oneself, person_of
from livinglab.people.models import Helping
from livinglab.people.proof import require_proof
from livinglab.people.serializers import (
    ActOut,
    HelpCodeIn,
    HelpingOut,
    InvitedOut,
    InviteIn,
)
from livinglab.people.services.helping import (
    accept_help,
    confirm_help,
    end_help,
    invite_helper,
)

HELPING = {
    "id": 5,
    "state": "active",
    "person": "보라네",
    "helper": "이웃집",
    "areas": ["energy"],
    "until": "2027-02-28",
    "is_active": True,
    "ended_by": "",
}
ACT = {
    "helper": "이웃집",
    "person": "보라네",
    "area": "energy",
    "rule": "energy.add_usage",
    "words": "검침값이나 고지서, 파일을 넣거나 고쳤어요",
    "thing": "우리집",
    "acted_at": "2026-11-20T10:12:00+09:00",
}


def _shown(name: str, value: object, status: str = "200") -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=[status])


class MyHelpings(APIView):
    """GET, POST /api/v1/me/helping/: who helps whom; a code for one helper."""

    @extend_schema(
        responses=HelpingOut(many=True), examples=[_shown("A help", HELPING)]
    )
    def get(self, request: Request) -> Response:
        helpings = selectors.helpings_of(oneself(request))
        return Response(HelpingOut(helpings, many=True).data)

    @extend_schema(
        request=InviteIn,
        responses={201: InvitedOut},
        examples=[
            OpenApiExample(
                "Readings until the end of winter",
                value={"areas": ["energy"], "until": "2027-02-28"},
                request_only=True,
            ),
            _shown(
                "The code, shown once",
                {
                    "helping": {**HELPING, "state": "invited", "helper": None},
                    "code": "7K4MX2Q9TB",
                },
                "201",
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        person = person_of(request)
        sent = InviteIn(data=request.data)
        sent.is_valid(raise_exception=True)
        helping, code = invite_helper(person, **sent.validated_data)
        told = InvitedOut({"helping": helping, "code": code})
        return Response(told.data, status=201)


class AcceptHelp(APIView):
    """POST /api/v1/me/helping/accept/ brings a code: the helper's yes."""

    @extend_schema(
        request=HelpCodeIn,
        responses=HelpingOut,
        examples=[
            OpenApiExample("A code", value={"code": "7K4MX2Q9TB"}, request_only=True),
            _shown("Now the other's yes", {**HELPING, "state": "accepted"}),
        ],
    )
    def post(self, request: Request) -> Response:
        person = person_of(request)
        refused: HttpResponse | None = ratelimit.consume_or_429(
            request._request, action="help_code", user=person
        )
        if refused is not None:
            raise Throttled
        sent = HelpCodeIn(data=request.data)
        sent.is_valid(raise_exception=True)
        helping = accept_help(sent.validated_data["code"], by=person)
        return Response(HelpingOut(helping).data)


class ConfirmHelp(APIView):
    """POST /api/v1/me/helping/{id}/confirm/: the helped person's yes.

    Only from a signed-in browser, and after a fresh proof.
    """

    authentication_classes = [SessionAuthentication]

    @extend_schema(
        request=None, responses=HelpingOut, examples=[_shown("Helping now", HELPING)]
    )
    def post(self, request: Request, pk: int) -> Response:
        person = person_of(request)
        mine = Helping.objects.filter(person=person).select_related("person", "helper")
        helping = get_object_or_404(mine, pk=pk)
        require_proof(request)
        return Response(HelpingOut(confirm_help(helping, by=person)).data)


class OneHelping(APIView):
    """GET, DELETE /api/v1/me/helping/{id}/: either of the two ends it at once."""

    @extend_schema(responses=HelpingOut, examples=[_shown("A help", HELPING)])
    def get(self, request: Request, pk: int) -> Response:
        return Response(HelpingOut(_visible(request, pk)).data)

    @extend_schema(
        responses=HelpingOut,
        examples=[
            _shown(
                "Ended",
                {**HELPING, "state": "ended", "is_active": False, "ended_by": "helper"},
            )
        ],
    )
    def delete(self, request: Request, pk: int) -> Response:
        helping = end_help(_visible(request, pk), by=oneself(request))
        return Response(HelpingOut(helping).data)


class HelpingActs(APIView):
    """GET /api/v1/me/helping/{id}/acts/: what was done, with both names."""

    @extend_schema(responses=ActOut(many=True), examples=[_shown("An act", ACT)])
    def get(self, request: Request, pk: int) -> Response:
        acts = selectors.latest_acts(_visible(request, pk), most=200)
        return Response(ActOut(acts, many=True).data)


def _visible(request: Request, pk: int) -> Helping:
    mine = Helping.objects.visible_to(oneself(request))
    return get_object_or_404(mine.select_related("person", "helper"), pk=pk)
