"""The person behind a request."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from livinglab.people.models import Person


def person_of(request: HttpRequest | Request) -> Person:
    """The signed-in person; an anonymous request is refused."""
    user = request.user
    if isinstance(user, AnonymousUser) or not isinstance(user, Person):
        raise NotAuthenticated
    return user


def visitor_of(request: HttpRequest | Request) -> Person | None:
    """The signed-in person, or nobody."""
    return request.user if isinstance(request.user, Person) else None


def tag_of(person: Person | None) -> str:
    """A name for this person that a phone may keep: it says nothing elsewhere."""
    if person is None:
        return ""
    return salted_hmac("livinglab.people.tag", str(person.pk)).hexdigest()[:16]


def whose_phone(request: HttpRequest | Request) -> str:
    """The tag of whoever is signed in, whomever they act for; a guest has none."""
    return tag_of(request.user if isinstance(request.user, Person) else None)
