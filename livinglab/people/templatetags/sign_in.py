"""What the pages of signing in and up need beside their words."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def sign_up_steps() -> list[str]:
    """The names on the step line."""
    return [_("Address"), pgettext("sign-up step", "Place"), _("Consent")]


@register.simple_tag
def passkey_props(id: str, **props: Any) -> SafeString:
    """The facts of a passkey form, beside it as JSON."""
    words = {
        "failed": _(
            "That did not work, or it was cancelled. You can try again, or use a "
            "code in the mail."
        ),
        "missing": _(
            "This browser cannot use passkeys. A code in the mail works everywhere."
        ),
    }
    return json_script({**props, "words": words}, id)


@register.simple_tag(takes_context=True)
def sign_in_providers(context: template.Context) -> list[Any]:
    """Kakao and Naver, where the city has keys."""
    providers: list[Any] = get_adapter().list_providers(context["request"])
    return providers
