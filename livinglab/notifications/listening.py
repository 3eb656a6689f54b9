"""What a socket may hear: asked when it asks, and again when something is said."""

from collections.abc import Collection
from importlib import import_module
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from livinglab.kernel.realtime import area_of_topic, may_listen
from livinglab.people.acting import kept_helping
from livinglab.people.models import Person
from livinglab.people.second_factor import showed_second_factor
from livinglab.people.services.helping import acting_through

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
    """Whose session it is, as it stands now; nobody for guests and ended sessions.

    Roles sleep as on a page, where the session showed no second factor.
    """
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person = get_user(request)
    if not isinstance(person, Person):
        return None
    if not showed_second_factor(request, person):
        person.put_roles_to_sleep()
    return person


def helped_behind(session_key: str, helper: Any) -> Any:
    """Whom the session's person acts for now, with the areas handed over."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    helping = kept_helping(session, helper.pk)
    if helping is None:
        return None
    helping.person.acting = acting_through(helping)
    helping.person.put_roles_to_sleep()
    return helping.person


def may_hear(session_key: str, topics: Collection[str]) -> tuple[bool, set[str]]:
    """Whether somebody is signed in there, and which of these topics they may hear.

    A helper hears in the helped one's place what belongs to the areas handed over.
    """
    person = person_behind(session_key)
    heard = {name for name in topics if may_listen(person, name)}
    if person is None or len(heard) == len(topics):
        return person is not None, heard
    helped = helped_behind(session_key, person)
    if helped is not None:
        asked = [name for name in topics if area_of_topic(name) in helped.acting.areas]
        heard |= {name for name in asked if may_listen(helped, name)}
    return True, heard
