"""Kakao and Naver: a way in, never a way into somebody else's account."""

from typing import Any

from allauth.socialaccount.adapter import (
    DefaultSocialAccountAdapter,
    _build_apps_from_settings,
)
from django.http import Http404, HttpRequest

# Naver hands out any address its users typed; only Kakao says which are confirmed.
CONFIRMS_ADDRESSES = {"kakao"}


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """No names, no pictures, no tokens: an id and, when confirmed, an address."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        account = sociallogin.account
        account.extra_data = {}
        for address in sociallogin.email_addresses:
            trusted = account.provider in CONFIRMS_ADDRESSES
            address.verified = bool(address.verified) and trusted

    def populate_user(
        self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]
    ) -> Any:
        """The address only; a nickname over there is no name here."""
        known = {"email": data.get("email")}
        return super().populate_user(request, sociallogin, known)

    def get_app(
        self, request: HttpRequest, provider: Any, client_id: Any = None
    ) -> Any:
        """A provider without keys is no address of ours."""
        if not _apps(provider, client_id):
            raise Http404
        return super().get_app(request, provider, client_id)

    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """Keys come from the environment; asking the database would cost a query."""
        return _apps(provider, client_id)


def _apps(provider: str | None, client_id: str | None) -> list[Any]:
    found = _build_apps_from_settings(provider=provider, client_id=client_id)
    return [app for apps in found.values() for app in apps]
