"""A GeoReport v2 answer in the format that was asked for, refusals too."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from livinglab.interop.errors import GeoRefused
from livinglab.interop.open311.writing import CONTENT_TYPES, Listed, errors, written
from livinglab.kernel.errors import Refused

Thing = Listed | dict[str, Any]
Answer = Thing | tuple[Thing, int]
READ = ("GET", "HEAD")


def georeport(*verbs: str) -> Callable[..., Callable[..., HttpResponse]]:
    """A door of GeoReport v2, for these verbs; without any, for reading."""
    open_to = verbs or READ

    def decorated(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answering(request: HttpRequest, fmt: str, **kwargs: Any) -> HttpResponse:
            if request.method not in open_to:
                return _not_a_verb(open_to, fmt)
            try:
                answer = view(request, **kwargs)
            except GeoRefused as refusal:
                return refused(refusal.status, refusal.sentences, fmt)
            except Refused as refusal:
                return refused(_status_of(refusal), [str(refusal)], fmt)
            thing, status = answer if isinstance(answer, tuple) else (answer, 200)
            return _response(thing, status, fmt)

        return answering

    return decorated


def refused(status: int, sentences: Any, fmt: str) -> HttpResponse:
    """An error body."""
    return _response(errors(status, sentences), status, fmt)


def fault_in_form(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """What went wrong before or beside a view; XML where no format was asked for."""
    fmt = "json" if request.path_info.endswith(".json") else "xml"
    return refused(status, [sentence], fmt)


def _status_of(refusal: Refused) -> int:
    """GeoReport v2 knows 400 where we say more; too often stays what it is."""
    return refusal.status if refusal.status == 429 else 400


def _not_a_verb(open_to: tuple[str, ...], fmt: str) -> HttpResponse:
    sentence = _("This address is asked with %(verbs)s.") % {
        "verbs": ", ".join(open_to)
    }
    response = refused(405, [sentence], fmt)
    response["Allow"] = ", ".join(open_to)
    return response


def _response(thing: Thing, status: int, fmt: str) -> HttpResponse:
    response = HttpResponse(
        written(thing, _root(thing), fmt),
        status=status,
        content_type=CONTENT_TYPES[fmt],
    )
    # Open data: any page may read it; nothing here knows a person.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _root(thing: Thing) -> str:
    if isinstance(thing, Listed):
        return thing.name
    return "service_definition" if "attributes" in thing else "discovery"
