"""One door for every file with usage: looks inside, calls the right reader (pure)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import BinaryIO
from zoneinfo import ZoneInfo

from livinglab.energy.readers.green_button import read_green_button
from livinglab.energy.readers.limits import HOME, Limits
from livinglab.energy.readers.own_csv import is_own_csv, read_own_csv
from livinglab.energy.readers.source import open_source
from livinglab.energy.readers.understood import FileRead
from livinglab.energy.readers.usage_csv import read_usage_csv

SEOUL = ZoneInfo("Asia/Seoul")


def read_usage_file(
    file: BinaryIO,
    *,
    answers: Mapping[str, str] | None = None,
    zone: ZoneInfo = SEOUL,
    now: float | None = None,
    limits: Limits = HOME,
) -> FileRead:
    """What a file says; `Unreadable` when it is refused. `file` must be rewindable.

    Times without a zone are of `zone`; `now` (UTC seconds) bounds the future.
    """
    source = open_source(file)
    read = read_usage_csv
    if source.is_xml:
        read = read_green_button
    elif is_own_csv(source):
        read = read_own_csv
    moment = int(time.time() if now is None else now)
    return read(source, answers=answers or {}, zone=zone, now=moment, limits=limits)
