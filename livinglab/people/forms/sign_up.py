"""The questions of a sign-up, one page each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.fields import LONGEST_EMAIL
from livinglab.people.consent_texts import text_of
from livinglab.people.models import Consent

OVER_14, UNDER_14 = "over", "under"
OPTIONAL = [
    purpose
    for purpose in Consent.Purpose
    if purpose not in (*Consent.REQUIRED, Consent.Purpose.HELPING)
]
NEEDED = _("Without this yes there can be no account.")


class ConsentsForm(forms.Form):
    """Age as one question, two required yeses, the free ones off."""

    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[
            (OVER_14, _("I am 14 or older")),
            (UNDER_14, _("I am not 14 yet")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in [*Consent.REQUIRED, *OPTIONAL]:
            needed = purpose in Consent.REQUIRED
            self.fields[purpose.value] = forms.BooleanField(
                label=purpose.label,
                required=needed,
                help_text=str(text_of(purpose).what),
                error_messages={"required": NEEDED},
            )

    def rows(self, purposes: Any) -> list[dict[str, Any]]:
        """The fields of some purposes beside their words."""
        return [
            {"bound": self[purpose.value], "text": text_of(purpose)}
            for purpose in purposes
        ]

    @property
    def required_rows(self) -> list[dict[str, Any]]:
        return self.rows(Consent.REQUIRED)

    @property
    def optional_rows(self) -> list[dict[str, Any]]:
        return self.rows(OPTIONAL)

    @property
    def optional_yeses(self) -> list[str]:
        return [p.value for p in OPTIONAL if self.cleaned_data.get(p.value)]


class GuardianForm(forms.Form):
    """Whom we ask for a child under 14."""

    email = forms.EmailField(
        label=_("Your guardian's e-mail"),
        max_length=LONGEST_EMAIL,
        help_text=_("Your mother, your father or whoever looks after you."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, own_email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_email = own_email

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self.own_email.lower():
            raise forms.ValidationError(
                _("Please give your guardian's address, not your own.")
            )
        return email
