"""The person behind a request: oneself, or somebody a helper acts for."""

from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from livinglab.kernel.acting import Area
from livinglab.people.errors import LeavingNow, NotHandedOver
from livinglab.people.models import Helping, Person
from livinglab.people.services.helping import acting_through
from livinglab.people.services.reads import log_help


def oneself(request: HttpRequest | Request) -> Person:
    """Whoever is signed in, also while they act for somebody else or are leaving."""
    user = request.user
    if isinstance(user, AnonymousUser) or not isinstance(user, Person):
        raise NotAuthenticated
    return user


def person_of(request: HttpRequest | Request) -> Person:
    """Whose life this request is about; an anonymous request is refused.

    The signed-in person, or the one they act for: then only on pages of the areas
    that were handed over, and the look is written down. Who is leaving decides first.
    """
    person = oneself(request)
    helping = helping_of(request)
    if helping is not None:
        return _in_place_of(request, helping, person)
    if person.is_leaving:
        raise LeavingNow(
            _("You asked to leave. Nothing happens until you decide to stay.")
        )
    return person


def visitor_of(request: HttpRequest | Request) -> Person | None:
    """As `person_of`, for pages that are open to everybody: nobody where it refuses."""
    user = request.user
    if not isinstance(user, Person):
        return None
    helping = helping_of(request)
    if helping is not None:
        is_open = _area_of(request, helping) is not None
        return _in_place_of(request, helping, user) if is_open else None
    return None if user.is_leaving else user


def visitor_of_parts(
    request: HttpRequest | Request, areas: Collection[str]
) -> Person | None:
    """As `visitor_of`, for a page made of parts that belong to these areas.

    Each part asks `acting_of` whether it was handed over; the looks are written down.
    """
    helping = helping_of(request)
    user = request.user
    if helping is None or not isinstance(user, Person):
        return visitor_of(request)
    if helping.helper_id != user.pk:
        return None
    person = helping.person
    if person.acting is None:
        person.acting = acting_through(helping)
        person.put_roles_to_sleep()
        for area in helping.handed:
            if area.name in areas:
                log_help(person, area, by=user)
    return person


def helping_of(request: HttpRequest | Request) -> Helping | None:
    """Through which help this browser acts for somebody; software never does."""
    if getattr(request, "auth", None) is not None:
        return None
    found: Helping | None = getattr(request, "helping", None)
    return found


def _in_place_of(
    request: HttpRequest | Request, helping: Helping, helper: Person
) -> Person:
    """The helped person, with whoever acts for them; refused outside of the areas."""
    area = _area_of(request, helping)
    if area is None or helping.helper_id != helper.pk:
        raise NotHandedOver(
            _("This is not among what %(name)s asked you to do.")
            % {"name": helping.person.name or _("Somebody")}
        )
    person = helping.person
    if person.acting is None:
        person.acting = acting_through(helping)
        person.put_roles_to_sleep()
        log_help(person, area, by=helper)
    return person


def _area_of(request: HttpRequest | Request, helping: Helping) -> Area | None:
    match = request.resolver_match
    view_name = match.view_name if match else ""
    return acting_through(helping).area_with_page(view_name)


def tag_of(person: Person | None) -> str:
    """A name for this person that a phone may keep: it says nothing elsewhere."""
    if person is None:
        return ""
    return salted_hmac("livinglab.people.tag", str(person.pk)).hexdigest()[:16]


def whose_phone(request: HttpRequest | Request) -> str:
    """The tag of whoever is signed in, whomever they act for; a guest has none."""
    return tag_of(request.user if isinstance(request.user, Person) else None)
