"""GeoReport v2 on paper: XML without a schema, JSON by the Spark convention.

Pure. Lists are named by what they hold; in JSON lists stay lists also with one item,
the outermost name vanishes, and what is empty is null.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from livinglab.kernel.plain import plain

CONTENT_TYPES = {
    "xml": "text/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
}


@dataclass(frozen=True)
class Listed:
    """A list and what its entries are called: services > service."""

    name: str
    item: str
    entries: Iterable[Any]


def written(thing: Listed | Mapping[str, Any], root: str, fmt: str) -> str:
    """The document; `root` names the outermost element of a single thing."""
    if fmt == "json":
        return json.dumps(_plain(thing), ensure_ascii=False)
    element = _element(thing.name if isinstance(thing, Listed) else root, thing)
    text = ET.tostring(element, encoding="unicode", short_empty_elements=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def errors(status: int, sentences: Iterable[str]) -> Listed:
    """A refusal: one `error` for each thing that is wrong."""
    said = [{"code": status, "description": sentence} for sentence in sentences]
    return Listed("errors", "error", said)


def _plain(value: Any) -> Any:
    if isinstance(value, Listed):
        return [_plain(entry) for entry in value.entries]
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return None if value == "" else value


def _element(name: str, value: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Listed):
        element.extend(_element(value.item, entry) for entry in value.entries)
    elif isinstance(value, Mapping):
        for part, inner in value.items():
            tag = inner.name if isinstance(inner, Listed) else part
            element.append(_element(tag, inner))
    elif value is not None:
        element.text = _text(value)
    return element


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(str(value))
