"""Spreadsheet files for tests, as bytes of the kinds that people really send."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

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
