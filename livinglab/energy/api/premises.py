"""Homes, their members and their devices, as JSON."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.models import Device, Membership, Premises
from livinglab.energy.serializers.premises import (
    DeviceIn,
    DeviceOut,
    DiscountsIn,
    InvitationOut,
    JoinIn,
    NewDeviceOut,
    NewPremisesIn,
    PremisesIn,
    PremisesOut,
)
from livinglab.energy.services import devices, premises
from livinglab.people.http import person_of

SENT = {
    "name": "우리집",
    "neighbourhood": "4139059100",
    "dwelling": "flat",
    "area_band": "60_85",
    "people_band": "3",
    "heating": "gas",
    "tariff_kind": "residential_low",
    "reading_day": 15,
}
ANSWERED = {
    "id": 17,
    "kind": "home",
    **SENT,
    "neighbourhood_name": "정왕1동",
    "contract_kw": None,
    "joined_on": "2026-11-22",
    "origin": "resident",
    "compares": True,
    "right": "owner",
}
DEVICE = {
    "id": 4,
    "name": "현관 계량기",
    "made_at": "2026-11-22T09:00:00+09:00",
    "last_seen_at": None,
    "revoked_at": None,
}
HOME_EXAMPLES = [
    OpenApiExample("A flat", value=SENT, request_only=True),
    OpenApiExample("A flat", value=ANSWERED, response_only=True),
]


def home_of(request: Request, pk: int) -> Premises:
    """The home, if this person belongs to it; otherwise there is none."""
    mine = Premises.objects.visible_to(person_of(request))
    return get_object_or_404(mine.select_related("neighbourhood"), pk=pk)


def _out(request: Request, *homes: Premises) -> list[dict[str, object]]:
    rights = dict(
        Membership.objects.filter(
            person=person_of(request), premises__in=homes
        ).values_list("premises_id", "right")
    )
    return list(PremisesOut(homes, many=True, context={"rights": rights}).data)


class PremisesList(APIView):
    """My homes: GET lists them, POST adds one."""

    @extend_schema(
        responses=PremisesOut(many=True),
        examples=[OpenApiExample("One home", value=[ANSWERED], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        mine = Premises.objects.visible_to(person_of(request))
        homes = mine.select_related("neighbourhood").order_by("pk")
        return Response(_out(request, *homes))

    @extend_schema(
        request=NewPremisesIn, responses={201: PremisesOut}, examples=HOME_EXAMPLES
    )
    def post(self, request: Request) -> Response:
        sent = NewPremisesIn(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = dict(sent.validated_data)
        kind, publishes = facts.pop("kind"), facts.pop("publishes")
        person = person_of(request)
        if kind == Premises.Kind.FACILITY:
            home = premises.add_facility(facts, publishes=publishes, by=person)
        else:
            home = premises.add_premises(facts, by=person)
        return Response(_out(request, home)[0], status=status.HTTP_201_CREATED)


class OnePremises(APIView):
    """One home: GET tells what is known of it, PATCH corrects it."""

    @extend_schema(
        responses=PremisesOut,
        examples=[OpenApiExample("A flat", value=ANSWERED, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(_out(request, home_of(request, pk))[0])

    @extend_schema(request=PremisesIn, responses=PremisesOut, examples=HOME_EXAMPLES)
    def patch(self, request: Request, pk: int) -> Response:
        home = home_of(request, pk)
        sent = PremisesIn(home, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        home = premises.change_premises(
            home, sent.validated_data, by=person_of(request)
        )
        return Response(_out(request, home)[0])


class Discounts(APIView):
    """PUT chooses a home's discounts; they are used to compute and never given out."""

    @extend_schema(
        request=DiscountsIn,
        responses={204: None},
        examples=[
            OpenApiExample("A large family", value={"names": ["large_family"]}),
        ],
    )
    def put(self, request: Request, pk: int) -> Response:
        home = home_of(request, pk)
        sent = DiscountsIn(data=request.data)
        sent.is_valid(raise_exception=True)
        names = sent.validated_data["names"]
        premises.choose_discounts(home, names, by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Invitations(APIView):
    """POST makes a code that lets one person join this home."""

    @extend_schema(
        request=None,
        responses={201: InvitationOut},
        examples=[
            OpenApiExample("A code", value={"code": "K7QMRW2T"}, response_only=True)
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        code = premises.invite(home_of(request, pk), by=person_of(request))
        return Response({"code": code}, status=status.HTTP_201_CREATED)


class Join(APIView):
    """POST joins the home whose code this is."""

    @extend_schema(
        request=JoinIn,
        responses=PremisesOut,
        examples=[
            OpenApiExample("A code", value={"code": "K7QMRW2T"}, request_only=True),
            OpenApiExample("The home", value=ANSWERED, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        sent = JoinIn(data=request.data)
        sent.is_valid(raise_exception=True)
        code = sent.validated_data["code"]
        home = premises.join_by_code(code, by=person_of(request))
        return Response(_out(request, home)[0])


class PremisesDevices(APIView):
    """Devices of a home: GET lists them, POST adds one and shows its token once."""

    @extend_schema(
        responses=DeviceOut(many=True),
        examples=[OpenApiExample("A device", value=[DEVICE], response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        found = Device.objects.filter(meter__premises=home_of(request, pk))
        return Response(DeviceOut(found.order_by("pk"), many=True).data)

    @extend_schema(
        request=DeviceIn,
        responses={201: NewDeviceOut},
        examples=[
            OpenApiExample("A name", value={"name": "현관 계량기"}, request_only=True),
            OpenApiExample(
                "With its token", value={**DEVICE, "token": "9Zk…"}, response_only=True
            ),
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        home = home_of(request, pk)
        sent = DeviceIn(data=request.data)
        sent.is_valid(raise_exception=True)
        name = sent.validated_data["name"]
        device, token = devices.add_device(home, name=name, by=person_of(request))
        body = {**DeviceOut(device).data, "token": token}
        return Response(body, status=status.HTTP_201_CREATED)


class OneDevice(APIView):
    """DELETE takes a device's token away; what it sent stays."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        person = person_of(request)
        device = get_object_or_404(Device.objects.visible_to(person), pk=pk)
        devices.revoke_device(device, by=person)
        return Response(status=status.HTTP_204_NO_CONTENT)
