"""What the frame of every page says of the inbox."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from livinglab.notifications.selectors import unread_at_this_look
from livinglab.people.models import Person


def unread(request: HttpRequest) -> dict[str, Any]:
    """How many notices are unread, asked by pages that show it; None for guests."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {"unread_notices": None}
    return {"unread_notices": SimpleLazyObject(lambda: unread_at_this_look(person))}
