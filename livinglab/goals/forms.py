"""A measurement that somebody else made, at the coordinators' door."""

from typing import Any

from django import forms

from livinglab.goals.models import Measurement


class MeasurementForm(forms.ModelForm[Measurement]):
    """Only what is typed; days, method and moment are the service's."""

    class Meta:
        model = Measurement
        fields = ("goal", "period", "value", "low", "high", "units", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].required = True
