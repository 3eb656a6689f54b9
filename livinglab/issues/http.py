"""Who sends a report: a person, or a guest of this browser."""

from dataclasses import dataclass

from django.http import HttpRequest

from livinglab.kernel.http import network_of
from livinglab.kernel.pace import keep_pace
from livinglab.people.guests import begin_guest
from livinglab.people.http import person_of
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
    keep_pace("issues.send_as_guest", network_of(request))
    return begin_guest(request)
