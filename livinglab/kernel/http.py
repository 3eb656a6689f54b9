"""Small questions about a request."""

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page rather than the page."""
    return request.headers.get("HX-Request") == "true"
