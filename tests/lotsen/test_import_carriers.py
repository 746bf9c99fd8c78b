"""Importing carriers: every sentence of the requirement, with real files."""

from datetime import date

import pytest
from django.utils import timezone

from lotsen.models import AnnualFigures, Carrier, CarrierInternal, Programme, ProgrammeLanguage
from lotsen.spreadsheets.carriers import CARRIERS
from lotsen.spreadsheets.plan import CarrierPlan, ProgrammePlan
from tests.lotsen.tables import FULL, HEADERS, csv_bytes, load, mistakes, row, snapshot, warnings
from vielfalt.listings.models import State
from vielfalt.listings.spreadsheets.checking import check
from vielfalt.listings.spreadsheets.reading import RefusedError, read_rows
from vielfalt.places.models import PostalCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def the_programme():
    return Programme.objects.get()


def covered(programme):
    towns = programme.covered_municipalities.values_list("name", flat=True)
    return sorted([*towns, *(district.label for district in programme.covered_districts.all())])


# What columns mean


def test_rows_with_the_same_name_are_one_carrier_with_several_programmes():
    load(
        row(Telefon="0661 1", PLZ="36037", Straße="Rhönstraße 1", Website="lotsen.example.org", E_Mail="a@example.org"),
        row(Programm="Elternlotsen"),
        row(Name="LOTSENHAUS  e.V.", Programm="Gesundheitslotsen"),
    )
    carrier = Carrier.objects.get()
    assert (carrier.name, carrier.phone, carrier.email) == ("Lotsenhaus e. V.", "0661 1", "a@example.org")
    assert (carrier.street, carrier.postal_code_id) == ("Rhönstraße 1", "36037")
    assert carrier.website == "https://lotsen.example.org"
    assert carrier.slug == "lotsenhaus-e-v"
    assert [one.title for one in carrier.programmes.all()] == ["Elternlotsen", "Gesundheitslotsen", "Lotsen in Fulda"]


def test_two_values_for_one_carrier_are_a_mistake():
    assert mistakes(row(Telefon="0661 1"), row(Programm="B", Telefon="0661 2")) == [
        "Zeile 3, Spalte „Telefon“: „0661 2“ passt nicht zu „0661 1“ in Zeile 2. Beide Zeilen nennen denselben Träger."
    ]


def test_the_first_place_is_the_programmes_and_all_are_covered():
    load(row(Ort="Fulda, Hünfeld | Main-Kinzig-Kreis"))
    assert the_programme().municipality.name == "Fulda"
    assert covered(the_programme()) == ["Fulda", "Hünfeld", "Main-Kinzig-Kreis"]


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("Friedberg", "Friedberg (Hessen)"),
        ("Ruesselsheim am Main", "Rüsselsheim am Main"),
        ("Offenbach", "Offenbach am Main"),
        ("Stadt Kassel", "Kassel"),
        ("06411000", "Darmstadt"),
        ("Beerfelden", "Oberzent"),
    ],
)
def test_places_are_known_by_short_and_former_names_too(cell, place):
    load(row(Ort=cell))
    assert the_programme().municipality.name == place


def test_one_place_of_a_landkreis_stands_for_its_whole_district():
    load(row(Name="Main-Kinzig-Kreis", Trägerart="Landkreis", Ort="Gelnhausen"))
    assert covered(the_programme()) == ["Main-Kinzig-Kreis"]


def test_a_landkreis_with_its_seat_outside_covers_itself():
    load(row(Name="Landkreis Kassel", Trägerart="Landkreis", Ort="Kassel"))
    assert the_programme().municipality.district.label == "Stadt Kassel"
    assert covered(the_programme()) == ["Landkreis Kassel"]


def test_one_place_of_any_other_carrier_stands_for_itself():
    load(row(Ort="Gelnhausen"))
    assert covered(the_programme()) == ["Gelnhausen"]


def test_a_place_can_be_the_seat_only():
    load(row(Ort="Kassel (nur Standort), Landkreis Kassel"))
    assert covered(the_programme()) == ["Landkreis Kassel"]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("Main-Kinzig-Kreis", "Als Erstes muss eine Gemeinde stehen, „Main-Kinzig-Kreis“ ist ein Kreis."),
        ("Homberg", "„Homberg“ ist nicht eindeutig. Gemeint sein kann: Homberg (Efze), Homberg (Ohm)."),
        ("Fuldda", "„Fuldda“ ist unbekannt. Meinten Sie „Fulda“?"),
        ("Fulda, Kassel (nur Standort)", "„(nur Standort)“ kann nur beim ersten Ort stehen."),
        (",", "Hier steht kein Ort."),
    ],
)
def test_places_that_are_no_places(cell, sentence):
    assert mistakes(row(Ort=cell)) == [f"Zeile 2, Spalte „Ort“: {sentence}"]


def test_the_carriers_place_is_that_of_its_postal_code():
    load(row(Ort="Rodgau", PLZ="63065"))
    assert Carrier.objects.get().municipality.name == "Offenbach am Main"
    assert the_programme().municipality.name == "Rodgau"


def test_a_postal_code_of_several_places_means_the_first_place_of_the_programme():
    several = next(
        code for code in PostalCode.objects.prefetch_related("municipalities") if len(code.municipalities.all()) > 1
    )
    for town in several.municipalities.all():
        load(row(Name=f"Verein {town}", PLZ=several.code, Ort=town.name))
        assert Carrier.objects.get(name=f"Verein {town}").municipality == town
    first = min(town.name for town in several.municipalities.all())
    assert f"Eingetragen wird {first}" in warnings(row(PLZ=several.code, Ort="Fulda"))[0]


def test_without_a_postal_code_the_carrier_is_at_its_first_place():
    load(row(Ort="Rodgau, Seligenstadt"))
    assert Carrier.objects.get().municipality.name == "Rodgau"


def languages():
    return dict(ProgrammeLanguage.objects.values_list("language__name", "availability"))


def test_languages_by_name_synonym_and_code_with_availability():
    load(row(Sprachen="Arabisch, Somali (auf Anfrage) | tr (derzeit nicht), Farsi, Bosnisch/Kroatisch/Serbisch, ukr"))
    assert languages() == {
        "Arabisch": "regelmaessig",
        "Somali": "auf-anfrage",
        "Türkisch": "derzeit-nicht",
        "Persisch/Farsi": "regelmaessig",
        "Bosnisch/Kroatisch/Serbisch": "regelmaessig",
        "Ukrainisch": "regelmaessig",
    }


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("Arabish", "„Arabish“ ist unbekannt. Meinten Sie „Arabisch“?"),
        ("Kurdisch", "„Kurdisch“ ist nicht eindeutig. Gemeint sein kann: Kurmandschi, Sorani."),
        (
            "Somali (manchmal)",
            "„(manchmal)“ ist unbekannt. In Klammern kann stehen: regelmäßig, auf Anfrage, derzeit nicht.",
        ),
        (
            "Arabish, Türkish",
            "„Arabish“ ist unbekannt. Meinten Sie „Arabisch“? „Türkish“ ist unbekannt. Meinten Sie „Türkisch“?",
        ),
    ],
)
def test_unknown_languages_name_the_nearest(cell, sentence):
    assert mistakes(row(Sprachen=cell)) == [f"Zeile 2, Spalte „Sprachen“: {sentence}"]


@pytest.mark.parametrize("separator", [", ", "|", " | ", ","])
def test_values_with_commas_and_slashes_in_lists(separator):
    load(row(Einsatzfelder=separator.join(["Kita", "Freizeit, Sport, Vereine", "Schule/Elterngespräche", "Wohnen"])))
    names = list(the_programme().fields_of_work.values_list("name", flat=True))
    assert names == ["Kita", "Schule/Elterngespräche", "Wohnen", "Freizeit, Sport, Vereine"]


def test_counts_belong_to_the_programme_and_with_a_year_to_its_figures():
    load(row(Aktive="21", Jahr="2025", UE="30"))
    assert the_programme().active_volunteers == 21
    assert list(AnnualFigures.objects.values_list("year", "active", "course_units")) == [(2025, 21, 30)]


def test_counts_without_a_year():
    load(row(Aktive="21"))
    assert the_programme().active_volunteers == 21
    assert not AnnualFigures.objects.exists()


def test_units_need_a_year():
    assert mistakes(row(UE="30")) == ["Zeile 2, Spalte „Jahr“: Zu den UE fehlt das Jahr."]


def test_units_outside_the_rules_are_a_warning():
    assert warnings(row(Jahr="2025", UE="50")) == [
        "Zeile 2, Spalte „UE“: 50 UE liegen außerhalb der Förderregeln (20 bis 36)."
    ]
    assert AnnualFigures.objects.get().course_units == 50


def test_notes_are_internal():
    load(row(Notiz="nur für uns"), row(Programm="B", Notiz="auch das"))
    assert CarrierInternal.objects.get().note == "nur für uns\nauch das"


@pytest.mark.parametrize("word", ["keiner", "Ohne", "kein Dachverband"])
def test_umbrella_organisations_can_be_taken_away(word):
    load(row(Dachverband="Caritas"))
    load(row(Dachverband=word))
    assert Carrier.objects.get().umbrella is None


# Upsert


def test_the_same_file_twice_changes_nothing(django_assert_num_queries):
    load(FULL, row(Programm="Elternlotsen", Ort="Hünfeld"))
    before = snapshot()
    with django_assert_num_queries(23) as queries:
        plan = load(FULL, row(Programm="Elternlotsen", Ort="Hünfeld"))
    assert not [query for query in queries.captured_queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert snapshot() == before
    assert plan.changes_nothing
    assert (plan.count(CarrierPlan, "unchanged"), plan.count(ProgrammePlan, "unchanged")) == (1, 2)


def test_queries_of_the_check_do_not_grow_with_rows(django_assert_num_queries):
    rows = [row(Name=f"Verein {number}", Sprachen="Arabisch", Notiz=str(number)) for number in range(30)]
    load(*rows)
    with django_assert_num_queries(17):
        load(*rows)


def test_an_import_again_updates():
    load(FULL)
    plan = load({**FULL, "Telefon": "0661 2", "Sprachen": "Somali", "Ort": "Hünfeld", "Aktive Lots*innen": "15"})
    carrier_plan = plan.entries[0]
    assert carrier_plan.columns == ["Telefon"]
    assert carrier_plan.programmes[0].columns == ["Ort", "Sprachen", "Aktive Lots*innen", "Jahr"]
    assert Carrier.objects.get().phone == "0661 2"
    assert languages() == {"Somali": "regelmaessig"}
    assert covered(the_programme()) == ["Hünfeld"]
    assert (the_programme().active_volunteers, AnnualFigures.objects.get().active) == (15, 15)


def test_empty_cells_leave_what_is_there():
    load(FULL)
    before = snapshot()
    plan = load({"Name": FULL["Name"], "Programm": FULL["Programm"]})
    assert plan.changes_nothing
    assert snapshot() == before


def test_notes_on_languages_survive_an_update():
    load(row(Sprachen="Arabisch, Somali"))
    ProgrammeLanguage.objects.filter(language="ara").update(note="auch schriftlich")
    load(row(Sprachen="Arabisch (auf Anfrage)"))
    assert list(ProgrammeLanguage.objects.values_list("language", "availability", "note")) == [
        ("ara", "auf-anfrage", "auch schriftlich")
    ]


def test_a_carrier_without_an_address_moves_with_its_programme():
    load(row(Ort="Fulda"))
    load(row(Ort="Hünfeld"))
    assert Carrier.objects.get().municipality.name == "Hünfeld"


# Publication


COMPLETE = row(Telefon="0661 1", Sprachen="Arabisch")


def test_new_entries_are_drafts():
    load(COMPLETE)
    assert (Carrier.objects.get().state, the_programme().state) == (State.DRAFT, State.DRAFT)
    assert Carrier.objects.get().confirmed_on is None


def test_new_entries_are_published_and_confirmed_when_asked_for():
    load(COMPLETE, publish=True)
    for entry in (Carrier.objects.get(), the_programme()):
        assert (entry.state, entry.confirmed_on) == (State.PUBLISHED, timezone.localdate())


def test_incomplete_entries_stay_drafts_and_say_why():
    assert warnings(row(), publish=True) == [
        (
            "Zeile 2, Spalte „Name“: Bleibt Entwurf, es fehlt: ein öffentlicher Kontakt: Telefon, E-Mail oder Website; "
            "ein Programm mit einer Sprache oder einem Einsatzfeld."
        ),
        "Zeile 2, Spalte „Programm“: Bleibt Entwurf, es fehlt: eine Sprache oder ein Einsatzfeld.",
    ]
    assert (Carrier.objects.get().state, the_programme().state) == (State.DRAFT, State.DRAFT)


def test_the_state_of_existing_entries_never_changes():
    load(COMPLETE)
    Carrier.objects.update(state=State.DORMANT, confirmed_on=date(2024, 1, 1))
    plan = load(COMPLETE, publish=True)
    assert plan.changes_nothing
    assert (Carrier.objects.get().state, Carrier.objects.get().confirmed_on) == (State.DORMANT, date(2024, 1, 1))


# Mistakes


def header_mistakes(*headers):
    return [str(mistake) for mistake in check(CARRIERS, read_rows(csv_bytes(row(), headers=headers))).mistakes]


def test_unknown_and_missing_headers_name_the_nearest():
    headers = ["Sprache" if header == "Sprachen" else header for header in HEADERS]
    assert header_mistakes(*headers) == [
        "Kopfzeile: Die Spalte „Sprache“ ist unbekannt. Meinten Sie „Sprachen“?",
        "Kopfzeile: Die Spalte „Sprachen“ fehlt.",
    ]


def test_repeated_headers():
    assert header_mistakes(*HEADERS, "Ort") == ["Kopfzeile: Die Spalte „Ort“ steht mehrmals da."]


def test_the_order_of_the_columns_is_free():
    assert header_mistakes(*reversed(HEADERS)) == []


@pytest.mark.parametrize("spelling", [str.upper, str.lower, str.title])
def test_headers_in_another_spelling(spelling):
    content = csv_bytes(row(Notiz="intern")).decode()
    header, _, body = content.partition("\n")
    plan = check(CARRIERS, read_rows(f"{spelling(header)}\n{body}".encode()))
    assert plan.mistakes == []
    assert plan.entries[0].note == "intern"


def test_a_file_with_other_columns_altogether():
    with pytest.raises(RefusedError, match="nicht die erwarteten Spalten"):
        check(CARRIERS, read_rows(b"firma;carrier_type\nA;B\n"))


def test_all_mistakes_are_named_at_once_and_nothing_is_written():
    assert mistakes(
        row(Programm="A"),
        row(Name="", Programm="B"),
        row(Name="Verein B", Trägerart="Wohlfartsverband", Ort="", PLZ="63065a"),
        row(Name="Verein C", Website="gar nicht", E_Mail="ohne-at", Jahr="MMXX", Aktive="-1", Programm=""),
    ) == [
        "Zeile 3, Spalte „Name“: Der Name des Trägers fehlt.",
        "Zeile 4, Spalte „Ort“: Der Ort fehlt. Ein neues Programm braucht ihn.",
        "Zeile 4, Spalte „PLZ“: „63065a“ ist unbekannt. Meinten Sie „63065“?",
        "Zeile 4, Spalte „Trägerart“: „Wohlfartsverband“ ist unbekannt. Meinten Sie „Wohlfahrtsverband“?",
        "Zeile 5, Spalte „Aktive Lots*innen“: „-1“: Dieser Wert muss größer oder gleich 0 sein.",
        "Zeile 5, Spalte „E-Mail“: „ohne-at“: Bitte gültige E-Mail-Adresse eingeben.",
        "Zeile 5, Spalte „Jahr“: „MMXX“ ist keine ganze Zahl. Bitte schreiben Sie sie mit Ziffern.",
        "Zeile 5, Spalte „Programm“: Der Titel des Programms fehlt.",
        "Zeile 5, Spalte „Website“: „gar nicht“: Bitte eine gültige Adresse eingeben.",
    ]
    assert not Carrier.objects.exists()


def test_new_carriers_need_type_and_place():
    assert mistakes({"Name": "Neu", "Programm": "P"}) == [
        "Zeile 2, Spalte „Ort“: Der Ort fehlt. Ein neuer Träger braucht ihn.",
        "Zeile 2, Spalte „Ort“: Der Ort fehlt. Ein neues Programm braucht ihn.",
        "Zeile 2, Spalte „Trägerart“: Die Trägerart fehlt. Ein neuer Träger braucht sie.",
    ]


def test_a_programme_may_stand_in_the_file_once():
    assert mistakes(row(), row(Programm="LOTSEN in Fulda")) == [
        "Zeile 3, Spalte „Programm“: „LOTSEN in Fulda“ steht schon in Zeile 2."
    ]


def test_cells_outside_the_table():
    content = csv_bytes(row()).replace(b"\r\n", b"\r\n", 1).rstrip() + b";daneben\r\n"
    assert [str(one) for one in check(CARRIERS, read_rows(content)).mistakes] == [
        "Zeile 2: „daneben“ steht neben der Tabelle."
    ]


def test_a_failure_in_the_middle_writes_nothing(monkeypatch):
    def fail(*args):
        raise ConnectionError

    monkeypatch.setattr("lotsen.spreadsheets.writing._write_figures", fail)
    with pytest.raises(ConnectionError):
        load(row(), row(Name="Zweiter", Jahr="2025", Aktive="5"))
    assert not Carrier.objects.exists()
