"""What the installed app may keep, offer and take; apps declare it in `shell.py`.

    from livinglab.kernel.shell import public_pages, shortcut, takes

    public_pages(r"/goals/", r"/goals/[a-z0-9_-]+/")
    shortcut("reading", _("Enter a reading"), url="/offline/reading/", icon="gauge")
    takes("photo", accept=("image/*",), page="/offline/reading/")

Only what is declared here is ever kept on a phone by the service worker; everything
else is never cached. The patterns are read by Python and by the worker alike.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Shortcut:
    """One thing to do, offered by a long press on the app's icon."""

    name: str
    words: Words
    url: str
    icon: str
    order: int


@dataclass(frozen=True)
class Taker:
    """What an app takes from the phone's share sheet.

    With a `page` the file stays on the phone and the page shows it; where several pages
    would, the person chooses by their `words`. `receive(person, file, choice)` stores
    it on the server, where no worker stands before it, and says where to go on.
    """

    name: str
    accept: tuple[str, ...]
    page: str = ""
    words: Words = ""
    takes_several: bool = False
    receive: Callable[[Any, Any, str], str] | None = None

    def fits(self, name: str, kind: str) -> bool:
        """Whether a file of this name and media type is meant."""
        kind, name = kind.split(";")[0].strip().lower(), name.lower()
        return any(
            name.endswith(wanted) if wanted.startswith(".") else fnmatch(kind, wanted)
            for wanted in self.accept
        )


_public: list[str] = []
_shell: list[str] = []
_shortcuts: dict[str, Shortcut] = {}
_takers: dict[str, Taker] = {}


def public_pages(*patterns: str) -> None:
    """Pages that say the same to every guest: whole paths, as regular expressions."""
    _public.extend(pattern for pattern in patterns if pattern not in _public)


def shell_pages(*paths: str) -> None:
    """Pages a phone must have before it is offline; always rendered as for a guest."""
    _shell.extend(path for path in paths if path not in _shell)


def shortcut(name: str, words: Words, *, url: str, icon: str, order: int = 50) -> None:
    """Offer one thing to do."""
    _shortcuts[name] = Shortcut(name, words, url, icon, order)


def takes(
    name: str,
    *,
    accept: Iterable[str],
    page: str = "",
    words: Words = "",
    takes_several: bool = False,
    receive: Callable[[Any, Any, str], str] | None = None,
) -> None:
    """Take files of these media types and endings from the share sheet."""
    _takers[name] = Taker(name, tuple(accept), page, words, takes_several, receive)


def public_patterns() -> list[str]:
    return list(_public)


def shell_paths() -> list[str]:
    return list(_shell)


def is_shell(path: str) -> bool:
    return path in _shell


def is_public(path: str) -> bool:
    """Whether a guest's rendering of this path may be kept. Default: no."""
    return any(re.fullmatch(pattern, path, re.ASCII) for pattern in _public)


def shortcuts() -> list[Shortcut]:
    return sorted(_shortcuts.values(), key=lambda one: one.order)


def offline_shortcuts() -> list[Shortcut]:
    """What can be done without a network: its page lies on the phone already."""
    return [one for one in shortcuts() if is_shell(one.url)]


def takers() -> list[Taker]:
    return list(_takers.values())


def taker_of(name: str, kind: str) -> Taker | None:
    """Who takes this file, whoever stores it first; nobody is an answer too."""
    fitting = [one for one in _takers.values() if one.fits(name, kind)]
    return next((one for one in fitting if one.receive), next(iter(fitting), None))
