"""The only readers of the environment."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """A setting as it stands, or its default."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """1, true, yes and on mean yes; anything else means no."""
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number; anything else stops the start with a clear word."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number") from error


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret(name: str) -> str:
    """A value the process cannot start without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"set {name} in the environment")
    return value


def origin_of(url: str) -> list[str]:
    """Scheme and host of an address, as a list to be spread; empty without one."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def pool_of(name: str) -> dict[str, int] | bool:
    """At most so many connections of a process to the database; 0 means no pool."""
    most = number(name, 0)
    if not most:
        return False
    return {"min_size": min(2, most), "max_size": most, "timeout": 20}
