"""What the frame of a page needs to know of the person behind it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from livinglab.kernel.shell_middleware import is_for_the_shell
from livinglab.people.http import whose_phone


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
