"""Whole addresses of our own pages, whatever name a browser called us by."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def whole_address(name: str, *places: object) -> str:
    """The address of a page as letters and search engines get it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, args=places)}"


@register.simple_tag(takes_context=True)
def this_address(context: dict[str, Any]) -> str:
    """The one address of this page, without what a visit adds to it."""
    return f"{settings.SITE_URL.rstrip('/')}{context['request'].path}"
