"""Paper bills at the JSON door."""

from typing import Any

from rest_framework import serializers

from livinglab.energy.models import Bill
from livinglab.energy.selectors.bills import check_in_words, reason_in_words
from livinglab.energy.services.bills import PaperBill
from livinglab.energy.tariff.bill_check import BillCheck
from livinglab.energy.tariff.tables import RATE_KINDS


class BillIn(serializers.Serializer[Any]):
    """A paper bill. `end` is the first day after it; kWh or both registers."""

    start = serializers.DateField()
    end = serializers.DateField(help_text="The first day that is not on the bill.")
    kwh = serializers.DecimalField(10, 1, required=False, allow_null=True)
    amount_won = serializers.IntegerField(required=False, allow_null=True, min_value=0)
    tariff_kind = serializers.ChoiceField(
        choices=RATE_KINDS, required=False, allow_blank=True
    )
    register_before = serializers.DecimalField(10, 1, required=False, allow_null=True)
    register_now = serializers.DecimalField(10, 1, required=False, allow_null=True)
    is_estimate = serializers.BooleanField(
        default=False, help_text="The meter was estimated, not read."
    )
    preview = serializers.BooleanField(
        default=False, help_text="Compute and compare; store nothing."
    )
    confirm = serializers.BooleanField(
        default=False, help_text="Yes to the question that came back before."
    )

    def paper(self) -> PaperBill:
        """What was understood, for the service."""
        facts = dict(self.validated_data)
        facts.pop("preview")
        is_confirmed = facts.pop("confirm")
        return PaperBill(**facts, is_confirmed=is_confirmed)


class ReasonOut(serializers.Serializer[Any]):
    code = serializers.CharField()
    fits = serializers.BooleanField(help_text="It explains the difference to the won.")
    sentence = serializers.CharField()


class CheckOut(serializers.Serializer[Any]):
    """Our computation beside the paper. Flats: won are an estimate."""

    computed_won = serializers.IntegerField()
    parts = serializers.DictField(child=serializers.IntegerField())
    difference_won = serializers.IntegerField(allow_null=True)
    matches = serializers.BooleanField(allow_null=True)
    is_estimate = serializers.BooleanField()
    verdict = serializers.CharField()
    reasons = ReasonOut(many=True)


class BillOut(serializers.Serializer[Any]):
    id = serializers.IntegerField(allow_null=True, help_text="Null in a preview.")
    start = serializers.DateField()
    end = serializers.DateField()
    kwh = serializers.DecimalField(10, 1, allow_null=True)
    amount_won = serializers.IntegerField(allow_null=True)
    computed_won = serializers.IntegerField(allow_null=True)
    tariff_kind = serializers.CharField()
    is_estimate = serializers.BooleanField()
    check = CheckOut(allow_null=True, required=False)


def bill_out(bill: Bill, check: BillCheck | None = None) -> dict[str, Any]:
    """A stored bill as JSON, with its check where there is one."""
    return {
        "id": bill.pk,
        "start": bill.start,
        "end": bill.end,
        "kwh": bill.kwh,
        "amount_won": bill.amount_won,
        "computed_won": bill.computed_won,
        "tariff_kind": bill.tariff_kind,
        "is_estimate": bill.is_estimate,
        "check": None if check is None else check_out(check),
    }


def check_out(check: BillCheck) -> dict[str, Any]:
    """A check as JSON, its sentences in the reader's language."""
    return {
        "computed_won": check.computed.total,
        "parts": check.computed.parts(),
        "difference_won": check.difference,
        "matches": check.matches,
        "is_estimate": check.is_estimate,
        "verdict": check_in_words(check),
        "reasons": [
            {"code": r.code, "fits": r.fits, "sentence": reason_in_words(r)}
            for r in check.reasons
        ],
    }
