"""The pages over several apps, one module a subject; the errors Django asks for."""

from livinglab.pages.views.errors import (
    bad_request,
    csrf_failure,
    forbidden,
    not_found,
    server_error,
)

__all__ = [
    "bad_request",
    "csrf_failure",
    "forbidden",
    "not_found",
    "server_error",
]
