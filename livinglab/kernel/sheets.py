"""Tables out to spreadsheets and in again: no cell is a formula, no letter is lost.

A spreadsheet takes a cell that begins with one of a few signs for a formula, and a
formula can send the table elsewhere. Such words get an apostrophe in front; coming in
again it is taken off, so that out and in is the same.
"""

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import tablib
from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from import_export.resources import ModelResource
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from livinglab.kernel.errors import Invalid
from livinglab.kernel.long_lists import LongList
from livinglab.kernel.numbers import plain
from livinglab.kernel.streaming import InPieces, StoredFile

# As OWASP names them, and their full-width twins of East Asian keyboards.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GUARD = "'"
MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 5000
ZIP = b"PK\x03\x04"
MARK = b"\xef\xbb\xbf"  # without it Korean spreadsheets take UTF-8 for cp949
CSV = "text/csv; charset=utf-8"
XLSX = base_formats.XLSX.CONTENT_TYPE
# More are a minute's wait without a byte; the CSV file has no end.
MOST_IN_A_BOOK = 50_000
UNREADABLE = (
    BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    csv.Error,
    tablib.InvalidDimensions,
)


def guarded(cell: Any) -> Any:
    """Words as they may stand in a cell; numbers and days stay what they are."""
    if not isinstance(cell, str):
        return cell
    clean = ILLEGAL_CHARACTERS_RE.sub("", cell)
    if clean.lstrip(" \u00a0").startswith((*DANGEROUS, GUARD)):
        return GUARD + clean
    return clean


def unguarded(cell: Any) -> Any:
    """The words again, as they were before `guarded`."""
    if isinstance(cell, str) and cell.startswith(GUARD):
        rest = cell[len(GUARD) :]
        return rest if guarded(rest) == cell else cell
    return cell


class Sheet(ModelResource):  # type: ignore[misc]
    """The base of every table that leaves the admin site or comes into it."""

    def export_field(self, *args: Any, **kwargs: Any) -> Any:
        return guarded(super().export_field(*args, **kwargs))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for name in list(row):
            row[name] = unguarded(row[name])


def answer_table(
    sheet: Sheet, rows: LongList, *, kind: str, name: str
) -> StreamingHttpResponse:
    """The rows as a file to keep: `csv`, however long, or `xlsx`."""
    answer: StreamingHttpResponse
    if kind == "xlsx":
        answer = StoredFile(_book(sheet, rows), content_type=XLSX)
    else:
        answer = InPieces(_lines(sheet, rows, get_language()), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _lines(sheet: Sheet, rows: LongList, language: str | None) -> Iterator[bytes]:
    """Written while it is sent: in the language of who asked, whoever is served now."""
    yield MARK
    with translation.override(language):
        head = _written([sheet.get_export_headers()])
    yield head
    for portion in rows.portions():
        with translation.override(language):
            lines = _written(sheet.export_resource(row) for row in portion)
        yield lines


def _written(lines: Iterable[list[Any]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def _book(sheet: Sheet, rows: LongList) -> IO[bytes]:
    """Rows go to the disk one by one; memory holds a portion of them."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = "A2"
    page.append([_bold(page, name) for name in sheet.get_export_headers()])
    for portion in rows.portions():
        for row in portion:
            page.append(sheet.export_resource(row))
    if rows.left_out:
        page.append([_bold(page, _said_left_out(rows))])
    file = TemporaryFile()  # noqa: SIM115 - closed once it is sent
    book.save(file)
    file.seek(0)
    return file


def _bold(page: Any, words: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, words)
    cell.font = Font(bold=True)
    return cell


def _said_left_out(rows: LongList) -> str:
    sentence = _(
        "This file ends after %(most)s rows; %(left)s more are not in it."
        " The CSV file holds all of them."
    )
    return sentence % {"most": plain(len(rows.numbers)), "left": plain(rows.left_out)}


def read_table(data: bytes) -> tablib.Dataset:
    """A CSV (UTF-8 or cp949) or XLSX file. Raises Invalid with a sentence."""
    if len(data) > MOST_BYTES:
        raise Invalid(_("The file is larger than 2 MB. Please send it in parts."))
    try:
        table = _read_xlsx(data) if data.startswith(ZIP) else _read_csv(data)
    except UNREADABLE as fault:
        raise Invalid(_("This is no CSV or XLSX table we can read.")) from fault
    if table.height > MOST_ROWS:
        raise Invalid(_("The table has more than 5,000 rows. Please send it in parts."))
    if not table.headers or not table.height:
        raise Invalid(_("The table is empty."))
    return table


def _read_csv(data: bytes) -> tablib.Dataset:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp949")
    return tablib.Dataset().load(text, format="csv")


def _read_xlsx(data: bytes) -> tablib.Dataset:
    with ZipFile(BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
            raise Invalid(_("The file unpacks to more than a table ever needs."))
    return base_formats.XLSX().create_dataset(data)
