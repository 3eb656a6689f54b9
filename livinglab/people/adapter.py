"""allauth's account rules, ours."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """E-mail only; nothing of an address ever becomes a shown name."""

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There is no username."""
