"""Parting from Kakao or Naver: the confirmed address still opens the account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.forms import DisconnectForm
from django import forms
from django.utils.translation import gettext as _


class PartForm(DisconnectForm):  # type: ignore[misc]
    """allauth would ask for a password; a code in the mail is ours."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        person = self.request.user
        if not EmailAddress.objects.filter(user=person, verified=True).exists():
            raise forms.ValidationError(
                _("Please confirm your e-mail address first; else nothing is left.")
            )
        return cleaned
