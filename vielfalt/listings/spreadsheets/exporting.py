"""From entries to a file that the import reads without changing anything, and the empty template."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any, TextIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from vielfalt.listings.spreadsheets.cells import Known
from vielfalt.listings.spreadsheets.reading import needs_escape
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet

CSV = "csv"
XLSX = "xlsx"
CSV_ENCODING = "utf-8-sig"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

HEAD = Font(bold=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)


def template(sheet: Spreadsheet) -> list[list[str]]:
    """Return the header with two comments, which the import skips: what goes in, and an example."""
    hints = [column.hint for column in sheet.columns]
    examples = [column.example for column in sheet.columns]
    return [
        list(sheet.headers),
        [_("# Erklärung: {hint}").format(hint=hints[0]), *hints[1:]],
        [_("# Beispiel: {example}").format(example=examples[0]), *examples[1:]],
    ]


def table(sheet: Spreadsheet, entries: Iterable[Any], *, with_internal: bool) -> list[list[str]]:
    """Return header and rows for some of the sheet's ``entries()``."""
    known = Known()
    filled = [list(sheet.headers)]
    for entry in entries:
        hidden = () if with_internal else _internal_headers(sheet, entry)
        for row in sheet.rows(entry, known):
            filled.append([_plain("" if header in hidden else row.get(header, "")) for header in sheet.headers])
    return filled


def _internal_headers(sheet: Spreadsheet, entry: Any) -> set[str]:
    return {column.header for column in sheet.columns if column.internal or column.withheld(entry)}


def write_file(rows: list[list[str]], kind: str, *, title: str | None = None, comments: bool = False) -> bytes:
    """Return the rows as the bytes of a CSV file as German spreadsheets open it, or of an XLSX file.

    With ``comments``, rows that start with "# " stay comments, which the import skips.
    """
    if kind == XLSX:
        return _write_xlsx([[_marked(cell, kind, comments=comments) for cell in row] for row in rows], title)
    text = io.StringIO(newline="")
    write_csv(rows, text, comments=comments)
    return text.getvalue().encode(CSV_ENCODING)


def write_csv(rows: Iterable[list[str]], text: TextIO, *, comments: bool = False) -> None:
    """Write rows one by one, so that there may be many; ``text`` has ``CSV_ENCODING`` and no newlines of its own."""
    writer = csv.writer(text, delimiter=";")
    for row in rows:
        writer.writerow([_marked(cell, CSV, comments=comments) for cell in row])


# What domains put into cells


def list_cell(words: Iterable[object]) -> str:
    return " | ".join(str(word) for word in words)


def number_cell(value: int | None) -> str:
    return "" if value is None else str(value)


def day_cell(day: date | None) -> str:
    """Return a day as ISO 8601 has it, which every spreadsheet program sorts rightly."""
    return day.isoformat() if day else ""


def yes_or_no_cell(value: bool | None) -> str:
    return "" if value is None else _("ja") if value else _("nein")


def note_cell(entry: Any) -> str:
    internal = getattr(entry, "internal", None)
    return internal.note if internal else ""


def _marked(cell: str, kind: str, *, comments: bool) -> str:
    """Put an apostrophe before what a spreadsheet would run; the import takes it away again.

    Cells of an XLSX file are typed as text, so there "+49 …" is safe and stays as it is.
    """
    is_comment = comments and cell.startswith("# ")
    is_safe = kind == XLSX and cell[:1] not in ("=", "#", "'")
    return cell if is_comment or is_safe or not needs_escape(cell) else f"'{cell}"


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").strip()


def _write_xlsx(rows: list[list[str]], title: str | None) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number, header in enumerate(rows[0], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(16, len(header) + 4)
    for number, row in enumerate(rows):
        sheet.append([_xlsx_cell(sheet, text, bold=number == 0) if text else None for text in row])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _xlsx_cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool) -> WriteOnlyCell:
    """Return a cell that is text whatever it looks like, so that nothing in it is ever run or rounded."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = HEAD
    else:
        cell.alignment = WRAPPED
    return cell
