"""JSON as it arrives at the API's doors."""

import json
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JSONParser(parsers.JSONParser):
    """As the framework's own; a hundred thousand brackets are a refusal, no fault.

    So is half a character: JSON can spell it, and nobody can store or say it again.
    """

    def parse(self, stream: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            found = super().parse(stream, *args, **kwargs)
            json.dumps(found, ensure_ascii=False).encode()
        except RecursionError as problem:
            raise ParseError(_("This is nested too deeply to be read.")) from problem
        except UnicodeEncodeError as problem:
            raise ParseError(
                _("This holds half a character, which nobody can read.")
            ) from problem
        return found
