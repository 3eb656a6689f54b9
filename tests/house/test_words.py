"""One catalogue for all words: complete in Korean, and its placeholders agree."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PLACES = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w+\}")
KOREAN = sorted((ROOT / "locale" / "ko" / "LC_MESSAGES").glob("*.po"))
# Words that are the same in both languages.
SAME = {"kWh", "°C", "livinglab", "CSV"}


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _entries(path: Path) -> Iterator[tuple[str, Message]]:
    for message in _catalogue(path):
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            yield ids[0], message


def _korean(message: Message) -> str:
    text = message.string
    return text[0] if isinstance(text, tuple | list) else text


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_every_sentence_has_its_korean(path):
    empty = [source for source, message in _entries(path) if not _korean(message)]
    assert not empty


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_no_korean_is_a_guess(path):
    fuzzy = [source for source, message in _entries(path) if message.fuzzy]
    assert not fuzzy


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_placeholders_agree(path):
    wrong = []
    for source, message in _entries(path):
        if not _korean(message):
            continue  # said by the test above
        wanted, found = (
            sorted(set(PLACES.findall(text)) - {"%%"})
            for text in (source, _korean(message))
        )
        if wanted != found:
            wrong.append((source, _korean(message)))
    assert not wrong


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_korean_speaks_calmly(path):
    loud = [_korean(m) for _source, m in _entries(path) if "!" in _korean(m)]
    assert not loud


def test_the_sources_hold_nothing_the_catalogue_does_not_know():
    known = {source for path in KOREAN for source, _message in _entries(path)}
    templates = (ROOT / "livinglab").rglob("*.html")
    asked = re.compile(r"{%\s*translate\s+\"([^\"]+)\"")
    missing = {
        text
        for template in templates
        for text in asked.findall(template.read_text("utf-8"))
        if text.replace("%", "%%") not in known and text not in known
    }
    assert not missing
