"""Ending sign-ins: the session is gone, and whatever still hung on it is told."""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from livinglab.kernel.commit import after_commit
from livinglab.kernel.kept_json import strings_in
from livinglab.people.events import session_ended
from livinglab.people.models import Person

AT_ONCE = 1_000
MOST_A_ROUND = 50_000


@transaction.atomic
def end_session(row: UserSession) -> None:
    """This sign-in is over wherever it is."""
    key = row.session_key
    row.end()
    after_commit(session_ended.send_robust, UserSession, session_key=key)


@transaction.atomic
def end_other_sessions(person: Person, *, but: str) -> int:
    """Every sign-in but the one with this key; how many ended."""
    others = list(
        UserSession.objects.filter(user_id=person.pk).exclude(session_key=but)
    )
    for row in others:
        end_session(row)
    return len(others)


def end_all_sessions(person: Person) -> int:
    """Every sign-in of this person."""
    return end_other_sessions(person, but="")


@transaction.atomic
def erase_sessions_of(person: Person) -> None:
    """Every sign-in, and those that were begun with the address and given up."""
    end_all_sessions(person)
    listed = UserSession.objects.filter(session_key=OuterRef("session_key"))
    others = Session.objects.filter(~Exists(listed))
    theirs = [row.pk for row in others.iterator() if _knows(row.get_decoded(), person)]
    Session.objects.filter(pk__in=theirs).delete()


def _knows(kept: dict[str, Any], person: Person) -> bool:
    begun = kept.get(LOGIN_SESSION_KEY)
    whose = begun.get("user_pk") if isinstance(begun, dict) else None
    if str(person.pk) in (str(kept.get(SESSION_KEY)), str(whose)):
        return True
    address = person.email.casefold()
    return any(one.casefold() == address for one in strings_in(kept))


def forget_expired_sessions() -> int:
    """Sessions whose time is over, the oldest first and so many a round; how many."""
    forgotten = 0
    while forgotten < MOST_A_ROUND:
        over = Session.objects.filter(expire_date__lt=timezone.now())
        keys = list(over.order_by("expire_date").values_list("pk", flat=True)[:AT_ONCE])
        # Asked once more: one may have been used again meanwhile.
        forgotten += over.filter(pk__in=keys).delete()[0]
        if len(keys) < AT_ONCE:
            break
    return forgotten
