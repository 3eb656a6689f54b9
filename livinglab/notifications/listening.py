"""What a socket may hear: asked when it asks, and again when something is said."""

from collections.abc import Collection
from importlib import import_module
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from livinglab.kernel.realtime import may_listen

BURST, A_SECOND = 30.0, 1.0


class Allowance:
    """How many messages one socket may send: a burst, then one a second."""

    __slots__ = ("_at", "_left")

    def __init__(self) -> None:
        self._left, self._at = BURST, monotonic()

    def takes(self) -> bool:
        now = monotonic()
        self._left = min(BURST, self._left + (now - self._at) * A_SECOND)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def person_behind(session_key: str) -> Any:
    """Whose session it is, as it stands now; nobody for guests and ended sessions."""
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person = get_user(request)
    return person if person.is_authenticated else None


def may_hear(session_key: str, topics: Collection[str]) -> tuple[bool, set[str]]:
    """Whether somebody is signed in there, and which of these topics they may hear."""
    person = person_behind(session_key)
    return person is not None, {name for name in topics if may_listen(person, name)}
