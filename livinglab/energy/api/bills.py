"""Paper bills of a home, as JSON."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from livinglab.energy.models import Bill, Premises
from livinglab.energy.serializers.bills import (
    BillIn,
    BillOut,
    bill_out,
)
from livinglab.energy.services import bills
from livinglab.people.http import person_of

PARTS = {
    "base": 1600,
    "energy": 35460,
    "climate": 2250,
    "fuel": 1250,
    "power_factor": 0,
    "charge": 40560,
    "vat": 4056,
    "fund": 1090,
    "total": 45700,
}
STORED: dict[str, Any] = {
    "id": 31,
    "start": "2026-09-15",
    "end": "2026-10-15",
    "kwh": "253.0",
    "amount_won": 45700,
    "computed_won": 45700,
    "tariff_kind": "residential_low",
    "is_estimate": False,
    "check": None,
}
CHECK: dict[str, Any] = {
    "computed_won": 45700,
    "parts": PARTS,
    "difference_won": 0,
    "matches": True,
    "is_estimate": False,
    "verdict": "계산한 금액 45,700원과 맞아요.",
    "reasons": [],
}
SENT: dict[str, Any] = {
    "start": "2026-09-15",
    "end": "2026-10-15",
    "kwh": "253",
    "amount_won": 45700,
}
BILL_EXAMPLES = [
    OpenApiExample("From the paper", value=SENT, request_only=True),
    OpenApiExample("Look first", value={**SENT, "preview": True}, request_only=True),
    OpenApiExample("Stored", value={**STORED, "check": CHECK}, response_only=True),
]


class PremisesBills(APIView):
    """Bills of one home: GET lists them, POST enters one or, with preview, looks."""

    @extend_schema(
        responses=BillOut(many=True),
        examples=[OpenApiExample("One bill", value=[STORED], response_only=True)],
    )
    def get(self, request: Request, pk: int) -> Response:
        premises = _premises(request, pk)
        return Response([BillOut(bill_out(bill)).data for bill in premises.bills.all()])

    @extend_schema(
        request=BillIn, responses={200: BillOut, 201: BillOut}, examples=BILL_EXAMPLES
    )
    def post(self, request: Request, pk: int) -> Response:
        premises, by = _premises(request, pk), person_of(request)
        given = BillIn(data=request.data)
        given.is_valid(raise_exception=True)
        paper = given.paper()
        bill, check = bills.preview_bill(premises, paper, by=by)
        if _is_preview(request, given):
            return Response(BillOut(bill_out(bill, check)).data)
        bill = bills.enter_bill(premises, paper, by=by)
        body = BillOut(bill_out(bill, check)).data
        return Response(body, status=status.HTTP_201_CREATED)


class PremisesBill(APIView):
    """One bill: PUT corrects it, DELETE takes it back; the history keeps both."""

    @extend_schema(request=BillIn, responses=BillOut, examples=BILL_EXAMPLES)
    def put(self, request: Request, pk: int, bill_pk: int) -> Response:
        bill, by = _bill(request, pk, bill_pk), person_of(request)
        given = BillIn(data=request.data)
        given.is_valid(raise_exception=True)
        paper = given.paper()
        seen, check = bills.preview_bill(bill.premises, paper, by=by, instead_of=bill)
        if not _is_preview(request, given):
            seen = bills.correct_bill(bill, paper, by=by)
        return Response(BillOut(bill_out(seen, check)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int, bill_pk: int) -> Response:
        bills.take_back_bill(_bill(request, pk, bill_pk), by=person_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _premises(request: Request, pk: int) -> Premises:
    return get_object_or_404(Premises.objects.visible_to(person_of(request)), pk=pk)


def _bill(request: Request, pk: int, bill_pk: int) -> Bill:
    mine = Bill.objects.visible_to(person_of(request)).select_related("premises")
    home = Premises.objects.filter(pk=pk)  # of any length: no number is too large
    return get_object_or_404(mine, pk=bill_pk, premises__in=home)


def _is_preview(request: Request, given: BillIn) -> bool:
    """`preview` may stand in the body or in the address."""
    asked = request.query_params.get("preview", "").lower() in {"true", "1"}
    return asked or bool(given.validated_data["preview"])
