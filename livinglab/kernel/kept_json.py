"""Looking into what was kept as JSON."""

from collections.abc import Iterator
from typing import Any


def strings_in(kept: Any) -> Iterator[str]:
    """Every string, however deep; the names of fields are none."""
    if isinstance(kept, str):
        yield kept
    elif isinstance(kept, dict):
        for value in kept.values():
            yield from strings_in(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from strings_in(value)
