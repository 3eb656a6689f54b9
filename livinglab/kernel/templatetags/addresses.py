"""Whole addresses of our own pages, whatever name a browser called us by."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def whole_address(name: str, *places: object) -> str:
    """The address of a page as letters and search engines get it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse(name, args=places)}"
