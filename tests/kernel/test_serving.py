"""Files and texts leave alike from both kinds of servers, and nobody warns."""

import gzip
import secrets
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from whitenoise.responders import Response

from livinglab.kernel.serving import PacksTexts, StaticFiles
from livinglab.kernel.streaming import PIECE, InPieces, StoredFile

BYTES = b"pixels" * 40_000


@pytest.fixture(autouse=True)
def no_warning() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


async def _collected(response: Any) -> list[bytes]:
    return [piece async for piece in response]


def of_asgi(response: Any) -> list[bytes]:
    """The pieces as an asynchronous server asks for them."""
    return async_to_sync(_collected)(response)


def stored() -> StoredFile:
    return StoredFile(BytesIO(BYTES), filename="all.zip", as_attachment=True)


def static() -> Any:
    found = Response(200, [("Content-Length", str(len(BYTES)))], BytesIO(BYTES))

    class File:
        def get_response(self, method: str, meta: Any) -> Response:
            return found

    return StaticFiles.serve(File(), RequestFactory().get("/static/a.css"))


@pytest.mark.parametrize("made", [stored, static])
def test_a_file_is_the_same_for_both_servers(made: Any) -> None:
    assert b"".join(made()) == BYTES
    pieces = of_asgi(made())
    assert b"".join(pieces) == BYTES
    assert len(pieces) > 1
    assert made().headers["Content-Length"] == str(len(BYTES))


def test_a_file_comes_in_large_pieces() -> None:
    assert len(of_asgi(stored())) == -(-len(BYTES) // PIECE)


def test_pieces_leave_before_the_last_is_made() -> None:
    made = []

    def lines() -> Iterator[str]:
        for line in ("하나\n", "둘\n"):
            made.append(line)
            yield line

    async def first() -> bytes:
        pieces = InPieces(lines()).__aiter__()
        return await anext(pieces)

    assert async_to_sync(first)() == "하나\n".encode()
    assert made == ["하나\n"]


def test_the_warning_we_avoid_is_real() -> None:
    with pytest.raises(Warning, match="must consume synchronous iterators"):
        of_asgi(StreamingHttpResponse(iter([b"a"])))


@pytest.mark.parametrize(
    ("kind", "is_packed"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("image/webp", False),
        ("image/avif", False),
        ("application/zip", False),
    ],
)
def test_only_what_gets_smaller_is_packed(kind: str, is_packed: bool) -> None:
    response = HttpResponse(b"a" * 4000, content_type=kind)
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = PacksTexts(lambda _request: response)(request)
    assert answer.has_header("Content-Encoding") is is_packed


def packed(body: bytes, **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = HttpResponse(body, content_type="text/html", headers=headers)
    return PacksTexts(lambda _request: answer)(request)


def test_what_is_packed_comes_out_as_it_was() -> None:
    body = "정왕본동의 가로등이 꺼졌어요. ".encode() * 100
    answer = packed(body)
    assert gzip.decompress(answer.content) == body
    assert answer["Content-Length"] == str(len(answer.content))
    assert "Accept-Encoding" in answer["Vary"]


def test_the_length_of_a_packed_page_tells_nothing_of_its_words() -> None:
    body = b"the same page " * 100
    assert len({len(packed(body).content) for _ in range(40)}) > 10


def test_a_packed_page_is_the_same_page_to_whoever_kept_it() -> None:
    assert packed(b"a" * 4000, ETag='"one"')["ETag"] == 'W/"one"'


@pytest.mark.parametrize("body", [b"short", secrets.token_bytes(400)])
def test_what_would_not_get_smaller_leaves_as_it_is(body: bytes) -> None:
    answer = packed(body)
    assert answer.content == body
    assert not answer.has_header("Content-Encoding")
