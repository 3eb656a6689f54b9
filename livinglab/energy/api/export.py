"""A home's data as files: Green Button XML and CSV, streamed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from livinglab.energy.api.premises import home_of
from livinglab.energy.services.export import export_csv, export_green_button
from livinglab.kernel.pace import keep_pace
from livinglab.people.http import person_of

_PIECE = 64 * 1024
FEED = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">…'
)
TABLE = "start,end,value,unit,quality,kind,commodity,flow,won\r\n…"


class _Export(APIView):
    """Whatever a client says it accepts, the address names the format."""

    def perform_content_negotiation(  # type: ignore[override]
        self, request: Request, force: bool = False
    ) -> object:
        return super().perform_content_negotiation(request, force=True)


class ExportGreenButton(_Export):
    """GET everything the home's people gave, as a Green Button feed."""

    @extend_schema(
        responses={(200, "application/atom+xml"): OpenApiTypes.STR},
        examples=[OpenApiExample("A feed", value=FEED, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> StreamingHttpResponse:
        home = home_of(request, pk)
        pieces = export_green_button(home, by=person_of(request))
        return _file(request, pieces, "application/atom+xml", f"home-{pk}.xml")


class ExportCsv(_Export):
    """GET everything the home's people gave, as one table."""

    @extend_schema(
        responses={(200, "text/csv"): OpenApiTypes.STR},
        examples=[OpenApiExample("A table", value=TABLE, response_only=True)],
    )
    def get(self, request: Request, pk: int) -> StreamingHttpResponse:
        home = home_of(request, pk)
        pieces = export_csv(home, by=person_of(request))
        return _file(request, pieces, "text/csv", f"home-{pk}.csv")


def _file(
    request: Request, pieces: Iterator[str], kind: str, name: str
) -> StreamingHttpResponse:
    keep_pace("energy.take_data_out", person_of(request).pk)
    joined = _joined(pieces)
    streamed = (
        _without_blocking(joined)
        if isinstance(request._request, ASGIRequest)
        else joined
    )
    response = StreamingHttpResponse(streamed, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _joined(pieces: Iterator[str]) -> Iterator[bytes]:
    """Pieces of a size worth sending."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()


async def _without_blocking(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same for the asynchronous server: other requests go on meanwhile."""
    while piece := await asyncio.to_thread(next, pieces, b""):
        yield piece
