"""The code that shows it is still the same person."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from livinglab.people.proof_code import proof_code_fits


class ProofForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not proof_code_fits(self.request, code):
            raise forms.ValidationError(
                _("This code does not fit, or it is too old. You can get a new one.")
            )
        return code
