"""Shapes at the page door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.people.models import Consent, Person


class ProfileForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ["name", "neighbourhood", "language"]


class ConsentForm(forms.Form):
    """One switch: a purpose and yes or no."""

    purpose = forms.ChoiceField(choices=Consent.Purpose.choices)
    agreed = forms.BooleanField(required=False, label=_("I agree"))

    def clean_purpose(self) -> Any:
        return self.cleaned_data["purpose"]
