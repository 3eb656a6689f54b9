"""No sentence stands in a template outside the catalogue."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
COMMENT = re.compile(r"{% comment.*?endcomment %}|<!--.*?-->", re.S)
TRANSLATED = re.compile(
    r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.S
)
SILENT = re.compile(r"<(script|style|code|pre)\b.*?</\1>", re.S)
SPOKEN = re.compile(r'\b(?:alt|title|placeholder|aria-label|content)="([^"]*)"')
WORDS = re.compile(r"[A-Za-z]{3,}|[가-힣]+")
# Text that is the same for everybody: names, units, and languages in themselves.
ALLOWED = {
    "한국어",
    "English",
    "kWh",
    "(kWh)",
    "CSV",
    "Green Button",
    "Green Button XML",
    "width=device-width, initial-scale=1, viewport-fit=cover",
    "width=device-width, initial-scale=1",
    "light dark",
    "telephone=no",
    "noindex",
    "article",
    "Atom",
    "RSS",
}
# The components' living page is for those who build them.
NOT_FOR_PEOPLE = {"ui", "gallery.html", "swagger_ui.html"}


def templates() -> list[Path]:
    folders = [ROOT / "livinglab" / "templates", *ROOT.glob("livinglab/*/templates")]
    return [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".html", ".txt"} and not NOT_FOR_PEOPLE & set(path.parts)
    ]


def bare(text: str) -> list[str]:
    """Words people would read that no tag translates."""
    for silent in (COMMENT, TRANSLATED, SILENT):
        text = silent.sub("\n", text)
    text = TAG.sub("\0", text)
    spoken = SPOKEN.findall(text)
    between = re.sub(r"<[^>]*>", "\n", text).split("\n")
    pieces = [part.strip() for line in [*spoken, *between] for part in line.split("\0")]
    return [
        part
        for part in pieces
        if WORDS.search(part) and part not in ALLOWED and part[0] not in "/#"
    ]


def test_the_scanner_sees_what_nobody_translates():
    assert bare('<p>Hello there</p><a title="나가기">{{ x }}</a>') == [
        "나가기",
        "Hello there",
    ]
    assert not bare(
        "{% blocktranslate %}Hello {{ x }}{% endblocktranslate %}<b>{{ y }}</b>"
    )


def test_no_template_speaks_past_the_catalogue():
    found = {
        str(path.relative_to(ROOT)): words
        for path in templates()
        if (words := bare(path.read_text("utf-8")))
    }
    assert not found
