"""What the cells of one row say, each column for itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vielfalt.listings.spreadsheets.cells import Known
from vielfalt.listings.spreadsheets.columns import Column
from vielfalt.listings.spreadsheets.words import UnknownWordError


@dataclass(frozen=True, order=True)
class Remark:
    """A mistake or a warning, with the place where it was found."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = _("Zeile {row}").format(row=self.row) if self.row else _("Kopfzeile")
        if self.column:
            where = _("{row}, Spalte „{column}“").format(row=where, column=self.column)
        return f"{where}: {self.text}"


@dataclass
class ParsedRow:
    """The values of a row's filled and valid cells, by header."""

    number: int
    filled: set[str]
    """The headers of all filled cells, valid or not."""
    values: dict[str, Any] = field(default_factory=dict)
    mistakes: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def mistake(self, column: str, text: str) -> None:
        self.mistakes.append(Remark(self.number, column, text))

    def warning(self, column: str, text: str) -> None:
        self.warnings.append(Remark(self.number, column, text))

    def stays_draft(self, column: str, missing: Iterable[object]) -> None:
        """Say why an entry of this row is not published although that was asked for."""
        names = "; ".join(str(name) for name in missing)
        self.warning(column, _("Bleibt Entwurf, es fehlt: {names}.").format(names=names))


def parse_row(number: int, cells: dict[str, str], columns: Iterable[Column], known: Known) -> ParsedRow:
    """Read every filled cell; mistakes are collected, not raised."""
    row = ParsedRow(number, {header for header, cell in cells.items() if cell})
    for column in columns:
        if cell := cells.get(column.header, ""):
            _read_cell(row, column, cell, known)
        elif column.required:
            row.mistake(column.header, str(column.required))
    return row


def _read_cell(row: ParsedRow, column: Column, cell: str, known: Known) -> None:
    try:
        value = row.values[column.header] = column.read(cell, known)
    except UnknownWordError as error:
        row.mistake(column.header, str(error))
    except ValidationError as error:
        row.mistake(column.header, _("„{value}“: {reason}").format(value=cell, reason=" ".join(error.messages)))
    else:
        if column.doubt and (sentence := column.doubt(value)):
            row.warning(column.header, sentence)
