"""From the bytes of a file to rows of text, or a sentence that says why not.

Nothing here knows the database. The kind of a file is told by its content, never by its name.
"""

import csv
import io
import operator
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError, ParserCreate

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException

MEGABYTE = 1024 * 1024
MAX_BYTES = 5 * MEGABYTE
MAX_UNPACKED_BYTES = 30 * MEGABYTE
MAX_ROWS = 10_000
MAX_COLUMNS = 100
MAX_SHEET_ROWS = 100_000
"""Empty rows counted too: a small file may claim a million of them, and each takes time."""
MAX_CELLS_IN_ROW = 200
MAX_CELLS = 500_000
"""Empty cells counted too: packed, millions of them take a few kilobytes."""

_is_empty = partial(operator.is_, EMPTY_CELL)

_RUN_BY_SPREADSHEETS = re.compile(r"'*[=+\-@#\t\r]")
"""How text begins that a spreadsheet would take for a formula, or the import for a comment."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    ExpatError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What openpyxl and zipfile raise for damaged, encrypted or half-written workbooks."""


class RefusedError(Exception):
    """A file cannot be read at all; its text is a sentence for the person who chose it."""


@dataclass(frozen=True)
class Row:
    """One row, numbered as a spreadsheet shows it."""

    number: int
    cells: list[str]


def read_rows(content: bytes) -> list[Row]:
    """Return the header row and all rows with content, or raise ``RefusedError`` with the reason."""
    if len(content) > MAX_BYTES:
        raise RefusedError(_("Die Datei ist größer als 5 MB. Bitte teilen Sie sie auf mehrere Dateien auf."))
    if not content.strip():
        raise RefusedError(_("Die Datei ist leer."))
    cells = _workbook_rows(content) if content.startswith(b"PK\x03\x04") else _text_rows(content)
    rows = list(islice(_rows_with_content(cells), MAX_ROWS + 2))
    if len(rows) > MAX_ROWS + 1:
        raise RefusedError(_("Die Datei hat mehr als 10.000 Zeilen. Bitte teilen Sie sie auf mehrere Dateien auf."))
    if not rows:
        raise RefusedError(_("Die Datei ist leer."))
    return rows


def _rows_with_content(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Skip empty rows and comments, which start with "# "."""
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1]:
            cells.pop()
        if cells and not (cells[0] + " ").startswith("# "):
            yield Row(number, [_unescaped(cell) for cell in cells])


def needs_escape(cell: str) -> bool:
    """Whether the export must mark ``cell`` as text, with an apostrophe that the import takes away again."""
    return bool(_RUN_BY_SPREADSHEETS.match(cell))


def _unescaped(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and needs_escape(cell[1:]) else cell


def _refuse_formula(number: int) -> None:
    raise RefusedError(
        _(
            "In Zeile {row} steht eine Formel. Bitte fügen Sie nur Werte ein: "
            "in der Tabelle kopieren und mit „Inhalte einfügen: Werte“ wieder einfügen."
        ).format(row=number)
    )


def _not_a_table() -> RefusedError:
    return RefusedError(_("Das ist keine Tabelle. Bitte wählen Sie eine Datei im Format CSV oder XLSX."))


# Text files


def _text_rows(content: bytes) -> Iterator[list[str]]:
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            cleaned = [_clean(cell) for cell in cells[:MAX_COLUMNS]]
            if any(cell.startswith("=") for cell in cleaned):
                _refuse_formula(number)
            yield cleaned
    except csv.Error as error:
        raise RefusedError(
            _(
                "Nach Zeile {row} ist die Datei beschädigt: Ein Anführungszeichen fehlt oder eine Zelle ist zu lang."
            ).format(row=number)
        ) from error


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte means something in Windows-1252 but for five: those decide that this is no text.
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise _not_a_table() from error
    if _CONTROL.search(text):
        raise _not_a_table()
    return text


def _delimiter(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    return ";" if header.count(";") >= header.count(",") else ","


# Workbooks


def _workbook_rows(content: bytes) -> Iterator[list[str]]:
    _check_archive(content)
    try:
        _check_cells(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = workbook.worksheets[0]
        # The size a sheet claims for itself may be wrong; without it the rows themselves count.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MAX_COLUMNS)
        for number, cells in enumerate(rows, start=1):
            if number > MAX_SHEET_ROWS:
                raise RefusedError(
                    _("Die Tabelle reicht bis unter Zeile 100.000. Bitte löschen Sie die leeren Zeilen am Ende.")
                )
            if all(map(_is_empty, cells)):
                yield []
                continue
            if any(_is_formula(cell) for cell in cells):
                _refuse_formula(number)
            yield [_clean(_as_text(cell.value)) for cell in cells]
    except _DAMAGED as error:
        raise RefusedError(
            _("Die XLSX-Datei ist beschädigt oder geschützt. Bitte speichern Sie sie neu, ohne Kennwort.")
        ) from error


def _check_archive(content: bytes) -> None:
    """Refuse what only looks like a workbook, and archives that unpack to far more than they should."""
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except _DAMAGED as error:
        raise _not_a_table() from error
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise _not_a_table()
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise RefusedError(_("Die Datei ist entpackt zu groß. Bitte kopieren Sie nur die Tabelle in eine neue Datei."))


def _check_cells(content: bytes) -> None:
    """Refuse sheets with far more cells than a table of entries has, before openpyxl holds a whole row of them."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            counter = _CellCounter()
            with archive.open(name) as sheet:
                counter.parser.ParseFile(sheet)


class _CellCounter:
    """Counts the cells of one sheet while it is unpacked, and stops at the first that is too many."""

    def __init__(self) -> None:
        self.in_row = self.in_sheet = 0
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.in_row = 0
            case "c":
                self.in_row += 1
                self.in_sheet += 1
        if self.in_row > MAX_CELLS_IN_ROW or self.in_sheet > MAX_CELLS:
            raise RefusedError(
                _(
                    "Die Tabelle hat zu viele Zellen, vielleicht leere. Bitte löschen Sie, was rechts und unter der "
                    "Tabelle steht, oder kopieren Sie nur die Tabelle in eine neue Datei."
                )
            )


def _is_formula(cell: Any) -> bool:
    return cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.lstrip().startswith("="))


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\xa0", " ").strip()
