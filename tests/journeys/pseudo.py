"""A language nobody speaks: long, accented, in brackets, from right to left.

`ar-xb` exists in tests alone. Its catalogue is made from the sentences of the Korean
one, so whatever is not in brackets on a page went past the catalogue, and whatever is
cut or stands on the wrong side would be so in the next real language too.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CODE, LOCALE = "ar-xb", "ar_XB"
KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|%[sdif]|\{\w*\}|<[^>]+>|&\w+;)")
ACCENTED = str.maketrans("aceinosuyzACEINOSUYZ", "áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ")
LONGER = 0.4  # as much longer as German or Vietnamese


def pseudo(sentence: str) -> str:
    """[Šávéd ~~] from Saved; placeholders and tags stay as they are."""
    pieces = KEPT.split(sentence)
    spoken = [
        piece if n % 2 else piece.translate(ACCENTED) for n, piece in enumerate(pieces)
    ]
    letters = sum(len(piece) for n, piece in enumerate(pieces) if not n % 2)
    tail = "~ " * round(letters * LONGER / 2)
    return f"[{''.join(spoken)} {tail}]".replace(" ]", "]")


def write_catalogue(folder: Path) -> Path:
    """The compiled catalogues below `folder`; the folder, for LOCALE_PATHS."""
    for domain in ("django", "djangojs"):
        _write(domain, folder / LOCALE / "LC_MESSAGES")
    return folder


def _write(domain: str, to: Path) -> None:
    made = Catalog(locale="en", domain=domain)
    with (ROOT / f"locale/ko/LC_MESSAGES/{domain}.po").open("rb") as file:
        for message in read_po(file):
            if not message.id:
                continue
            is_plural = isinstance(message.id, tuple | list)
            forms = tuple(pseudo(form) for form in message.id) if is_plural else ()
            made.add(message.id, forms or pseudo(message.id), context=message.context)
    to.mkdir(parents=True, exist_ok=True)
    with (to / f"{domain}.mo").open("wb") as file:
        write_mo(file, made)
