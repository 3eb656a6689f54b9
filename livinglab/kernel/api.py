"""JSON answers for refusals, in one shape."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from livinglab.kernel.errors import Refused


def answer_in_words(error: Exception, context: dict[str, Any]) -> Response | None:
    """`{"code", "detail", …facts}` with the refusal's own status."""
    if isinstance(error, Refused):
        body = {"code": error.code, "detail": str(error), **error.facts}
        return Response(body, status=error.status)
    return exception_handler(error, context)
