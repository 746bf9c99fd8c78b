"""Which files are read, and with which sentence others are refused."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.lotsen.tables import HEADERS, csv_bytes, row, xlsx_bytes
from vielfalt.listings.spreadsheets.exporting import write_file
from vielfalt.listings.spreadsheets.reading import MAX_BYTES, RefusedError, read_rows

FULDA = row(Straße="Rhönstraße 1", Notiz="zwei\nZeilen; und „mehr“")


def name_and_street(content):
    header, *rows = read_rows(content)
    return [
        (cells["Name"], cells["Straße"]) for one in rows for cells in [dict(zip(header.cells, one.cells, strict=False))]
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv_in_all_usual_encodings_and_delimiters(encoding, delimiter):
    content = csv_bytes(FULDA, encoding=encoding, delimiter=delimiter)
    assert name_and_street(content) == [("Lotsenhaus e. V.", "Rhönstraße 1")]


def test_xlsx():
    assert name_and_street(xlsx_bytes(FULDA)) == [("Lotsenhaus e. V.", "Rhönstraße 1")]


def test_numbers_in_xlsx_are_read_as_they_look():
    _header, only = read_rows(xlsx_bytes({**FULDA, "PLZ": 36037, "Jahr": 2025.0}))
    assert only.cells[HEADERS.index("PLZ")] == "36037"
    assert only.cells[HEADERS.index("Jahr")] == "2025"


def test_row_numbers_are_those_of_the_spreadsheet_though_empty_rows_and_comments_are_skipped():
    content = b"Name;Ort\n# Kommentar;\n;\nVerein;Fulda\n"
    assert [(one.number, one.cells[0]) for one in read_rows(content)] == [(1, "Name"), (4, "Verein")]


def refused(content):
    with pytest.raises(RefusedError) as error:
        read_rows(content)
    return str(error.value)


def test_files_over_5_mb_are_refused():
    assert refused(b"x" * (MAX_BYTES + 1)) == (
        "Die Datei ist größer als 5 MB. Bitte teilen Sie sie auf mehrere Dateien auf."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n\x00\x01",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 20,  # an old .xls
        "Name;Ort\n".encode("utf-16"),
        b"\x81\x8d\x8f",
    ],
)
def test_the_type_is_told_by_content(content):
    assert refused(content) == "Das ist keine Tabelle. Bitte wählen Sie eine Datei im Format CSV oder XLSX."


def archive(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return content.getvalue()


def test_other_archives_are_no_tables():
    assert refused(archive(**{"word/document.xml": "<x/>"})).startswith("Das ist keine Tabelle.")


def test_zip_bombs_are_refused_before_they_are_unpacked():
    bomb = archive(**{"xl/workbook.xml": "<x/>", "xl/sheet.xml": b"0" * (31 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert refused(bomb) == "Die Datei ist entpackt zu groß. Bitte kopieren Sie nur die Tabelle in eine neue Datei."


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xef\xbb\xbf"])
def test_empty_files_are_refused(content):
    assert refused(content) == "Die Datei ist leer."


@pytest.mark.parametrize("cell", ["=1+1", "  =HYPERLINK(1)", "=cmd|' /C calc'!A0"])
def test_formulas_in_csv_are_refused_with_their_row(cell):
    assert refused(csv_bytes(FULDA, row(Notiz=cell))).startswith("In Zeile 3 steht eine Formel.")


def test_formulas_in_xlsx_are_refused():
    assert refused(xlsx_bytes(row(Notiz="=1+1"))).startswith("In Zeile 2 steht eine Formel.")


def test_array_formulas_in_xlsx_are_refused():
    workbook = Workbook()
    workbook.active.append(["Name"])
    workbook.active["A2"] = ArrayFormula("A2:A3", "=SUM(B1:B2)")
    content = io.BytesIO()
    workbook.save(content)
    assert refused(content.getvalue()).startswith("In Zeile 2 steht eine Formel.")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_phone_numbers_with_a_plus_are_no_formulas(kind):
    make = {"csv": csv_bytes, "xlsx": xlsx_bytes}[kind]
    _header, only = read_rows(make(row(Telefon="+49 661 123")))
    assert only.cells[HEADERS.index("Telefon")] == "+49 661 123"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_more_than_ten_thousand_rows_are_refused(kind):
    rows = [list(HEADERS), *([str(number), *[""] * 16] for number in range(10_001))]
    assert refused(write_file(rows, kind)) == (
        "Die Datei hat mehr als 10.000 Zeilen. Bitte teilen Sie sie auf mehrere Dateien auf."
    )
    assert len(read_rows(write_file(rows[:-1], kind))) == 10_001


def with_sheet(old, new):
    """Return a workbook whose sheet says something else than openpyxl would write."""
    source = zipfile.ZipFile(io.BytesIO(xlsx_bytes(FULDA)))
    sheet = "xl/worksheets/sheet1.xml"
    members = {name: source.read(name) for name in source.namelist()}
    assert old in members[sheet]
    members[sheet] = members[sheet].replace(old, new)
    return archive(**members)


@pytest.mark.parametrize("number", [b"100001", b"1048576", b"99999999999"])
def test_sheets_with_endless_empty_rows_are_refused(number):
    assert refused(with_sheet(b'<row r="2"', b'<row r="%s"' % number)) == (
        "Die Tabelle reicht bis unter Zeile 100.000. Bitte löschen Sie die leeren Zeilen am Ende."
    )


def test_some_empty_rows_do_no_harm():
    assert read_rows(with_sheet(b'<row r="2"', b'<row r="50000"'))[1].number == 50_000


def test_missing_quotation_marks_are_named():
    assert refused(b'Name;Ort\nA;"Fulda\nB;Kassel\n').startswith("Nach Zeile 1 ist die Datei beschädigt")


def test_damaged_workbooks_are_refused():
    content = bytearray(xlsx_bytes(FULDA))
    damaged = archive(**{"xl/workbook.xml": "<not xml"})
    assert refused(damaged).startswith("Die XLSX-Datei ist beschädigt")
    content[40:400] = b"\xff" * 360
    assert "XLSX" in refused(bytes(content))


@settings(deadline=None)  # a busy machine is no mistake
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    for start in (b"", b"PK\x03\x04", b"Name;Ort\n"):
        try:
            rows = read_rows(start + content)
        except RefusedError:
            continue
        assert rows


CELLS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=12)
DANGEROUS = st.tuples(st.sampled_from(["", "'", "''"]), st.sampled_from("=+-@#"), CELLS).map("".join)


@settings(deadline=None)  # a busy machine is no mistake
@given(st.lists(CELLS | DANGEROUS, min_size=1, max_size=4).filter(any))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_whatever_is_written_is_read_back_and_never_run(kind, cells):
    content = write_file([["Name"] * len(cells), cells], kind)
    _header, only = read_rows(content)
    assert (only.cells + [""] * len(cells))[: len(cells)] == cells
    if kind == "csv":
        first = content.decode("utf-8-sig").splitlines()[1].lstrip('"')
        assert first[:1] not in tuple("=+-@")


@pytest.mark.parametrize(
    "rows", [b"<row>" + b"<c/>" * 2_000_000 + b"</row>", (b"<row>" + b"<c/>" * 190 + b"</row>") * 3_000]
)
def test_no_more_cells_than_a_table_of_carriers_can_have(rows):
    content = with_sheet(b"</sheetData>", rows + b"</sheetData>")
    assert refused(content).startswith("Die Tabelle hat zu viele Zellen, vielleicht leere.")
