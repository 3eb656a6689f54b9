"""What lies ahead of a home, as JSON: running bill, where it goes, three tips."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.selectors.home_days import home_days
from livinglab.energy.selectors.home_energy import homes_of
from livinglab.energy.selectors.outlook import outlook
from livinglab.energy.serializers.outlook import OutlookOut, outlook_out
from livinglab.people.http import person_of

AHEAD: dict[str, Any] = {
    "forecast": {
        "first_day": "2026-08-01",
        "last_day": "2026-08-31",
        "days_known": 20,
        "kwh_so_far": 262.4,
        "kwh": 401.7,
        "kwh_low": 381.0,
        "kwh_high": 422.5,
        "won": 73380,
        "won_low": 67970,
        "won_high": 78790,
        "tier": 2,
        "tier_now": 1,
        "crossings": [
            {
                "tier": 2,
                "bound_kwh": 300,
                "on": "2026-08-23",
                "earliest": "2026-08-23",
                "latest": "2026-08-24",
            },
            {
                "tier": 3,
                "bound_kwh": 450,
                "on": None,
                "earliest": None,
                "latest": None,
            },
        ],
        "follows_weather": True,
    },
    "split": [
        {"part": "base", "kwh": 248.0, "won": 38640},
        {"part": "heating", "kwh": 0.0, "won": 0},
        {"part": "cooling", "kwh": 153.7, "won": 34740},
    ],
    "tips": [
        {
            "code": "cooling_one_degree",
            "text": "에어컨 온도를 1도만 높여 보세요.",
            "kwh": 28,
            "won": 7230,
            "month": "2026-08-01",
            "is_now": True,
        }
    ],
}


class PremisesOutlook(APIView):
    """GET /api/v1/premises/<pk>/outlook/: parts not known yet are null or empty."""

    @extend_schema(
        responses=OutlookOut,
        examples=[OpenApiExample("A home in August", value=AHEAD, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        home = get_object_or_404(homes_of(person_of(request)), pk=pk)
        days = home_days(home, timezone.localdate().replace(day=1))
        return Response(OutlookOut(outlook_out(outlook(home, days))).data)
