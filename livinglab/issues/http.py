"""Who sends a report: a person, or a guest of this browser."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from livinglab.issues.errors import IssueRefused
from livinglab.kernel.http import network_of
from livinglab.kernel.pace import is_within_pace, keep_pace
from livinglab.people.guests import begin_guest
from livinglab.people.http import helping_of, person_of
from livinglab.people.models import Guest, Person
from livinglab.people.services.guests import DRAFT_LASTS


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
IN_ANOTHER_NAME = _(
    "This was written in another name. Please look in whose name it goes now, and"
    " send it again."
)
_names = TimestampSigner(salt="livinglab.issues.page")


def name_of_sender(request: HttpRequest) -> str:
    """In whose name this browser sends now, as its form says it beside the rest."""
    helping = helping_of(request)
    return ONESELF if helping is None else str(helping.pk)


def require_name(request: HttpRequest, written_as: object) -> None:
    """Refuse what was written in one name and would go in another.

    A helper's phone may keep a report, and begin or stop acting before it is sent.
    """
    if written_as and written_as != name_of_sender(request):
        raise IssueRefused(str(IN_ANOTHER_NAME), field="promise")


def name_on_page(person: Person) -> str:
    """Whose page it is, for its forms: they may be sent when nobody is signed in."""
    return _names.sign(str(person.pk))


def named_on_page(request: HttpRequest) -> Person | None:
    """In whose name the page of this form was drawn; no one else can make it up."""
    written_as = request.POST.get("written_as", "")
    try:
        number = _names.unsign(written_as, max_age=DRAFT_LASTS)
    except BadSignature:
        return None
    found: Person | None = Person.objects.filter(pk=number, is_active=True).first()
    return found


def token_refused(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form without its token, of a view that asks for it itself."""
    return CsrfViewMiddleware(_taken).process_view(request, _taken, (), {})


def _taken(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def require_writer(request: HttpRequest, person: Person) -> None:
    """Refuse what was typed on the page of somebody else; page by page, as above."""
    written_as = request.POST.get("written_as", "")
    if written_as and written_as.partition(":")[0] != str(person.pk):
        raise IssueRefused(str(IN_ANOTHER_NAME))


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
