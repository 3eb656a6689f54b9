"""Small questions about a request."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_BITS = 56  # what a household is given


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
    direct = str(request.META.get("REMOTE_ADDR", ""))
    return _network(_said_by_our_proxies(request)) or _network(direct) or direct


def _said_by_our_proxies(request: HttpRequest) -> str:
    """What the outermost of them saw; further left stands what callers say."""
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return chain[-count].strip() if 0 < count <= len(chain) else ""


def _network(said: str) -> str:
    try:
        address = ip_address(said)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ip_network((address, IPV6_BITS), strict=False))
    return str(address)
