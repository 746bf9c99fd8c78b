"""A second kind of spreadsheet: organisations in one row each, with every usual type of column."""

from datetime import date

import pytest
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.management import call_command

from lotsen.models import Carrier, CarrierInternal, CarrierType, Programme, TargetGroup
from tests.factories import UserFactory
from tests.listings.tables import csv_bytes
from vielfalt.listings.models import State
from vielfalt.listings.spreadsheets import cells, columns
from vielfalt.listings.spreadsheets.addresses import plan_address
from vielfalt.listings.spreadsheets.checking import check, only_row
from vielfalt.listings.spreadsheets.columns import Column
from vielfalt.listings.spreadsheets.command import ImportCommand
from vielfalt.listings.spreadsheets.exporting import day_cell, note_cell, table, write_file, yes_or_no_cell
from vielfalt.listings.spreadsheets.importing import import_file, write_entry
from vielfalt.listings.spreadsheets.plan import EntryPlan
from vielfalt.listings.spreadsheets.reading import read_rows
from vielfalt.listings.spreadsheets.rows import parse_row
from vielfalt.listings.spreadsheets.spreadsheet import Spreadsheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

FIELDS = {"Art": "carrier_type", "Website": "website", "Termin": "by_appointment", "Bestätigt": "confirmed_on"}


class OrganisationPlan(EntryPlan):
    model = Carrier


def plan_organisation(group):
    row = only_row(group)
    plan = OrganisationPlan(row.number, row.get("Name"), group.existing)
    plan_address(plan, row)
    plan.take(row, FIELDS)
    plan.set_note("Notiz", row.get("Notiz"))
    if group.publish and group.existing is None:
        plan.publish = "Website" in row.values
        if not plan.publish:
            row.stays_draft("Website", ["eine Website"])
    return plan


def organisation_rows(organisation, known):
    yield {
        "Name": organisation.name,
        "Art": organisation.carrier_type.name,
        "Ort": organisation.municipality.name,
        "PLZ": organisation.postal_code_id or "",
        "Website": organisation.website,
        "Termin": yes_or_no_cell(organisation.by_appointment),
        "Bestätigt": day_cell(organisation.confirmed_on),
        "Notiz": note_cell(organisation),
    }


ORGANISATIONS = Spreadsheet(
    model=Carrier,
    columns=(
        Column(columns.NAME, "", "", cells.field(Carrier, "name"), required="Der Name fehlt."),
        Column("Art", "", "", cells.term(CarrierType)),
        Column(columns.PLACE, "", "", cells.town),
        Column(columns.POSTAL_CODE, "", "", cells.postal_code),
        Column(columns.WEBSITE, "", "", cells.website(Carrier, "website")),
        Column("Termin", "", "", cells.yes_or_no),
        Column("Bestätigt", "", "", cells.day(Carrier, "confirmed_on")),
        Column(columns.NOTE, "", "", internal=True),
    ),
    kinds=(OrganisationPlan,),
    entries=lambda: Carrier.objects.select_related(
        "carrier_type", "municipality", "postal_code", "internal"
    ).prefetch_related("postal_code__municipalities"),
    plan=plan_organisation,
    write=write_entry,
    rows=organisation_rows,
    file_name="organisationen",
    explanation="Jede Zeile ist eine Organisation.",
    internal_permission="lotsen.view_carrierinternal",
)
ROW = {
    "Name": "Afghanischer Verein",
    "Art": "Gemeinnütziger Verein",
    "Ort": "Fulda",
    "PLZ": "36037",
    "Website": "verein.example.org",
    "Termin": "Ja",
    "Bestätigt": "3.11.2026",
    "Notiz": "intern",
}


def load(*rows, publish=False, by=None):
    return import_file(ORGANISATIONS, content=content(*rows), publish=publish, by=by)


def content(*rows):
    return csv_bytes(*rows, headers=ORGANISATIONS.headers)


def mistakes(*rows):
    return [str(mistake) for mistake in load(*rows).mistakes]


def test_one_row_is_one_organisation():
    load(ROW)
    organisation = Carrier.objects.get()
    assert (organisation.name, organisation.municipality.name) == ("Afghanischer Verein", "Fulda")
    assert (organisation.postal_code_id, organisation.website) == ("36037", "https://verein.example.org")
    assert (organisation.by_appointment, organisation.confirmed_on) == (True, date(2026, 11, 3))
    assert CarrierInternal.objects.get().note == "intern"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_changes_nothing(kind):
    load(ROW, {"Name": "Zweiter", "Art": "Sonstige", "Ort": "Kassel", "Termin": "nein"})
    file = write_file(table(ORGANISATIONS, ORGANISATIONS.entries(), with_internal=True), kind, title="Titel")
    assert check(ORGANISATIONS, read_rows(file)).changes_nothing


def test_internal_columns_stay_empty_for_others():
    load(ROW)
    header, only = table(ORGANISATIONS, ORGANISATIONS.entries(), with_internal=False)
    assert dict(zip(header, only, strict=True))["Notiz"] == ""
    assert dict(zip(header, only, strict=True))["Name"] == "Afghanischer Verein"


def test_changes_are_named_and_logged():
    by = UserFactory()
    load(ROW, by=by)
    plan = load({**ROW, "Termin": "nein", "Notiz": "anders"}, by=by)
    load({**ROW, "Termin": "", "Notiz": ""}, by=by)
    assert plan.entries[0].columns == ["Termin", "Notiz"]
    assert plan.summary == ["Träger: 0 neu, 1 geändert, 0 unverändert"]
    assert sorted(LogEntry.objects.values_list("action_flag", flat=True)) == [ADDITION, CHANGE]


def test_a_second_row_is_a_mistake():
    assert mistakes(ROW, {**ROW, "Name": "afghanischer verein"}) == [
        "Zeile 3, Spalte „Name“: „afghanischer verein“ steht schon in Zeile 2."
    ]


def test_place_and_postal_code_tell_each_other_and_have_to_fit():
    assert mistakes({**ROW, "Ort": "Kassel"}) == [
        "Zeile 2, Spalte „Ort“: Die Postleitzahl 36037 gehört zu Fulda, nicht zu Kassel."
    ]
    assert mistakes({**ROW, "Ort": "", "PLZ": ""}) == [
        "Zeile 2, Spalte „Ort“: Der Ort fehlt. Ein neuer Eintrag braucht ihn."
    ]
    load({**ROW, "Ort": ""})
    assert Carrier.objects.get().municipality.name == "Fulda"
    assert mistakes({"Name": ROW["Name"], "Ort": "Kassel"}) == [
        "Zeile 2, Spalte „Ort“: Die Postleitzahl 36037 gehört zu Fulda, nicht zu Kassel."
    ]
    load({"Name": ROW["Name"], "PLZ": "63065"})
    assert Carrier.objects.get().municipality.name == "Offenbach am Main"


def test_only_complete_entries_are_published():
    plan = load(ROW, {**ROW, "Name": "Ohne Website", "Website": ""}, publish=True)
    assert [str(warning) for warning in plan.warnings] == [
        "Zeile 3, Spalte „Website“: Bleibt Entwurf, es fehlt: eine Website."
    ]
    assert dict(Carrier.objects.values_list("name", "state")) == {
        "Afghanischer Verein": State.PUBLISHED,
        "Ohne Website": State.DRAFT,
    }


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, number):
    rows = [{**ROW, "Name": f"Verein {one}"} for one in range(number)]
    load(*rows)
    with django_assert_num_queries(7):
        assert check(ORGANISATIONS, read_rows(content(*rows))).changes_nothing


def test_a_command_of_another_domain(tmp_path, capsys):
    class Command(ImportCommand):
        sheet = ORGANISATIONS

    path = tmp_path / "organisationen.csv"
    path.write_bytes(content(ROW))
    call_command(Command(), path)
    assert capsys.readouterr().out == "Träger: 1 neu, 0 geändert, 0 unverändert\n"


# Types of cells


def read(reader, cell):
    row = parse_row(2, {"X": cell}, [Column("X", "", "", reader)], cells.Known())
    return [str(mistake) for mistake in row.mistakes] or row.get("X")


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (cells.yes_or_no, "NEIN", False),
        (cells.yes_or_no, "vielleicht", "„vielleicht“ ist unbekannt. Bitte schreiben Sie „ja“ oder „nein“."),
        (cells.choice(State), "In Pruefung", State.IN_REVIEW),
        (cells.choice(State), "veroeffentlicht", State.PUBLISHED),
        (cells.choice(State), "Entwurv", "„Entwurv“ ist unbekannt. Meinten Sie „Entwurf“?"),
        (cells.day(Carrier, "confirmed_on"), "2026-11-03", date(2026, 11, 3)),
        (cells.day(Carrier, "confirmed_on"), "3. 11. 2026", date(2026, 11, 3)),
        (
            cells.day(Carrier, "confirmed_on"),
            "31.2.2026",
            "„31.2.2026“ ist kein Datum. Bitte schreiben Sie es wie „31.12.2026“.",
        ),
        (cells.number(Programme, "active_volunteers"), "012", 12),
        (
            cells.number(Programme, "active_volunteers"),
            "viele",
            "„viele“ ist keine ganze Zahl. Bitte schreiben Sie sie mit Ziffern.",
        ),
        (cells.text, "was da steht", "was da steht"),
    ],
)
def test_types_of_cells(reader, cell, value):
    expected = [f"Zeile 2, Spalte „X“: {value}"] if isinstance(value, str) and reader != cells.text else value
    assert read(reader, cell) == (value if isinstance(value, State) else expected)


def test_lists_of_terms_and_languages():
    assert [str(one) for one in read(cells.languages, "Arabisch, tr | arabisch")] == ["Arabisch", "Türkisch"]
    assert [str(one) for one in read(cells.terms(TargetGroup), "Frauen | frauen")] == ["Frauen"]
    assert str(read(cells.town, "Offenbach")) == "Offenbach am Main"
