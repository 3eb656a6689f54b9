"""What a home saved, and the model it is held against, as JSON."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.models import Baseline, Premises
from livinglab.energy.serializers.savings import BaselineOut, SavingOut, SavingsQuery
from livinglab.people.http import person_of

JULY: dict[str, Any] = {
    "month": "2026-07",
    "days": 31,
    "days_possible": 31,
    "expected_kwh": 402.118,
    "actual_kwh": 331.204,
    "saved_kwh": 70.914,
    "saved_kwh_low": 52.3,
    "saved_kwh_high": 89.528,
    "weather_kwh": -12.6,
    "expected_won": 73440,
    "actual_won": 54480,
    "saved_won": 18960,
    "saved_won_low": 14190,
    "saved_won_high": 23740,
    "co2_kg": 29.592,
    "state": "saving",
    "method": "caltrack2-daily-0.5c/2",
    "tariff": "residential_low 2023-05-16",
    "is_weather_corrected": True,
    "schemes": {
        "cashback": {
            "reason": "paid",
            "baseline_kwh": "368.400",
            "saved_kwh": "37.196",
            "percent": "10.097",
            "won_per_kwh": 80,
            "won": 2975,
        }
    },
}
MODEL: dict[str, Any] = {
    "kind": "daily",
    "starts_on": "2025-01-01",
    "ends_on": "2025-12-31",
    "n": 361,
    "days_needed": 329,
    "missing": 4,
    "model": "cdd_hdd",
    "mu": 7.91,
    "beta_h": 0.11,
    "beta_c": 0.54,
    "balance_h": 14.5,
    "balance_c": 23.0,
    "r2_adj": 0.81,
    "cvrmse": 0.16,
    "rho": 0.22,
    "method": "caltrack2-daily-0.5c/2",
    "computed_at": "2026-08-01T03:12:09+09:00",
}


class PremisesSavings(APIView):
    """Savings of one home, one row a month, oldest first."""

    @extend_schema(
        parameters=[SavingsQuery],
        responses=SavingOut(many=True),
        examples=[OpenApiExample("A month", value=[JULY], response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        premises = _premises(request, pk)
        query = SavingsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        rows = premises.savings.filter(span=query.validated_data["span"])
        return Response([SavingOut(row).data for row in rows.order_by("month")])


class PremisesBaseline(APIView):
    """The home's baseline, or how far its data have come."""

    @extend_schema(
        responses=BaselineOut,
        examples=[OpenApiExample("A daily model", value=MODEL, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        baseline = Baseline.objects.filter(premises=_premises(request, pk)).first()
        if baseline is None:
            raise Http404
        return Response(BaselineOut(baseline).data)


def _premises(request: Request, pk: int) -> Premises:
    return get_object_or_404(Premises.objects.visible_to(person_of(request)), pk=pk)
