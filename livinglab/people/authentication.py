"""How other software shows whose it is."""

from typing import Any

from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import SessionAuthentication as DRFSession
from rest_framework.request import Request

from livinglab.people.guardianship import refuse_waiting_child
from livinglab.people.second_factor import has_second_factor


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token …`; stored only as a digest.

    A token of somebody who works for a city carries the role only while a second
    factor is set up: it was made in a session that had shown it.
    """

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is None:
            return None
        person, token = found
        if person.works_for_lab and not has_second_factor(person):
            person.put_roles_to_sleep()
        refuse_waiting_child(person, request)
        return person, token


class SessionAuthentication(DRFSession):
    """The browser's own session, with CSRF; an answer of 401 rather than 403."""

    def authenticate_header(self, request: Request) -> Any:
        return "Token"


class VisitorAuthentication(SessionAuthentication):
    """The browser's session or a guest's browser: whoever writes shows the token.

    For doors that people without an account may use; software with a token of its own
    needs no other.
    """

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found is None:
            self.enforce_csrf(request)
        return found
