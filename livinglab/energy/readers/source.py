"""The bytes of an upload: unpacked, measured, sniffed, and their encoding found."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from livinglab.energy.readers.limits import MAX_BYTES
from livinglab.energy.readers.understood import Unreadable

_CHUNK = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\xd0\xcf\x11\xe0", "spreadsheet"),
    (b"%PDF", "pdf"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
)
_HTML = re.compile(rb"^\s*(<!doctype\s+html|<html|<head|<body|<script)", re.IGNORECASE)
_SCRIPT_PART = re.compile(
    rb"(?s)^\s*(<!--.*?-->\s*)*<(!doctype\s+)?html", re.IGNORECASE
)


@dataclass(slots=True)
class Source:
    """A rewindable stream of bytes, never longer than the limit, with its encoding."""

    stream: BinaryIO
    head: bytes
    encoding: str

    @property
    def is_xml(self) -> bool:
        return self.head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")

    def chunks(self) -> Iterator[str]:
        """The text, piece by piece, from the start."""
        self.stream.seek(0)
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        for piece in _pieces(self.stream):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)

    def lines(self) -> io.TextIOWrapper:
        """The text as lines for the csv module, from the start."""
        self.stream.seek(0)
        return io.TextIOWrapper(
            io.BufferedReader(_KeepOpen(self.stream), _CHUNK),
            encoding=self.encoding,
            newline="",
        )


def open_source(file: BinaryIO) -> Source:
    """Look at a file without keeping it in memory; refuse what is no text."""
    file.seek(0)
    stream = _unpacked(file)
    head = _read(stream, 4096)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise Unreadable(kind)
    if _HTML.match(head) or _SCRIPT_PART.match(head):
        raise Unreadable("web_page")
    return Source(stream, head, _encoding(stream, head))


def _unpacked(file: BinaryIO) -> BinaryIO:
    start = file.read(2)
    file.seek(0)
    if start != b"\x1f\x8b":
        return file
    return cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb"))


def _read(stream: BinaryIO, size: int) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise Unreadable("cut_off") from problem


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    seen = 0
    while piece := _read(stream, _CHUNK):
        seen += len(piece)
        if seen > MAX_BYTES:
            raise Unreadable("too_large", megabytes=MAX_BYTES // 1024 // 1024)
        yield piece


def _encoding(stream: BinaryIO, head: bytes) -> str:
    """Byte order mark, what XML declares, UTF-8, then cp949; strict, no guessing."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return _decodes(stream, (name,))
    declared = re.match(rb"""^\s*<\?xml[^>]*?encoding=["']([A-Za-z0-9_.-]+)""", head)
    if declared:
        return _decodes(stream, (_known(declared[1].decode("ascii")),))
    if head.lstrip().startswith(b"<"):
        return _decodes(stream, ("utf-8",))
    if b"\0" in head:
        raise Unreadable("binary")
    return _decodes(stream, ("utf-8", "cp949"))


def _known(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError as problem:
        raise Unreadable("undecodable") from problem
    if name not in {"utf-8", "ascii", "iso8859-1", "cp949", "euc_kr", "cp1252"}:
        raise Unreadable("undecodable")
    # cp949 contains EUC-KR, and files that say the one are often the other.
    return "cp949" if name == "euc_kr" else name


def _decodes(stream: BinaryIO, candidates: tuple[str, ...]) -> str:
    """The first encoding that reads the whole file; measures its length on the way."""
    alive = {name: codecs.getincrementaldecoder(name)("strict") for name in candidates}
    stream.seek(0)
    for piece in _pieces(stream):
        _feed(alive, piece)
    _feed(alive, b"", final=True)
    return next(name for name in candidates if name in alive)


def _feed(
    alive: dict[str, codecs.IncrementalDecoder], piece: bytes, *, final: bool = False
) -> None:
    for name, decoder in list(alive.items()):
        try:
            decoder.decode(piece, final)
        except UnicodeDecodeError:
            del alive[name]
    if not alive:
        raise Unreadable("undecodable")


class _KeepOpen(io.RawIOBase):
    """Lets a text wrapper end without closing the stream below it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = _read(self._stream, len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
