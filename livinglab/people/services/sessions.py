"""Ending sign-ins: the session is gone, and whatever still hung on it is told."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from livinglab.kernel.commit import after_commit
from livinglab.people.events import session_ended
from livinglab.people.models import Person


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
