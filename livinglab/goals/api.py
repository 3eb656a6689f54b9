"""Goals and where they stand as JSON; open to everybody."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.goals.models import Goal
from livinglab.goals.selectors import standing_of, standings
from livinglab.goals.serializers import CityIn, GoalDetailOut, GoalOut
from livinglab.places.models import City

LATEST = {
    "period": "2026",
    "value": -12.4,
    "low": -15.0,
    "high": -9.8,
    "units": 231,
    "method": "caltrack-2.0/1",
    "source": "savings of 231 homes",
    "computed_at": "2026-11-22T04:40:12+09:00",
}
HOUSEHOLD_BILL = {
    "code": "SH-N1",
    "city": "siheung",
    "name_ko": "가정 전기요금",
    "name_en": "Household electricity bill",
    "kind": "effect",
    "direction": "down",
    "unit": "%",
    "baseline": 0.0,
    "target": -20.0,
    "baseline_year": None,
    "target_year": None,
    "source_ko": "참여 가정의 계량기 자료",
    "source_en": "Meter data of homes that take part",
    "responsible": "",
    "verdict": "on_the_way",
    "progress": 0.62,
    "latest": LATEST,
}
DETAIL = HOUSEHOLD_BILL | {
    "definition_ko": "…",
    "definition_en": "…",
    "trap_ko": "…",
    "trap_en": "…",
    "history": [LATEST],
}


class Goals(APIView):
    """GET /api/v1/goals/ lists what the programme promised and where it stands."""

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[CityIn],
        responses=GoalOut(many=True),
        examples=[
            OpenApiExample("Household bill", value=HOUSEHOLD_BILL, response_only=True)
        ],
    )
    def get(self, request: Request) -> Response:
        wanted = CityIn(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        code = wanted.validated_data.get("city")
        city = get_object_or_404(City, code=code) if code else None
        return Response(GoalOut(standings(city), many=True).data)


class OneGoal(APIView):
    """GET /api/v1/goals/{code}/ with its sheet and every measurement."""

    permission_classes = [AllowAny]

    @extend_schema(
        responses=GoalDetailOut,
        examples=[OpenApiExample("Household bill", value=DETAIL, response_only=True)],
    )
    def get(self, request: Request, code: str) -> Response:
        goals = Goal.objects.select_related("city")
        goal = get_object_or_404(goals.prefetch_related("measurements"), code=code)
        return Response(GoalDetailOut(standing_of(goal)).data)
