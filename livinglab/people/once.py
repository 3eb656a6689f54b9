"""`Idempotency-Key` for the JSON door: a request that came twice happens once.

    class PremisesReadings(APIView):
        @extend_schema(parameters=ONCE, …)
        @once
        def post(self, request, pk): ...

A phone that never heard the answer sends the same again with the same key, and hears
the answer of the first time. Only what was done is kept: a refusal leaves the key free.
`For-Person` names whose entry it is; when somebody else has signed in meanwhile on the
same phone, nothing is stored in their name.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from livinglab.people.errors import KeyRefused, SomebodyElse
from livinglab.people.http import person_of, whose_phone
from livinglab.people.services.answers import keep_answer_once

KEY = re.compile(r"[\w-]{8,64}")
ONCE = [
    OpenApiParameter(
        "Idempotency-Key",
        str,
        OpenApiParameter.HEADER,
        pattern=rf"^{KEY.pattern}$",
        description="A UUID of yours: sent twice, done once, answered the same.",
    ),
    OpenApiParameter(
        "For-Person",
        str,
        OpenApiParameter.HEADER,
        description="Refuse unless this person is signed in (the page's `data-who`).",
    ),
]

Post = Callable[..., Response]


class _NotDone(Exception):
    """Carries an answer that is no success out of the transaction."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def once(post: Post) -> Post:
    """Let this verb happen once for a key."""

    @wraps(post)
    def answered(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        require_owner(request)
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return post(view, request, *args, **kwargs)
        if not KEY.fullmatch(key):
            raise KeyRefused(_("The key of this request cannot be used."))

        def act() -> tuple[int, Any]:
            response = post(view, request, *args, **kwargs)
            if not 200 <= response.status_code < 300:
                raise _NotDone(response)
            return response.status_code, _as_sent(response)

        return _answer(request, key, act)

    return answered


def _answer(request: Request, key: str, act: Callable[[], tuple[int, Any]]) -> Response:
    try:
        answer = keep_answer_once(
            person_of(request), key=key, digest=digest_of(request), act=act
        )
    except _NotDone as not_done:
        return not_done.response
    headers = {"Idempotent-Replay": "true"} if answer.is_repeated else {}
    return Response(answer.body, status=answer.status, headers=headers)


def require_owner(request: Request) -> None:
    """Refuse what somebody else wrote on this phone (`For-Person`)."""
    owner = request.headers.get("For-Person")
    if owner and owner != whose_phone(request):
        raise SomebodyElse(_("Somebody else is signed in on this phone now."))


def _as_sent(response: Response) -> Any:
    return (
        None
        if response.data is None
        else json.loads(JSONRenderer().render(response.data))
    )


def digest_of(request: Request) -> str:
    """What is asked, whichever way the bytes were packed."""
    sent = request.data
    told = {n: _told(request, n) for n in sent} if isinstance(sent, Mapping) else sent
    asked = json.dumps([request.method, request.path, told], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _told(request: Request, name: str) -> Any:
    if not isinstance(request.data, QueryDict):
        return request.data[name]  # type: ignore[call-overload]  # a mapping: see above
    return [
        _file_digest(value) if isinstance(value, UploadedFile) else value
        for value in request.data.getlist(name)
    ]


def _file_digest(file: "UploadedFile[Any]") -> str:
    digest = hashlib.sha256(str(file.name).encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
