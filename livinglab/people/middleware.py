"""What a session may do: roles that sleep, children who only read, being seen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from livinglab.kernel.http import wants_fragment
from livinglab.people.errors import WaitsForGuardian
from livinglab.people.guardianship import refuse_waiting_child
from livinglab.people.guests import keep_cookie
from livinglab.people.models import Person
from livinglab.people.second_factor import showed_second_factor
from livinglab.people.sessions import hasten_end, note_seen

Next = Callable[[HttpRequest], HttpResponse]


def roles_sleep_without_second_factor(get_response: Next) -> Next:
    """Nobody coordinates, evaluates or operates on the strength of a mail alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        somebody = request.user
        request.user = SimpleLazyObject(  # type: ignore[assignment]
            partial(_with_sleeping_roles, request, somebody)
        )
        return get_response(request)

    return middleware


def _with_sleeping_roles(request: HttpRequest, somebody: Any) -> Any:
    person = _behind(somebody)
    if isinstance(person, Person) and not showed_second_factor(request, person):
        person.put_roles_to_sleep()
    return person


def _behind(somebody: Any) -> Any:
    """Django keeps the object of its lazy user on the request as well."""
    if isinstance(somebody, SimpleLazyObject):
        bool(somebody.is_authenticated)  # looks the person up
        return somebody._wrapped
    return somebody


class ChildrenOnlyRead:
    """Until a guardian agreed, a child under 14 looks around and changes nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        try:
            refuse_waiting_child(request.user, request)
        except WaitsForGuardian as refusal:
            return _in_words(request, refusal)
        return None


children_only_read = ChildrenOnlyRead


def _in_words(request: HttpRequest, refusal: WaitsForGuardian) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        body = {"code": refusal.code, "detail": str(refusal)}
        return JsonResponse(body, status=refusal.status)
    name = "components/refusal.html" if wants_fragment(request) else "403.html"
    return render(request, name, {"sentence": str(refusal)}, status=refusal.status)


def sessions_are_seen(get_response: Next) -> Next:
    """When each sign-in was last used, every ten minutes; how long one that is begun
    is kept; and the guest's cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        note_seen(request)
        hasten_end(request)
        keep_cookie(request, response)
        return response

    return middleware
