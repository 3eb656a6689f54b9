"""The profile and the consents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.widgets import LongSelect
from livinglab.people.models import Consent, Person
from livinglab.places.choices import neighbourhood_choices


class ProfileForm(forms.ModelForm[Person]):
    class Meta:
        model = Person
        fields = ["name", "neighbourhood", "language"]
        widgets = {"neighbourhood": LongSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "---------"), *neighbourhood_choices()]
        self.fields["neighbourhood"].choices = choices  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """One switch: a purpose and yes or no."""

    purpose = forms.ChoiceField(choices=Consent.Purpose.choices)
    agreed = forms.BooleanField(required=False, label=_("I agree"))
    sure = forms.BooleanField(required=False)
