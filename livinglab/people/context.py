"""What the frame of a page needs to know of the person behind it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from livinglab.kernel.shell_middleware import is_for_the_shell
from livinglab.people.http import helping_of, whose_phone


def who(request: HttpRequest) -> dict[str, Any]:
    """Whose page this is, as a tag; asked only where it is shown.

    A page of the shell is made for nobody, and one that failed early knows nobody:
    these cannot tell.
    """
    if is_for_the_shell(request) or not hasattr(request, "user"):
        return {"knows_who": False}
    return {
        "knows_who": True,
        "who": SimpleLazyObject(lambda: whose_phone(request)),
    }


def standing(request: HttpRequest) -> dict[str, Any]:
    """In whose name the pages are, and whether the person is about to leave.

    Only a person the request looked up already is asked: public pages stay cheap.
    """
    person = getattr(request, "_cached_user", None)
    return {
        "acts_for": helping_of(request),
        "is_leaving": getattr(person, "is_leaving", False),
    }
