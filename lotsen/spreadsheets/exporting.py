"""From carriers to a file that the import reads without changing anything, and the empty template."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from lotsen.models import AnnualFigures, Carrier, Programme, ProgrammeLanguage
from lotsen.models.vocabularies import Availability
from lotsen.spreadsheets import columns
from lotsen.spreadsheets.areas import Places, usual_area, write_places
from lotsen.spreadsheets.reading import needs_escape

CSV = "csv"
XLSX = "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

HEAD = Font(bold=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)

type Cells = dict[str, str]


def template() -> list[list[str]]:
    """Return the header with two comments, which the import skips: what goes in, and an example."""
    hints = [column.hint for column in columns.COLUMNS]
    examples = [column.example for column in columns.COLUMNS]
    return [
        list(columns.HEADERS),
        [_("# Erklärung: {hint}").format(hint=hints[0]), *hints[1:]],
        [_("# Beispiel: {example}").format(example=examples[0]), *examples[1:]],
    ]


def table(carriers: Iterable[Carrier], *, with_notes: bool) -> list[list[str]]:
    """Return header and rows for carriers loaded ``with_spreadsheet_columns``."""
    places = Places()
    rows = [row for carrier in carriers for row in _carrier_rows(carrier, places, with_notes=with_notes)]
    return [list(columns.HEADERS), *([_plain(row.get(header, "")) for header in columns.HEADERS] for row in rows)]


def write_file(rows: list[list[str]], kind: str, *, comments: bool = False) -> bytes:
    """Return the rows as the bytes of a CSV file as German spreadsheets open it, or of an XLSX file.

    With ``comments``, rows that start with "# " stay comments, which the import skips.
    """
    marked = [[_marked(cell, kind, comments=comments) for cell in row] for row in rows]
    return _write_xlsx(marked) if kind == XLSX else _write_csv(marked)


def _marked(cell: str, kind: str, *, comments: bool) -> str:
    """Put an apostrophe before what a spreadsheet would run; the import takes it away again.

    Cells of an XLSX file are typed as text, so there "+49 …" is safe and stays as it is.
    """
    is_comment = comments and cell.startswith("# ")
    is_safe = kind == XLSX and cell[:1] not in ("=", "#", "'")
    return cell if is_comment or is_safe or not needs_escape(cell) else f"'{cell}"


def _carrier_rows(carrier: Carrier, places: Places, *, with_notes: bool) -> Iterator[Cells]:
    internal = getattr(carrier, "internal", None)
    own: Cells = {
        columns.NAME: carrier.name,
        columns.CARRIER_TYPE: carrier.carrier_type.name,
        columns.UMBRELLA: carrier.umbrella.name if carrier.umbrella else "",
        columns.POSTAL_CODE: carrier.postal_code_id or "",
        columns.STREET: carrier.street,
        columns.WEBSITE: carrier.website,
        columns.EMAIL: carrier.email,
        columns.PHONE: carrier.phone,
        columns.NOTE: internal.note if internal and with_notes else "",
    }
    programmes = list(carrier.programmes.all())
    if not programmes:
        yield {**own, columns.PLACES: carrier.municipality.name}
    for number, programme in enumerate(programmes):
        shared = own if number == 0 else {columns.NAME: carrier.name}
        yield {**shared, **_programme_cells(programme, carrier, places)}


def _programme_cells(programme: Programme, carrier: Carrier, places: Places) -> Cells:
    area = places.area(
        [town.pk for town in programme.covered_municipalities.all()],
        [district.pk for district in programme.covered_districts.all()],
    )
    place = places.municipalities[programme.municipality_id]
    figures = _matching_figures(programme)
    return {
        columns.PROGRAMME: programme.title,
        columns.PLACES: write_places(
            place, area, usual_area(place, carrier.name, carrier.carrier_type, places), places
        ),
        columns.LANGUAGES: _list(_language_cell(offer) for offer in programme.offered_languages.all()),
        columns.FIELDS_OF_WORK: _list(term.name for term in programme.fields_of_work.all()),
        columns.TARGET_GROUPS: _list(term.name for term in programme.target_groups.all()),
        columns.ACTIVE: _number(programme.active_volunteers),
        columns.YEAR: _number(figures and figures.year),
        columns.UNITS: _number(figures and figures.course_units),
    }


def _matching_figures(programme: Programme) -> AnnualFigures | None:
    """Return the latest year's figures that say the same as the programme, so that a re-import changes none."""
    for figures in programme.annual_figures.all():
        if figures.active == programme.active_volunteers and (figures.active, figures.course_units) != (None, None):
            return figures
    return None


def _language_cell(offer: ProgrammeLanguage) -> str:
    if offer.availability == Availability.REGULAR:
        return offer.language.name
    return f"{offer.language.name} ({offer.get_availability_display()})"


def _list(words: Iterable[str]) -> str:
    return " | ".join(words)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").strip()


def _write_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _write_xlsx(rows: list[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("Träger"))
    sheet.freeze_panes = "B2"
    for number, header in enumerate(columns.HEADERS, start=1):
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
