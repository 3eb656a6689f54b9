"""What the sources ask the catalogue for, read as makemessages reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SCRIPT_WORD = re.compile(r"\b(n?gettext)\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")


@dataclass(frozen=True)
class Asked:
    """One message: its context and its source sentence."""

    context: str | None
    text: str


@cache
def asked_by_python_and_templates() -> set[Asked]:
    """Every call in our Python and every tag in our templates."""
    found = set()
    for path in (ROOT / "livinglab").rglob("*"):
        if path.suffix == ".py" and "migrations" not in path.parts:
            found |= set(_asked(path.read_text("utf-8")))
        elif path.suffix in {".html", ".txt", ".js"} and "templates" in path.parts:
            calls = templatize(path.read_text("utf-8")).splitlines()
            found |= set(_asked("\n".join(line.lstrip() for line in calls)))
    return found


def _asked(python: str) -> Iterator[Asked]:
    file = BytesIO(python.encode())
    options = {"encoding": "utf-8"}
    for _line, message, _notes, context in extract(
        "python", file, KEYWORDS, options=options
    ):
        text = message[0] if isinstance(message, tuple) else message
        yield Asked(context, text)


def asked_by_scripts() -> set[str]:
    """Every gettext() and ngettext() in the front end."""
    return {
        literal[1:-1].replace('\\"', '"').replace("\\'", "'")
        for path in (ROOT / "frontend" / "src").rglob("*.ts")
        if path.name != "i18n.ts"
        for _call, literal in SCRIPT_WORD.findall(path.read_text("utf-8"))
    }
