"""What the frame of every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

TEXT_SIZES = ("1", "1.15", "1.3", "1.5")


def look(request: HttpRequest) -> dict[str, Any]:
    """Text size and contrast as chosen, and whether this is a demo."""
    return look_of_cookies(request) | {"is_demo": settings.DEMO}


def look_of_cookies(request: HttpRequest) -> dict[str, Any]:
    """What this browser chose; asks neither database nor session."""
    size = request.COOKIES.get("text-size", "1")
    return {
        "text_size": size if size in TEXT_SIZES else "1",
        "high_contrast": request.COOKIES.get("contrast") == "high",
    }
