"""Small questions about a request."""

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """True when htmx asks for a part of a page rather than the page."""
    return request.headers.get("HX-Request") == "true"


def wants_json(request: HttpRequest) -> bool:
    """True for software: the JSON doors, and whoever asks for JSON before HTML."""
    if request.path.startswith("/api/"):
        return True
    kinds = ["text/html", "application/json"]
    return request.get_preferred_type(kinds) == "application/json"
