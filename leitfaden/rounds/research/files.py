"""An export as files: CSV in an archive, JSON, and the codebook that explains both."""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _

from leitfaden.files.zipping import part_named
from leitfaden.rounds.models import Round
from leitfaden.rounds.research.columns import Kind, Table, Value
from leitfaden.rounds.research.material import Material
from leitfaden.rounds.research.tables import TABLES, notes
from vielfalt.listings.spreadsheets.exporting import CSV_ENCODING, write_csv, yes_or_no_cell

CODEBOOK = "codebuch.md"


def write_csv_archive(round_: Round, file: IO[bytes]) -> None:
    """Write an archive with a CSV file for each table."""
    material = Material(round_)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part_named(CODEBOOK), codebook(round_).encode())
        for table in TABLES:
            with (
                archive.open(part_named(f"{table.name}.csv"), "w") as part,
                io.TextIOWrapper(part, CSV_ENCODING, newline="") as text,
            ):
                write_csv(_cells(table, material), text)


def _cells(table: Table, material: Material) -> Iterable[list[str]]:
    yield [column.name for column in table.columns]
    for row in table.rows(material):
        yield [_cell(value) for value in row]


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return yes_or_no_cell(value)
    return "" if value is None else str(value)


def write_json(round_: Round, file: IO[bytes]) -> None:
    """Write all tables as one JSON document, row by row."""
    material = Material(round_)
    text = io.TextIOWrapper(file, "utf-8", write_through=True)
    text.write(f'{{"codebuch": {json.dumps(as_data(), ensure_ascii=False)}')
    for table in TABLES:
        text.write(f',\n"{table.name}": [')
        names = [column.name for column in table.columns]
        for number, row in enumerate(table.rows(material)):
            line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
            text.write(f"{',' if number else ''}\n{line}")
        text.write("]")
    text.write("}\n")
    text.detach()


def as_data() -> dict[str, Any]:
    """Return the codebook as data."""
    return {
        "hinweise": notes(),
        "tabellen": [
            {
                "name": table.name,
                "bedeutung": str(table.about),
                "spalten": [
                    {
                        "name": column.name,
                        "typ": column.kind.value,
                        "bedeutung": str(column.meaning),
                        "werte": dict(column.values),
                    }
                    for column in table.columns
                ],
            }
            for table in TABLES
        ],
    }


def codebook(round_: Round) -> str:
    """Return the codebook as a text to read."""
    title = _("Codebuch: {round} (Runde {number})").format(round=round_.title, number=round_.number)
    lines = [f"# {title}", "", *(f"- {note}" for note in notes())]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", str(table.about), ""]
        for column in table.columns:
            lines.append(f"- **{column.name}** ({Kind(column.kind).label}): {column.meaning}")
            lines += [f"  - `{value}`: {label}" for value, label in column.values]
    return "\n".join([*lines, ""])
