"""A device in words, from what its browser says about itself."""

from django.utils.translation import gettext as _

BROWSERS = (
    ("SamsungBrowser/", "Samsung Internet"),
    ("KAKAOTALK", "KakaoTalk"),
    ("NAVER(", "Naver"),
    ("Whale/", "Whale"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """“Android 휴대폰 · Chrome”; said plainly when nobody knows it."""
    system = _first(SYSTEMS, user_agent)
    browser = _first(BROWSERS, user_agent)
    if system == "Android":
        phone = "Mobile" in user_agent
        system = _("Android phone") if phone else _("Android tablet")
    known = [word for word in (system, browser) if word]
    return " · ".join(known) or _("Unknown device")


def is_phone(user_agent: str) -> bool:
    """Whether to draw a phone beside it."""
    return any(word in user_agent for word in ("Mobile", "iPhone", "Android"))


def _first(known: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
