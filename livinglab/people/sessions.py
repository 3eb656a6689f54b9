"""The sign-ins of a person: when each was last used, and ending them."""

import ipaddress
import time
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from livinglab.people.models import Person

SEEN_EVERY_S = 600
NOTED_AS = "seen_at"
BEGUN = ("account_", "socialaccount_")  # how allauth calls what it keeps meanwhile
EXPIRY = "_session_expiry"  # where Django keeps an end of the session's own


def note_seen(request: HttpRequest) -> None:
    """Note that this sign-in is in use; also pushes the session's own end away."""
    if not request.user.is_authenticated or not request.session.session_key:
        return
    if time.time() - request.session.get(NOTED_AS, 0) >= SEEN_EVERY_S:
        note_now(request)


def note_now(request: HttpRequest) -> None:
    """The same at once, as before the list of sign-ins is shown."""
    request.session[NOTED_AS] = time.time()
    seen = UserSession.objects.filter(session_key=request.session.session_key)
    if not seen.update(last_seen_at=timezone.now()):
        UserSession.objects.create_from_request(request)
        _blur_network(request)


def hasten_end(request: HttpRequest) -> None:
    """A sign-in that is begun and not finished is kept as long as it can be finished.

    An address and a code stand in it. Whoever is signed in has the usual weeks.
    """
    session = request.session
    if not session.modified:
        return
    begun = any(key.startswith(BEGUN) for key, _kept in session.items())
    if begun and not request.user.is_authenticated:
        session.set_expiry(settings.ACCOUNT_LOGIN_TIMEOUT)
    elif EXPIRY in session:
        session.set_expiry(None)


def seen_since(moment: datetime) -> QuerySet[Person]:
    """Who opened a page since then."""
    seen = UserSession.objects.filter(last_seen_at__gte=moment).values("user_id")
    return Person.objects.filter(pk__in=seen)


def note_sign_in(request: HttpRequest) -> None:
    """Keep the network of a sign-in, not the exact address; it was seen just now."""
    request.session[NOTED_AS] = time.time()
    _blur_network(request)


def _blur_network(request: HttpRequest) -> None:
    for row in UserSession.objects.filter(session_key=request.session.session_key):
        row.ip = network_of(row.ip)
        row.save(update_fields=["ip"])


def network_of(address: str) -> str:
    """The first address of the neighbourhood of networks: /24, or /48 for IPv6."""
    bits = 24 if ipaddress.ip_address(address).version == 4 else 48
    network = ipaddress.ip_network(f"{address}/{bits}", strict=False)
    return str(network.network_address)
