"""Who sends a report: a person, or a guest of this browser."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from livinglab.issues.errors import IssueRefused
from livinglab.kernel.http import network_of
from livinglab.kernel.pace import is_within_pace, keep_pace
from livinglab.people.guests import begin_guest
from livinglab.people.http import helping_of, person_of
from livinglab.people.models import Guest, Person


@dataclass(frozen=True)
class Sender:
    """A person, or else a guest."""

    person: Person | None
    guest: Guest | None

    @property
    def owner(self) -> Person | Guest:
        """Whose drafts they are."""
        owner = self.person or self.guest
        assert owner is not None  # noqa: S101  one of the two, always
        return owner


ONESELF = "self"


def name_of_sender(request: HttpRequest) -> str:
    """In whose name this browser sends now, as its form says it beside the rest."""
    helping = helping_of(request)
    return ONESELF if helping is None else str(helping.pk)


def require_name(request: HttpRequest, written_as: object) -> None:
    """Refuse what was written in one name and would go in another.

    A helper's phone may keep a report, and begin or stop acting before it is sent.
    """
    if written_as and written_as != name_of_sender(request):
        raise IssueRefused(
            _(
                "This was written in another name. Please look in whose name it goes"
                " now, and send it again."
            ),
            field="promise",
        )


def paced_sender(request: HttpRequest) -> Sender:
    """Whoever sends this, unless they send too often; guests by their network.

    The guest's cookie goes out with the answer: pass Django's own request.
    """
    if not request.user.is_authenticated:
        return Sender(None, paced_guest(request))
    person = person_of(request)
    keep_pace("issues.send", person.pk)
    return Sender(person, None)


def paced_guest(request: HttpRequest) -> Guest:
    """The guest of this browser, unless their network sends too often."""
    network = network_of(request)
    keep_pace("issues.send_as_guest", network)
    keep_pace("issues.send_as_guest_a_day", network)
    return begin_guest(request)


def is_crowded(request: HttpRequest) -> bool:
    """Whether guests of this network sent so much lately that somebody looks first."""
    if request.user.is_authenticated:
        return False
    return not is_within_pace("issues.published_as_guest", network_of(request))


View = Callable[..., HttpResponse]


def posted(*, to: str) -> Callable[[View], View]:
    """A view that takes a form; who comes by its address alone is led to its page.

    That is where a sign-in leads back to, and the way of a page that was refused.
    """

    def taking(view: View) -> View:
        post = require_POST(view)

        @wraps(view)
        def taken(request: HttpRequest, **named: Any) -> HttpResponse:
            if request.method in {"GET", "HEAD"}:
                return redirect(to, named.get("pk") or named["key"])
            return post(request, **named)

        return taken

    return taking
