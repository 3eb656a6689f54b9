"""Cities and neighbourhoods as JSON; open to everybody."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.places.models import City, Neighbourhood
from livinglab.places.selectors import neighbourhoods_at
from livinglab.places.serializers import (
    CityOut,
    NeighbourhoodDetailOut,
    NeighbourhoodFilterIn,
    NeighbourhoodOut,
    PlaceAnswerOut,
    PointIn,
)

JEONGWANG = {
    "code": "4139059100",
    "code_is_provisional": False,
    "name_ko": "정왕1동",
    "name_en": "Jeongwang 1-dong",
    "city": "siheung",
    "district_code": None,
    "district_ko": None,
    "lon": 126.7347,
    "lat": 37.3328,
    "station": 112,
    "has_boundary": False,
}
SIHEUNG = {
    "code": "siheung",
    "name_ko": "시흥시",
    "name_en": "Siheung",
    "region_ko": "경기도",
    "region_en": "Gyeonggi-do",
    "default_station": 112,
    "is_approximate": True,
    "boundary_version": "cells-4f0c2a91d7be",
}


class Cities(APIView):
    """GET /api/v1/cities/ lists the cities of the lab."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=CityOut(many=True),
        examples=[OpenApiExample("Siheung", value=SIHEUNG, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(CityOut(City.objects.defer("outline"), many=True).data)


class Neighbourhoods(APIView):
    """GET /api/v1/neighbourhoods/ lists neighbourhoods, by city or by name."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[NeighbourhoodFilterIn],
        responses=NeighbourhoodOut(many=True),
        examples=[
            OpenApiExample("Jeongwang 1-dong", value=JEONGWANG, response_only=True)
        ],
    )
    def get(self, request: Request) -> Response:
        wanted = NeighbourhoodFilterIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        places = Neighbourhood.objects.without_shapes()
        if city := wanted.validated_data.get("city"):
            places = places.filter(city__code=city)
        if words := wanted.validated_data.get("q"):
            places = places.named_like(words)
        return Response(NeighbourhoodOut(places, many=True).data)


class OneNeighbourhood(APIView):
    """GET /api/v1/neighbourhoods/{code}/ with its boundary, where one is loaded."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=NeighbourhoodDetailOut,
        examples=[
            OpenApiExample(
                "Jeongwang 1-dong",
                value=JEONGWANG
                | {
                    "since": "1999-09-27",
                    "boundary_version": "",
                    "predecessors": [],
                    "geometry": None,
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, code: str) -> Response:
        places = Neighbourhood.objects.select_related("city", "district")
        place = get_object_or_404(places.prefetch_related("predecessors"), code=code)
        return Response(NeighbourhoodDetailOut(place).data)


class NeighbourhoodsAt(APIView):
    """GET /api/v1/neighbourhoods/at/?lat=&lon= says which neighbourhood a point is in.

    Several candidates mean that the point lies within 15 m of a border, or that a
    newer neighbourhood has no boundary of its own yet: ask the person. No candidate
    means that the point lies outside the cities of the lab.
    """

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[PointIn],
        responses=PlaceAnswerOut,
        examples=[
            OpenApiExample(
                "By nearest centre",
                value={
                    "is_sure": False,
                    "is_approximate": True,
                    "candidates": [JEONGWANG],
                    "nearby": [],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request) -> Response:
        point = PointIn(data=request.query_params)
        point.is_valid(raise_exception=True)
        answer = neighbourhoods_at(
            point.validated_data["lon"], point.validated_data["lat"]
        )
        return Response(PlaceAnswerOut(answer).data)
