"""A GeoReport v2 client written from the wiki's pages alone: it knows nothing of us.

It begins with the discovery document, reads XML or JSON, and speaks HTTP for itself.
"""
# ruff: noqa: S310 — the addresses are those of the server under test

import json
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

WIKI = "http://wiki.open311.org/GeoReport_v2"
# Lists by their names, and what one of their entries is called (Spark convention).
LISTS = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
TYPES = {"xml": "text/xml", "json": "application/json"}


class GeoReportError(Exception):
    """The server said no: its status and its sentences."""

    def __init__(self, status: int, errors: list[dict[str, Any]]) -> None:
        super().__init__(f"{status}: {errors}")
        self.status, self.errors = status, errors


@dataclass
class Client:
    """One program, one city, one format; `discover` first."""

    discovery_url: str
    jurisdiction: str
    api_key: str = ""
    fmt: str = "xml"
    endpoint: str = field(default="", init=False)

    def discover(self) -> dict[str, Any]:
        found = self._get(f"{self.discovery_url}.{self.fmt}")
        for one in found["endpoints"]:
            if one["specification"] == WIKI and TYPES[self.fmt] in one["formats"]:
                self.endpoint = one["url"]
                return dict(found)
        raise LookupError("no endpoint speaks GeoReport v2 in this format")

    def services(self) -> list[dict[str, Any]]:
        return list(self._asked("services"))

    def definition(self, code: str) -> list[dict[str, Any]]:
        """Attributes of a service, in their order."""
        found = self._asked(f"services/{code}")
        return sorted(found["attributes"], key=lambda one: int(one["order"]))

    def requests(self, **filters: str) -> list[dict[str, Any]]:
        return list(self._asked("requests", **filters))

    def request(self, pk: str) -> dict[str, Any]:
        return dict(self._asked(f"requests/{pk}")[0])

    def token(self, word: str) -> str:
        """The id behind a token, empty while there is none."""
        return self._asked(f"tokens/{word}")[0]["service_request_id"] or ""

    def create(
        self,
        service_code: str,
        attributes: dict[str, str | list[str]],
        photo: bytes = b"",
        **fields: str,
    ) -> dict[str, Any]:
        """Send a report; a photo makes it a multipart form."""
        pairs = [
            ("api_key", self.api_key),
            ("jurisdiction_id", self.jurisdiction),
            ("service_code", service_code),
            *fields.items(),
        ]
        for code, said in attributes.items():
            if isinstance(said, list):
                pairs += [(f"attribute[{code}][]", one) for one in said]
            else:
                pairs.append((f"attribute[{code}]", said))
        body, kind = _multipart(pairs, photo) if photo else _urlencoded(pairs)
        address = f"{self.endpoint}/requests.{self.fmt}"
        asked = urllib.request.Request(address, body, {"Content-Type": kind})
        return dict(self._read(asked)[0])

    def fetch(self, address: str) -> bytes:
        """A picture a report names."""
        with urllib.request.urlopen(address, timeout=10) as answer:
            return bytes(answer.read())

    def _asked(self, resource: str, **more: str) -> Any:
        query = urllib.parse.urlencode({"jurisdiction_id": self.jurisdiction} | more)
        return self._get(f"{self.endpoint}/{resource}.{self.fmt}?{query}")

    def _get(self, address: str) -> Any:
        return self._read(urllib.request.Request(address))

    def _read(self, asked: urllib.request.Request) -> Any:
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return self._parsed(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise GeoReportError(refusal.code, self._parsed(refusal)) from None

    def _parsed(self, answer: Any) -> Any:
        kind = answer.headers["Content-Type"]
        if kind != f"{TYPES[self.fmt]}; charset=utf-8":
            raise ValueError(f"not what was asked for: {kind}")
        body = answer.read()
        return (
            json.loads(body)
            if self.fmt == "json"
            else _value(ElementTree.fromstring(body))
        )


def _value(element: Element) -> Any:
    """An element as the JSON answer would have it."""
    item = LISTS.get(element.tag)
    if item is not None:
        return [_value(child) for child in element if child.tag == item]
    if len(element):
        return {child.tag: _value(child) for child in element}
    return element.text


def _urlencoded(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    return urllib.parse.urlencode(pairs).encode(), kind


def _multipart(pairs: list[tuple[str, str]], photo: bytes) -> tuple[bytes, str]:
    line = uuid.uuid4().hex
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        f"{value}\r\n".encode()
        for name, value in pairs
    ]
    head = (
        f'--{line}\r\nContent-Disposition: form-data; name="media"; '
        'filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    parts += [head.encode(), photo, f"\r\n--{line}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={line}"
