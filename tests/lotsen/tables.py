"""Spreadsheet files for tests, as bytes of the kinds that people really send."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

from lotsen.actions import import_carriers
from lotsen.models import AnnualFigures, Carrier, CarrierInternal, Programme, ProgrammeLanguage
from lotsen.spreadsheets.columns import HEADERS

CARRIER = {
    "Name": "Lotsenhaus e. V.",
    "Trägerart": "Gemeinnütziger Verein",
    "Programm": "Lotsen in Fulda",
    "Ort": "Fulda",
}


def row(**cells: str) -> dict[str, str]:
    """Return a valid row; keywords name columns that differ, ``E_Mail`` and ``Aktive`` stand for odd headers."""
    names = {"E_Mail": "E-Mail", "Aktive": "Aktive Lots*innen"}
    return {**CARRIER, **{names.get(name, name): cell for name, cell in cells.items()}}


def csv_bytes(
    *rows: dict[str, str], encoding: str = "utf-8", delimiter: str = ";", headers: Sequence[str] = HEADERS
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headers, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*rows: dict[str, object], headers: Sequence[str] = HEADERS) -> bytes:
    workbook = Workbook()
    workbook.active.append(list(headers))
    for cells in rows:
        workbook.active.append([cells.get(header) for header in headers])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


FULL = row(
    Dachverband="Caritas",
    Ort="Fulda, Hünfeld",
    PLZ="36037",
    Telefon="+49 661 1",
    Website="https://lotsen.example.org",
    Sprachen="Arabisch, Somali (auf Anfrage)",
    Einsatzfelder="Kita | Freizeit, Sport, Vereine",
    Zielgruppen="Frauen",
    Aktive="12",
    Jahr="2025",
    UE="30",
    Notiz="intern",
)
"""A row with something in nearly every column."""


def load(*rows, publish=False):
    return import_carriers(content=csv_bytes(*rows), publish=publish, by=None)


def mistakes(*rows, **options):
    return [str(mistake) for mistake in load(*rows, **options).mistakes]


def warnings(*rows, **options):
    return [str(warning) for warning in load(*rows, **options).warnings]


def snapshot():
    """Return every value that an import could change, ``updated_at`` included."""
    return [
        sorted(model.objects.values_list())
        for model in (Carrier, Programme, ProgrammeLanguage, AnnualFigures, CarrierInternal)
    ]
