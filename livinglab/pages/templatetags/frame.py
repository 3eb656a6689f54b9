"""Where in the house a page stands, so that the frame is drawn once for each tab."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

# What an address holds that belongs to a tab; the first that fits is the tab.
BELONGS = {
    "report": ("/report/", "/issues/"),
    "places": ("/places/",),
    "energy": ("/energy/",),
    "me": ("/me/", "/accounts/"),
}


@register.simple_tag(takes_context=True)
def tab_of_page(context: dict[str, Any]) -> str:
    """The tab this page is below; "search" for the search, "" where no tab leads."""
    path = getattr(context.get("request"), "path", "")
    if path == reverse("pages:home"):
        return "home"
    if path == reverse("pages:search"):
        return "search"
    held = (tab for tab, parts in BELONGS.items() if any(p in path for p in parts))
    return next(held, "")
