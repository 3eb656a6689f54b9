"""The web app manifest: who the app is when it stands on a phone's first screen."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from livinglab.kernel.shell import Shortcut, shortcuts, takers

LIGHT, DARK = "#ffffff", "#1e2124"
SIZES = (192, 512)
# Made by tests/journeys/app_screens.py; shown before one installs.
SCREENS = {
    "start": gettext_noop(
        "What became of my savings and reports, and what waits for me"
    ),
    "energy": gettext_noop("What my home saves, compared with the weather"),
    "goals": gettext_noop("Where the city's goals stand"),
}
SCREEN_SIZE = (720, 1560)


def manifest() -> dict[str, Any]:
    """In the active language; the same app whatever the language."""
    return {
        "id": "/",
        "name": _("Living Lab"),
        "short_name": _("Living Lab"),
        "description": _(
            "See what your home and your neighbourhood save, and where the city's "
            "living lab stands."
        ),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "any",
        "theme_color": LIGHT,
        "background_color": LIGHT,
        "color_scheme_dark": {"theme_color": DARK, "background_color": DARK},
        "categories": ["government", "utilities", "lifestyle"],
        "icons": _icons(),
        "screenshots": [_screen(name) for name in SCREENS],
        "shortcuts": [_shortcut(each) for each in shortcuts()],
        "share_target": _share_target(),
    }


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"icons/{name}-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


def _icons() -> list[dict[str, str]]:
    purposes = ("any", "maskable", "monochrome")
    drawn = [_icon(name, size, name) for name in purposes for size in SIZES]
    vector = {
        "src": static("favicon.svg"),
        "sizes": "any",
        "type": "image/svg+xml",
        "purpose": "any",
    }
    return [*drawn, vector]


def _screen(name: str) -> dict[str, str]:
    language = (get_language() or "ko")[:2]
    width, height = SCREEN_SIZE
    return {
        "src": static(f"screens/{name}-{language if language == 'en' else 'ko'}.webp"),
        "sizes": f"{width}x{height}",
        "type": "image/webp",
        "form_factor": "narrow",
        "label": _(SCREENS[name]),
    }


def _shortcut(one: Shortcut) -> dict[str, Any]:
    return {
        "name": str(one.words),
        "url": one.url,
        "icons": [_icon(f"shortcut-{one.icon}", 96, "any")],
    }


def _share_target() -> dict[str, Any]:
    accept = [wanted for taker in takers() for wanted in taker.accept]
    return {
        "action": "/share/",
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "text",
            "url": "url",
            "files": [{"name": "files", "accept": accept}],
        },
    }
