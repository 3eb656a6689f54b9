"""What the apps hold about a person: how it is given out, and how it goes.

Declared in an app's `personal_data.py`, found at start. Every model of every installed
app is either held (given out and erased) or apart, with the reason; a test counts.

    holds(
        "energy",
        label=_("Homes and energy"),
        held=[Held("energy.Bill", _("Paper bills"), rows=bills_of, fields=("start",))],
        erase=erase_person,
        files=files_of,
    )
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise

Words = str | Promise
Answers = Mapping[str, str]
PIECE = 64 * 1024


@dataclass(frozen=True)
class Held:
    """Rows of one model: what they are, which a person gets, and which fields."""

    model: str
    what: Words
    rows: Callable[[Any], Any] | None = None  # None: they come as files, or as counts
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileOut:
    """One file of a download, piece by piece, and what it is."""

    path: str
    pieces: Iterable[bytes]
    what: Words


def stored_pieces(file: FieldFile) -> Iterator[bytes]:
    """A stored file in pieces; one that is gone leaves an empty entry."""
    if not file.name or not file.storage.exists(file.name):
        return
    with file.storage.open(file.name) as stored:
        while piece := stored.read(PIECE):
            yield piece


@dataclass(frozen=True)
class Question:
    """What somebody who leaves may decide: the words, the answers, the usual one."""

    key: str
    words: str
    options: tuple[tuple[str, str], ...]
    usual: str


@dataclass(frozen=True)
class Stays:
    """What an app keeps without the person: its code in `people.law`, and how much."""

    code: str
    count: int


Erase = Callable[[Any, Answers], dict[str, int]]


def _no_files(person: Any) -> Iterator[FileOut]:
    return iter(())


def _no_questions(person: Any) -> list[Question]:
    return []


def _nothing_stays(person: Any, answers: Answers) -> list[Stays]:
    return []


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One app's part of what is known about a person."""

    name: str
    label: Words
    held: tuple[Held, ...]
    erase: Erase
    files: Callable[[Any], Iterator[FileOut]] = _no_files
    questions: Callable[[Any], list[Question]] = _no_questions
    stays: Callable[[Any, Answers], list[Stays]] = _nothing_stays


_holders: dict[str, Holder] = {}
_apart: dict[str, Words] = {}


def holds(
    name: str,
    *,
    label: Words,
    held: Sequence[Held],
    erase: Erase,
    **more: Any,
) -> None:
    """Declare what an app holds; the rows' keys are added by themselves."""
    _holders[name] = Holder(
        name=name, label=label, held=tuple(held), erase=erase, **more
    )


def apart(reason: Words, *models: str) -> None:
    """Declare models that tell nothing of a person, or that need not go, and why."""
    _apart.update(dict.fromkeys(models, reason))


def holders() -> list[Holder]:
    """Every app that holds something: upper floors first, as erasing needs it."""
    order = {config.label: at for at, config in enumerate(apps.get_app_configs())}
    return sorted(_holders.values(), key=lambda one: order.get(one.name, len(order)))


def holder(name: str) -> Holder:
    return _holders[name]


def set_apart() -> dict[str, Words]:
    """The models that are no part of it, with their reasons."""
    return dict(_apart)


def rows_of(held: Held, person: Any) -> Iterator[dict[str, Any]]:
    """The person's rows of one model, a few at a time."""
    if held.rows is None:
        return iter(())
    found = held.rows(person).values(*held.fields)
    return iter(found.iterator(chunk_size=500))
