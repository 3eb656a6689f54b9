"""How files and texts leave the house, for both kinds of servers."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseFileResponse, WhiteNoiseMiddleware

from livinglab.kernel.streaming import InPieces

# Packed already: packing again costs time, and the length is not known any more.
PACKED = ("image/avif", "image/webp", "image/png", "image/jpeg", "application/zip")


class StaticFile(InPieces, WhiteNoiseFileResponse):  # type: ignore[misc]
    """A style sheet, a script, an icon."""


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, without reading a file to its end before it begins to leave."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> StaticFile:
        found = static_file.get_response(request.method, request.META)
        response = StaticFile(found.file or (), status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response


class PacksTexts(GZipMiddleware):
    """gzip for what gets smaller by it."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if kind.startswith(PACKED):
            return response
        return super().process_response(request, response)
