"""Small questions about a request."""

from ipaddress import IPv6Address, ip_address, ip_network

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


def network_of(request: HttpRequest) -> str:
    """Where somebody without an account calls from: address or IPv6 net."""
    said = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(said)
    except ValueError:
        return str(said)
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, 64), strict=False))
    return str(address)
