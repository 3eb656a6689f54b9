"""JSON as it arrives at the API's doors."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JSONParser(parsers.JSONParser):
    """As the framework's own; a hundred thousand brackets are a refusal, no fault."""

    def parse(self, stream: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(stream, *args, **kwargs)
        except RecursionError as problem:
            raise ParseError(_("This is nested too deeply to be read.")) from problem
