"""Answers in pieces that run under both kinds of servers.

Django reads a plain iterator to its end before the first byte leaves an asynchronous
server, and warns of it. These hand each piece on as it comes, read where the request's
own thread is, so that database connections stay with it; elsewhere nothing changes.
"""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.http import FileResponse, StreamingHttpResponse

PIECE = 64 * 1024


class InPieces(StreamingHttpResponse):
    """A streamed answer made of a plain iterator."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = iter(self)
        while (piece := await sync_to_async(_next)(pieces)) is not None:
            yield piece


class StoredFile(InPieces, FileResponse):
    """A stored file as an answer, with its length."""

    block_size = PIECE


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)
