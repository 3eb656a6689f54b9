"""What residents say changed their home, as JSON."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.models import Premises
from livinglab.energy.serializers.declared_events import (
    DeclaredEventIn,
    DeclaredEventOut,
)
from livinglab.energy.services.savings import declare_event, take_back_event
from livinglab.people.http import person_of

SENT: dict[str, Any] = {
    "kind": "electric_car",
    "effect": "restart",
    "on": "2026-05-02",
    "until": None,
    "note": "",
}
STORED = {"id": 4, **SENT}


class PremisesEvents(APIView):
    """GET lists what was declared of a home, POST declares something."""

    @extend_schema(
        responses=DeclaredEventOut(many=True),
        examples=[OpenApiExample("A car", value=[STORED], response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        events = _premises(request, pk).declared_events.order_by("on", "pk")
        return Response([DeclaredEventOut(event).data for event in events])

    @extend_schema(
        request=DeclaredEventIn,
        responses={201: DeclaredEventOut},
        examples=[
            OpenApiExample("A car", value=SENT, request_only=True),
            OpenApiExample("Stored", value=STORED, response_only=True),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        premises = _premises(request, pk)
        said = DeclaredEventIn(data=request.data)
        said.is_valid(raise_exception=True)
        event = declare_event(premises, **said.validated_data, by=person_of(request))
        return Response(DeclaredEventOut(event).data, status=status.HTTP_201_CREATED)


class PremisesEvent(APIView):
    """DELETE takes back what was declared."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, event_pk: int) -> Response:
        events = _premises(request, pk).declared_events
        event = get_object_or_404(events, pk=event_pk)
        take_back_event(event, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _premises(request: Request, pk: int) -> Premises:
    return get_object_or_404(Premises.objects.visible_to(person_of(request)), pk=pk)
