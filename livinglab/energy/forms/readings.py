"""The form of a meter reading: the number, when, and answers where one is asked."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.energy.services.meter_readings import RegisterValue

NEVER, AGAIN, CHANGED = "", "again", "changed"


def of_this_visit() -> dict[str, str]:
    """What an empty form holds that no other visit has: the minute, and its name."""
    return {"at": f"{timezone.localtime():%H:%M}", "key": str(uuid.uuid4())}


class ReadingForm(forms.Form):
    """Day, time and number; the rest is shown only when the number asks for it."""

    day = forms.DateField(
        label=_("Day of the reading"), widget=forms.DateInput(attrs={"type": "date"})
    )
    at = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    kwh = forms.DecimalField(
        label=_("Number on the meter (kWh)"),
        max_digits=10,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.1"}),
        help_text=_("All digits before the point, and one after it if there is one."),
    )
    what = forms.ChoiceField(
        label=_("Why is it smaller than before?"),
        required=False,
        choices=[
            (AGAIN, _("The register started again at 0")),
            (CHANGED, _("The meter was changed")),
        ],
        widget=forms.RadioSelect,
    )
    old_final_kwh = forms.DecimalField(
        label=_("Last number of the old meter (kWh)"),
        required=False,
        max_digits=10,
        decimal_places=1,
    )
    new_first_kwh = forms.DecimalField(
        label=_("First number of the new meter (kWh)"),
        required=False,
        max_digits=10,
        decimal_places=1,
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput())
    key = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        start = {"day": timezone.localdate(), **of_this_visit()}
        kwargs["initial"] = {**start, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.asks = asks or bool(self.data.get("what"))

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self["day"], self["at"], self["kwh"]]

    @property
    def change_fields(self) -> list[forms.BoundField]:
        """What is asked when the number is smaller than the one before."""
        return [self["what"], self["old_final_kwh"], self["new_first_kwh"]]

    def said(self) -> RegisterValue:
        """What was typed, for the service."""
        typed = self.cleaned_data
        moment = datetime.combine(typed["day"], typed["at"])
        return RegisterValue(
            read_at=timezone.make_aware(moment),
            kwh=typed["kwh"],
            meter_changed=typed["what"] == CHANGED,
            old_final_kwh=typed["old_final_kwh"],
            new_first_kwh=typed["new_first_kwh"],
            rolled_over=typed["what"] == AGAIN,
            confirmed=typed["confirmed"],
        )

    def key_and_digest(self) -> tuple[str, str]:
        """Names this page's form with these values: a double tap is one reading."""
        typed = sorted(self.cleaned_data.items(), key=lambda pair: pair[0])
        digest = hashlib.sha256(repr(typed).encode()).hexdigest()
        return str(uuid.uuid5(self.cleaned_data["key"] or uuid.uuid4(), digest)), digest
