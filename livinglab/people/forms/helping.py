"""Inviting a helper, and the code a helper brings."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from livinglab.kernel.acting import areas
from livinglab.kernel.fields import LONGEST_EMAIL

USUAL_DAYS = 90


def _offered() -> list[tuple[str, str]]:
    return [(one.name, str(one.label)) for one in areas()]


class InviteForm(forms.Form):
    """In what, until when, and where the code goes."""

    areas = forms.MultipleChoiceField(
        label=_("What your helper may do"),
        choices=_offered,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose what your helper may do.")},
    )
    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    address = forms.EmailField(
        label=_("E-mail of your helper"),
        max_length=LONGEST_EMAIL,
        required=False,
        help_text=_("We send the code there. Or read it out yourself."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = timezone.localdate() + timedelta(days=USUAL_DAYS)
        self.fields["until"].initial = usual


class HelpCodeForm(forms.Form):
    """The code somebody gave me."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
