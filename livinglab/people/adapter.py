"""allauth's account rules, ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from livinglab.people.proof import is_recently_proven

ICONS = {"mfa_reauthenticate": "smartphone", "mfa_reauthenticate:webauthn": "key-round"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """E-mail only; nothing of an address ever becomes a shown name."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is no username."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Our rule for allauth's pages too; theirs lets people without passkey pass."""
        if not is_recently_proven(self.request):
            raise ReauthenticationRequired
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A code in the mail, unless an authenticator app asks for more."""
        stronger = [
            {**way, "icon": ICONS.get(way["id"], "key-round")}
            for way in super().get_reauthentication_methods(user)
        ]
        if not user.is_authenticated or is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return stronger
        by_code = {
            "id": "prove",
            "description": _("A code in the mail"),
            "url": reverse("people:prove"),
            "icon": "mail",
        }
        return [by_code, *stronger]
