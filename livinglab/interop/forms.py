"""A key for a program, as a coordinator asks for it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from livinglab.interop.models import ApiKey
from livinglab.kernel.fields import LONGEST_EMAIL


class GiveKeyForm(forms.ModelForm[ApiKey]):
    """Who answers for it is named by address: residents are listed nowhere here."""

    owner_email = forms.EmailField(
        label=_("who answers for it"),
        required=False,
        max_length=LONGEST_EMAIL,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "email"}),
        help_text=_("E-mail address of their account; empty: you."),
    )

    class Meta:
        model = ApiKey
        fields = ("name", "city", "quota_a_day")
