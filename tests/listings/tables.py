"""Spreadsheet files for tests, as bytes of the kinds that people really send."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook


def csv_bytes(*rows: dict[str, str], headers: Sequence[str], encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headers, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(*rows: dict[str, object], headers: Sequence[str]) -> bytes:
    workbook = Workbook()
    workbook.active.append(list(headers))
    for cells in rows:
        workbook.active.append([cells.get(header) for header in headers])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
