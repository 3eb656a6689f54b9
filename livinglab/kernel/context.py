"""What the frame of every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

TEXT_SIZES = ("1", "1.15", "1.3", "1.5")


def look(request: HttpRequest) -> dict[str, Any]:
    """As the person chose, else as this browser did; and whether this is a demo."""
    found = look_of_cookies(request) | {"is_demo": settings.DEMO}
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return found
    person = getattr(request, "user", None)
    if size := getattr(person, "text_size", ""):
        found["text_size"] = size
    if contrast := getattr(person, "contrast", ""):
        found["high_contrast"] = contrast == "high"
    return found


def look_of_cookies(request: HttpRequest) -> dict[str, Any]:
    """What this browser chose; asks neither database nor session."""
    size = request.COOKIES.get("text-size", "1")
    return {
        "text_size": size if size in TEXT_SIZES else "1",
        "high_contrast": request.COOKIES.get("contrast") == "high",
    }
