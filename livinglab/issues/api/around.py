"""Around reports: kinds, what is known, the map, one's own, places one follows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.issues.api.examples import KNOWN, PAGE
from livinglab.issues.api.reports import cards_in_order, known_out
from livinglab.issues.models import Category, FollowedPlace
from livinglab.issues.selectors.boxes import in_box
from livinglab.issues.selectors.known import known_already
from livinglab.issues.selectors.mine import followed_reports, my_reports
from livinglab.issues.serializers.kinds import KindOut
from livinglab.issues.serializers.map import FeaturesOut, features_of
from livinglab.issues.serializers.reports import PageOut
from livinglab.issues.serializers.sending import KnownOut, category_of
from livinglab.issues.serializers.verbs import FollowedPlaceIO
from livinglab.issues.serializers.wishes import BoxIn, PlaceAndWordsIn
from livinglab.issues.services.following import follow_place, unfollow_place
from livinglab.people.http import person_of

GEOJSON = "application/geo+json"
KIND: dict[str, Any] = {
    "id": 12,
    "code": "pothole",
    "city": "siheung",
    "group": "facilities",
    "name": "도로 파임",
    "description": "차도나 보도가 파이거나 꺼진 곳",
    "synonyms": ["구멍", "포트홀", "pothole"],
    "department": "도로과",
    "answer_days": 3,
    "close_days": 7,
    "radius_m": 100,
    "is_public": True,
    "notice": "",
    "notice_phone": "",
    "questions": [
        {
            "code": "depth",
            "datatype": "singlevaluelist",
            "is_required": False,
            "text": "얼마나 깊나요?",
            "hint": "",
            "choices": [{"key": "deeper", "name": "더 깊어요"}],
        }
    ],
}
FEATURES: dict[str, Any] = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": 4127,
            "geometry": {"type": "Point", "coordinates": [126.7386, 37.3463]},
            "properties": {
                "id": 4127,
                "url": "/issues/4127/",
                "title": "도로 파임",
                "category": "pothole",
                "words": "횡단보도 앞이 깊게 파였어요",
                "group": "facilities",
                "state": "received",
                "state_words": "접수했어요",
                "is_open": True,
                "at": "2026-11-23T09:12:41+09:00",
            },
        }
    ],
}
PLACE: dict[str, Any] = {
    "id": 3,
    "name": "우리 골목",
    "neighbourhood": None,
    "lon": 126.7386,
    "lat": 37.3463,
    "radius_m": 300,
}


class KindsIn(serializers.Serializer[Any]):
    city = serializers.SlugField(max_length=20)


class MineIn(serializers.Serializer[Any]):
    which = serializers.ChoiceField(
        choices=["reported", "followed"],
        default="reported",
        help_text="`followed`: what others reported and one met too or follows.",
    )
    before = serializers.IntegerField(required=False, min_value=1, max_value=10**15 - 1)


class Kinds(APIView):
    """GET a city's kinds of reports with their questions, for a phone to keep.

    Where `notice` is not empty, no report is taken: it says what to do instead.
    """

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[KindsIn],
        responses=KindOut(many=True),
        examples=[OpenApiExample("A kind", value=[KIND], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        asked = KindsIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        kinds = Category.objects.offered().filter(
            city__code=asked.validated_data["city"]
        )
        found = kinds.select_related("city", "department").prefetch_related("questions")
        return Response(KindOut(found.defer("city__outline"), many=True).data)


class KnownAlready(APIView):
    """GET public reports that may be the same thing: nearby, or in like words."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[PlaceAndWordsIn],
        responses=KnownOut(many=True),
        examples=[OpenApiExample("One", value=KNOWN["known"], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        asked = PlaceAndWordsIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        facts = asked.validated_data
        point = (facts["lon"], facts["lat"])
        category = category_of(facts["category"], *point)
        return Response(
            known_out(known_already(category, point, facts.get("words", "")))
        )


class OnTheMap(APIView):
    """GET the newest 200 public reports of a box, as GeoJSON (RFC 7946).

    Places are rounded to about ten metres.
    """

    permission_classes = [AllowAny]

    def perform_content_negotiation(  # type: ignore[override]
        self, request: Request, force: bool = False
    ) -> object:
        """Whatever a client says it accepts, the address names the format."""
        return super().perform_content_negotiation(request, force=True)

    @extend_schema(
        parameters=[BoxIn],
        responses={(200, GEOJSON): FeaturesOut},
        examples=[
            OpenApiExample(
                "A box", value=FEATURES, response_only=True, media_type=GEOJSON
            )
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        asked = BoxIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        rows = in_box(asked.validated_data["box"], asked.wanted())
        body = {"type": "FeatureCollection", "features": features_of(rows)}
        return HttpResponse(JSONRenderer().render(body), content_type=GEOJSON)


class MyReports(APIView):
    """GET one's own reports, or those one follows, the newest first."""

    @extend_schema(
        parameters=[MineIn],
        responses=PageOut,
        examples=[OpenApiExample("A page", value=PAGE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        asked = MineIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wish = asked.validated_data
        pages = followed_reports if wish["which"] == "followed" else my_reports
        page = pages(person_of(request), before=wish.get("before"))
        found = cards_in_order(page.ids)
        return Response(PageOut({"issues": found, "before": page.next_before}).data)


class MyPlaces(APIView):
    """GET the places one follows; POST follows a neighbourhood or "my street"."""

    @extend_schema(
        responses=FollowedPlaceIO(many=True),
        examples=[OpenApiExample("My street", value=[PLACE], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(FollowedPlaceIO(_places(request), many=True).data)

    @extend_schema(
        request=FollowedPlaceIO,
        responses={201: FollowedPlaceIO},
        examples=[
            OpenApiExample("My street", value=PLACE, response_only=True),
            OpenApiExample(
                "A dong",
                value={"name": "정왕1동", "neighbourhood": "4139059100"},
                request_only=True,
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        person = person_of(request)
        sent = FollowedPlaceIO(data=request.data)
        sent.is_valid(raise_exception=True)
        place = follow_place(**sent.validated_data, by=person)
        return Response(FollowedPlaceIO(place).data, status=201)


class MyPlace(APIView):
    """DELETE lets a place go."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        place = get_object_or_404(_places(request), pk=pk)
        unfollow_place(place, by=person_of(request))
        return Response(status=204)


def _places(request: Request) -> Any:
    mine = FollowedPlace.objects.filter(person=person_of(request))
    return mine.select_related("neighbourhood").defer("neighbourhood__polygon")
