"""How other software shows whose it is."""

from typing import Any

from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.authentication import SessionAuthentication as DRFSession
from rest_framework.request import Request


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token …`; stored only as a digest."""


class SessionAuthentication(DRFSession):
    """The browser's own session, with CSRF; an answer of 401 rather than 403."""

    def authenticate_header(self, request: Request) -> Any:
        return "Token"
