"""What follows notices and the end of a session."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from livinglab.kernel.realtime import announce_all, close_sockets_of
from livinglab.notifications.events import inbox_changed, notices_due
from livinglab.notifications.services.browsers import forget_browsers_of_session
from livinglab.notifications.tasks import deliver_due_notices
from livinglab.people.events import session_ended


@receiver(inbox_changed)
def move_the_badge(sender: Any, *, person_ids: Sequence[int], **more: Any) -> None:
    announce_all((f"person:{person_id}" for person_id in person_ids), "inbox")


@receiver(notices_due)
def deliver_soon(sender: Any, **more: Any) -> None:
    deliver_due_notices.delay()


@receiver(user_logged_out)
def leave_the_browser(sender: Any, *, request: HttpRequest, **more: Any) -> None:
    """Django says so before the session is emptied, so that its key is still known."""
    if key := request.session.session_key:
        end_session(sender, session_key=key)


@receiver(session_ended)
def end_session(sender: Any, *, session_key: str, **more: Any) -> None:
    """Nothing of this person comes to that browser any more, live or by push."""
    forget_browsers_of_session(session_key)
    close_sockets_of(session_key)
