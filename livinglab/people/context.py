"""What the frame of a page needs to know of the person behind it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from livinglab.people.http import tag_of, visitor_of


def who(request: HttpRequest) -> dict[str, Any]:
    """Whose page this is, as a tag; asked only where it is shown."""
    return {"who": SimpleLazyObject(lambda: tag_of(visitor_of(request)))}
