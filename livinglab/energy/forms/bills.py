"""The form of a paper bill: the fields as they stand on the paper."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.energy.models import Bill
from livinglab.energy.selectors.bills import tariff_name
from livinglab.energy.services.bills import PaperBill
from livinglab.energy.tariff.tables import RATE_KINDS


class BillForm(forms.Form):
    """First and last day as printed; kWh, or both registers."""

    start = forms.DateField(
        label=_("First day of use"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day of use"), widget=forms.DateInput(attrs={"type": "date"})
    )
    kwh = forms.DecimalField(
        label=_("kWh used this month"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=1,
    )
    register_before = forms.DecimalField(
        label=_("Register of the month before"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=1,
    )
    register_now = forms.DecimalField(
        label=_("Register of this month"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=1,
    )
    amount_won = forms.IntegerField(
        label=_("Amount asked for, in won"),
        required=False,
        min_value=0,
        help_text=_("Only to check; savings need the days and the kWh."),
    )
    tariff_kind = forms.ChoiceField(label=_("Kind of contract"), required=False)
    is_estimate = forms.BooleanField(
        label=_("The meter was estimated, not read"), required=False
    )
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, tariff_name(kind)) for kind in RATE_KINDS]
        self.fields["tariff_kind"].choices = [  # type: ignore[attr-defined]
            ("", _("As registered for this home")),
            *kinds,
        ]

    def paper(self) -> PaperBill:
        """What was typed, for the service."""
        typed = dict(self.cleaned_data)
        typed["end"] = typed.pop("last") + timedelta(days=1)
        return PaperBill(**typed)

    @classmethod
    def of(cls, bill: Bill) -> "BillForm":
        """The form filled with a bill that stands."""
        names = ("start", "kwh", "register_before", "register_now", "amount_won")
        initial = {name: getattr(bill, name) for name in names}
        initial |= {"tariff_kind": bill.tariff_kind, "is_estimate": bill.is_estimate}
        return cls(initial={**initial, "last": bill.end - timedelta(days=1)})
