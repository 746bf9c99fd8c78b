"""Exporting carriers, the template, and the management command."""

import pytest
from django.core.management import CommandError, call_command

from lotsen.models import Carrier, Programme
from lotsen.spreadsheets.carriers import CARRIERS
from tests.lotsen.tables import FULL, HEADERS, csv_bytes, load, mistakes, row, snapshot, xlsx_bytes
from vielfalt.listings.models import State
from vielfalt.listings.spreadsheets.exporting import table, template, write_file
from vielfalt.listings.spreadsheets.importing import import_file
from vielfalt.listings.spreadsheets.reading import read_rows
from vielfalt.places.models import District

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_exports_are_imported_again_unchanged(kind):
    load(
        {**FULL, "Notiz": "=böse\nzweite Zeile", "Straße": "'-1"} | {"Notiz": "- Punkt\nzweite Zeile"},
        row(Programm="Elternlotsen", Ort="Kassel (nur Standort), Landkreis Kassel"),
        row(Name="Main-Kinzig-Kreis", Trägerart="Landkreis", Ort="Gelnhausen (nur Standort), Gelnhausen"),
        row(Name="Landkreis Kassel", Trägerart="Landkreis", Ort="Kassel"),
        row(Name="Stadt Gießen", Ort="Gießen, Landkreis Gießen"),
        {"Name": "Ohne Programm", "Trägerart": "Sonstige", "Ort": "Fulda"},
    )
    programme = Programme.objects.get(title="Elternlotsen")
    programme.covered_districts.add(District.objects.get(ags="06411"))
    programme.annual_figures.create(year=2024, active=3)
    Carrier.objects.filter(name="Stadt Gießen").update(phone="=1+1", description="bleibt")
    before = snapshot()
    content = write_file(table(CARRIERS, CARRIERS.entries(), with_internal=True), kind)
    plan = import_file(CARRIERS, content=content, publish=True, by=None)
    assert plan.mistakes == []
    assert plan.changes_nothing, [part for part in plan.parts if part.columns]
    assert snapshot() == before


def test_exports_escape_what_a_spreadsheet_would_run():
    load(row(Telefon="+49 661 1", Notiz="-1+1"))
    text = write_file(table(CARRIERS, CARRIERS.entries(), with_internal=True), "csv").decode("utf-8-sig")
    assert ";'+49 661 1;" in text
    assert ";'-1+1" in text


def test_exports_without_notes():
    load(row(Notiz="geheim"))
    assert "geheim" not in str(table(CARRIERS, CARRIERS.entries(), with_internal=False))


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_an_export(django_assert_num_queries, number):
    load(*(row(Name=f"Verein {one}", Sprachen="Arabisch", Einsatzfelder="Kita") for one in range(number)))
    with django_assert_num_queries(11):
        table(CARRIERS, CARRIERS.entries(), with_internal=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_the_columns_and_an_example_that_is_valid(kind):
    header, *rest = read_rows(write_file(template(CARRIERS), kind, comments=True))
    assert header.cells == list(HEADERS)
    assert rest == []
    example = dict(zip(HEADERS, template(CARRIERS)[2], strict=True))
    assert mistakes({**example, "Name": example["Name"].removeprefix("# Beispiel: ")}) == []


# The command


def write(tmp_path, content):
    path = tmp_path / "traeger.csv"
    path.write_bytes(content)
    return path


def test_command(tmp_path, capsys):
    path = write(tmp_path, csv_bytes(FULL))
    call_command("import_carriers", path, "--dry-run")
    assert not Carrier.objects.exists()
    call_command("import_carriers", path, "--publish")
    assert Carrier.objects.get().state == State.PUBLISHED
    call_command("import_carriers", path)
    assert capsys.readouterr().out.splitlines() == [
        "Träger: 1 neu, 0 geändert, 0 unverändert",
        "Lotsenprogramme: 1 neu, 0 geändert, 0 unverändert",
        "Nur geprüft, nichts geschrieben.",
        "Träger: 1 neu, 0 geändert, 0 unverändert",
        "Lotsenprogramme: 1 neu, 0 geändert, 0 unverändert",
        "Träger: 0 neu, 0 geändert, 1 unverändert",
        "Lotsenprogramme: 0 neu, 0 geändert, 1 unverändert",
    ]


def test_command_reads_xlsx_by_content(tmp_path):
    call_command("import_carriers", write(tmp_path, xlsx_bytes(FULL)))
    assert Carrier.objects.get().phone == "+49 661 1"


def test_command_fails_with_all_mistakes(tmp_path):
    path = write(tmp_path, csv_bytes(row(Ort="Fuldda"), row(Name="B", Sprachen="Arabish")))
    with pytest.raises(CommandError) as error:
        call_command("import_carriers", path)
    assert str(error.value).splitlines() == [
        "Nichts wurde importiert.",
        "Zeile 2, Spalte „Ort“: „Fuldda“ ist unbekannt. Meinten Sie „Fulda“?",
        "Zeile 3, Spalte „Sprachen“: „Arabish“ ist unbekannt. Meinten Sie „Arabisch“?",
    ]


def test_command_refuses_what_is_no_table(tmp_path):
    with pytest.raises(CommandError, match="Das ist keine Tabelle"):
        call_command("import_carriers", write(tmp_path, b"%PDF\x00"))
    with pytest.raises(CommandError, match=r"^Die Datei .*nichts\.csv gibt es nicht\.$"):
        call_command("import_carriers", tmp_path / "nichts.csv")
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        call_command("import_carriers", tmp_path)
