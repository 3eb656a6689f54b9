"""What an area's homes and buildings saved, as JSON; open to everybody."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.selectors.areas import area_figures, level_of
from livinglab.energy.serializers.areas import AreaQuery, AreaSavingOut

JULY: dict[str, Any] = {
    "month": "2026-07",
    "suppressed": False,
    "months": 1,
    "homes": 118,
    "excluded": {"collecting": 4, "no_consent": 6, "no_data": 3},
    "expected_kwh": 41230.0,
    "actual_kwh": 37290.0,
    "saved_kwh": 3940.0,
    "half_width_kwh": 620.0,
    "expected_won": 6710000,
    "saved_won": 828000,
    "half_width_won": 131000,
    "saved_share": 0.1234,
    "saved_share_low": 0.1039,
    "saved_share_high": 0.1429,
    "goal_share": 0.2,
    "state": "saving",
    "comparison_homes": 41,
    "comparison_share": 0.0121,
    "difference_share": 0.1113,
    "difference_half_width": 0.0352,
    "method": "areas/2",
}
NUMBERS = set(JULY) - {"month", "suppressed", "goal_share", "method"}
HIDDEN: dict[str, Any] = {
    **{name: None if name in NUMBERS else value for name, value in JULY.items()},
    "month": "2026-03",
    "suppressed": True,
}


class AreaSavings(APIView):
    """Savings of a dong, gu or city, one row a month that is over, oldest first.

    A month is shown once at least ten homes are counted, none of them makes up more
    than a quarter, and no smaller group can be computed from what is shown.
    """

    permission_classes = [AllowAny]

    @extend_schema(
        parameters=[AreaQuery],
        responses=AreaSavingOut(many=True),
        examples=[
            OpenApiExample("A month", value=[JULY], response_only=True),
            OpenApiExample("A hidden month", value=[HIDDEN], response_only=True),
        ],
    )
    def get(self, request: Request, code: str) -> Response:
        query = AreaQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        level = level_of(code)
        if level is None:
            raise Http404
        figures = area_figures(code, level=level, **query.validated_data)
        rows: Any = figures[::-1]
        return Response(AreaSavingOut(rows, many=True).data)
