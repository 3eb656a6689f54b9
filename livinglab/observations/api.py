"""Stations and their days as JSON; open to everybody."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.observations.models import Station
from livinglab.observations.serializers import DayOut, StationOut, WindowIn

DAEGU = {
    "number": 143,
    "name_ko": "대구",
    "name_en": "Daegu",
    "kind": "asos",
    "lon": 128.653,
    "lat": 35.878,
    "newest_day": "2026-11-20",
    "fetched_at": "2026-11-21T10:25:03+09:00",
}
A_DAY = {
    "day": "2026-01-05",
    "tmean": -1.2,
    "tmin": -6.4,
    "tmax": 4.1,
    "source": "kma",
    "quality": "good",
}


class Stations(APIView):
    """GET /api/v1/stations/ lists the weather stations and how fresh they are."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=StationOut(many=True),
        examples=[OpenApiExample("Daegu", value=DAEGU, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(StationOut(Station.objects.all(), many=True).data)


class StationDays(APIView):
    """GET /api/v1/stations/{number}/days/?first=&last= lists daily temperatures.

    A value that was not measured is null; a day nobody told is not in the list.
    """

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[WindowIn],
        responses=DayOut(many=True),
        examples=[OpenApiExample("A cold day", value=A_DAY, response_only=True)],
    )
    def get(self, request: Request, number: int) -> Response:
        station = get_object_or_404(Station, number=number)
        window = WindowIn(data=request.query_params)
        window.is_valid(raise_exception=True)
        days = station.days.filter(
            day__range=(window.validated_data["first"], window.validated_data["last"])
        )
        return Response(DayOut(days.order_by("day"), many=True).data)
