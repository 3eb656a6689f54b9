"""Packs everything the lab holds about a person into one zip, piece by piece."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from livinglab.kernel.personal_data import FileOut, Held, Holder, holders, rows_of
from livinglab.people.models import Person

LANGUAGES = ("ko", "en")


def write_archive(person: Person, to: IO[bytes]) -> None:
    """Write the zip; no list of rows and no file is ever held as a whole."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for holder in holders():
            _write(archive, f"{holder.name}.json", _as_json(holder, person))
        listed: list[FileOut] = []
        for holder in holders():
            for file in holder.files(person):
                _write(archive, file.path, file.pieces)
                listed.append(FileOut(file.path, (), file.what))
        for language in LANGUAGES:
            with translation.override(language):
                words = "\n".join(_readme(listed)) + "\n"
            _write(archive, f"README.{language}.txt", [words.encode()])


def _write(archive: zipfile.ZipFile, path: str, pieces: Iterable[bytes]) -> None:
    now = timezone.localtime()
    entry = zipfile.ZipInfo(path, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as out:
        for piece in pieces:
            out.write(piece)


def _as_json(holder: Holder, person: Person) -> Iterator[bytes]:
    """`{"app.Model": [rows…], …}`, a row at a time."""
    yield b"{"
    for number, held in enumerate(_told(holder)):
        yield (",\n" if number else "\n").encode() + _dumped(held.model) + b": ["
        for at, row in enumerate(rows_of(held, person)):
            yield (",\n  " if at else "\n  ").encode() + _dumped(row)
        yield b"\n]"
    yield b"\n}\n"


def _dumped(value: Any) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def _told(holder: Holder) -> list[Held]:
    return [held for held in holder.held if held.rows is not None]


# The words that go with it ------------------------------------------------------------


def _readme(files: list[FileOut]) -> Iterator[str]:
    yield _("Everything the living lab holds about you")
    yield _("Made on %(day)s.") % {"day": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    yield _("Times are those of Korea unless a file says otherwise. Energy is in kWh.")
    for holder in holders():
        yield from _section(holder)
    if files:
        yield f"\n## {_('Files')}"
    for file in files:
        yield f"- {file.path}: {file.what}"


def _section(holder: Holder) -> Iterator[str]:
    yield f"\n## {holder.name}.json · {holder.label}"
    for held in holder.held:
        yield f"\n{held.model}: {held.what}"
        for name in held.fields:
            yield f"  - {name}: {field_words(held.model, name)}"


def field_words(model: str, path: str) -> str:
    """What a field is called on pages; a path across models says its last step."""
    here: Any = apps.get_model(model)
    words = ""
    for step in path.split("__"):
        field = here._meta.get_field(step)
        words = str(getattr(field, "verbose_name", step))
        here = field.related_model or here
    return capfirst(words)
