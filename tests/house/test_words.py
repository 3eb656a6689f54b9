"""One catalogue for all words: complete in Korean, and its placeholders agree."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.asked import Asked, asked_by_python_and_templates, asked_by_scripts

ROOT = Path(__file__).resolve().parents[2]
PLACES = re.compile(r"%\(\w+\)[a-z]|%%|%[sdif]|\{\w*\}|</?\w+")
FOLDER = ROOT / "locale" / "ko" / "LC_MESSAGES"
KOREAN = sorted(FOLDER.glob("*.po"))


def _catalogue(path: Path) -> Catalog:
    if not path.is_file():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def _entries(path: Path) -> Iterator[tuple[list[str], list[str], Message]]:
    """Sources (one, or one and many), Korean forms, and the message itself."""
    for message in _catalogue(path):
        if message.id:
            yield _forms(message.id), _forms(message.string), message


def _forms(said: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [said or ""] if isinstance(said, str | None) else list(said)


def _places(text: str) -> list[str]:
    return sorted(set(PLACES.findall(text)) - {"%%"})


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_every_sentence_has_its_korean(path):
    assert not [ids[0] for ids, korean, _message in _entries(path) if not all(korean)]


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_no_korean_is_a_guess(path):
    assert not [ids[0] for ids, _korean, message in _entries(path) if message.fuzzy]


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_placeholders_agree_in_every_form(path):
    wrong = [
        (ids, form)
        for ids, korean, _message in _entries(path)
        for form in korean
        if form and _places(form) not in [_places(source) for source in ids]
    ]
    assert not wrong


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_korean_speaks_calmly(path):
    assert not [
        form for _i, korean, _m in _entries(path) for form in korean if "!" in form
    ]


@pytest.mark.parametrize("path", KOREAN, ids=lambda path: path.name)
def test_nothing_is_kept_that_was_struck_out(path):
    assert not list(_catalogue(path).obsolete)


def _known() -> set[Asked]:
    return {
        Asked(message.context, ids[0])
        for ids, _korean, message in _entries(FOLDER / "django.po")
    }


def test_what_the_sources_say_is_in_the_catalogue():
    asked = asked_by_python_and_templates()
    assert len(asked) > 1000
    missing = sorted(one.text for one in asked - _known() if one.text)
    assert not missing


def test_the_catalogue_keeps_nothing_that_no_source_says():
    unused = sorted(one.text for one in _known() - asked_by_python_and_templates())
    assert not unused


def test_scripts_and_their_catalogue_say_the_same():
    known = {ids[0] for ids, _korean, _m in _entries(FOLDER / "djangojs.po")}
    assert asked_by_scripts() == known
