"""Import and export of migrant organisations, and what of them leaves the centre."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from migrantenorgs.models import ConsentGiven, MigrantOrganisation, Visibility
from migrantenorgs.spreadsheets.organisations import ORGANISATIONS
from tests.factories import (
    MigrantOrganisationFactory,
    MigrantOrganisationInternalFactory,
    UserFactory,
    curator,
)
from tests.listings.tables import csv_bytes
from vielfalt.listings.models import State
from vielfalt.listings.spreadsheets.checking import check
from vielfalt.listings.spreadsheets.exporting import table, write_file
from vielfalt.listings.spreadsheets.importing import import_file
from vielfalt.listings.spreadsheets.reading import read_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

LIST = "/verwaltung/migrantenorgs/migrantorganisation/"
ROW = {
    "Name": "Kulturbrücke e. V.",
    "Name in eigener Schrift": "جسر الثقافة",
    "Sprache dieses Namens": "Arabisch",
    "Umschrift": "Jisr ath-Thaqafa",
    "Rechtsform": "e. V.",
    "Gründungsjahr": "1998",
    "Ort": "Fulda",
    "PLZ": "36037",
    "Straße": "Beispielstraße 1",
    "Website": "verein.example.org",
    "E-Mail": "verein@example.org",
    "Telefon": "0661 1",
    "Sprechzeiten": "dienstags",
    "Reichweite": "Kommune",
    "Handlungsfelder": "Bildung, Kultur/Begegnung",
    "Zielgruppen": "Frauen",
    "Sprachen": "Arabisch, Türkisch",
    "Selbstbeschreibung": "Wir lernen gemeinsam.",
    "Angebote": "Sprachcafé",
    "Netzwerke": "agah",
    "Sichtbarkeit": "öffentlich",
    "Einwilligung am": "1.11.2026",
    "Notiz": "intern",
}
BARE = {"Name": "Initiative", "Rechtsform": "Initiative", "Ort": "Fulda"}


def content(*rows):
    return csv_bytes(*rows, headers=ORGANISATIONS.headers)


def load(*rows, publish=False):
    return import_file(ORGANISATIONS, content=content(*rows), publish=publish, by=None)


def sentences(remarks):
    return [str(remark) for remark in remarks]


# Import


def test_one_row_is_one_organisation():
    plan = load(ROW)
    assert (plan.mistakes, plan.warnings) == ([], [])
    one = MigrantOrganisation.objects.get()
    assert (one.own_name, one.own_name_language_id, one.legal_form.slug) == ("جسر الثقافة", "ara", "e-v")
    assert (one.founded_in, one.municipality.name, one.postal_code_id) == (1998, "Fulda", "36037")
    assert (one.reach, one.visibility, one.state) == ("kommune", Visibility.OPEN, State.DRAFT)
    assert (one.contact_consent_on, one.contact_consent_by) == (date(2026, 11, 1), ConsentGiven.ON_PAPER)
    assert {field.slug for field in one.fields_of_action.all()} == {"bildung", "kultur-begegnung"}
    assert {language.pk for language in one.languages.all()} == {"ara", "tur"}
    assert one.internal.note == "intern"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_changes_nothing(kind):
    load(ROW, BARE)
    file = write_file(table(ORGANISATIONS, ORGANISATIONS.entries(), with_internal=True), kind, title="Titel")
    plan = check(ORGANISATIONS, read_rows(file))
    assert plan.changes_nothing
    assert plan.warnings == []


def test_new_entries_show_no_address_and_no_contact_unless_the_file_says_so():
    load(BARE)
    one = MigrantOrganisation.objects.get()
    assert (one.visibility, one.has_consented) == (Visibility.PLACE_ONLY, False)


def test_every_mistake_is_named():
    bad = {**BARE, "Rechtsform": "", "Ort": "", "Sichtbarkeit": "geheim", "Einwilligung am": "ja"}
    found = sentences(load(bad).mistakes)
    assert [sentence.partition(": ")[0] for sentence in found] == [
        "Zeile 2, Spalte „Einwilligung am“",
        "Zeile 2, Spalte „Ort“",
        "Zeile 2, Spalte „Rechtsform“",
        "Zeile 2, Spalte „Sichtbarkeit“",
    ]
    assert not MigrantOrganisation.objects.exists()


def test_a_consent_of_an_entry_that_is_there_stays_as_it_is():
    load(ROW)
    MigrantOrganisation.objects.update(contact_consent_on=None, contact_consent_by="")
    assert sentences(load(ROW).warnings) == [
        (
            "Zeile 2, Spalte „Einwilligung am“: Den Eintrag gibt es schon. Seine Einwilligung ändern Sie nur dort, "
            "diese Zelle bleibt unbeachtet."
        )
    ]
    assert not MigrantOrganisation.objects.get().has_consented


@pytest.mark.parametrize(
    ("before", "wanted", "warned"),
    [
        (Visibility.NETWORK, "ohne Adresse (nur Ort)", True),
        (Visibility.PLACE_ONLY, "öffentlich", True),
        (Visibility.OPEN, "nur Netzwerk", False),
        (Visibility.OPEN, "", False),
    ],
)
def test_nobody_is_shown_to_more_people_without_a_warning(before, wanted, warned):
    MigrantOrganisationFactory(name="Initiative", visibility=before)
    warnings = sentences(load({"Name": "Initiative", "Sichtbarkeit": wanted}).warnings)
    assert any("Mehr Menschen sehen den Eintrag." in warning for warning in warnings) == warned


def test_new_entries_are_published_if_they_are_complete():
    plan = load({**ROW, "Name": "A"}, {**BARE, "Name": "B"}, publish=True)
    assert sentences(plan.warnings) == [
        "Zeile 3, Spalte „Name“: Bleibt Entwurf, es fehlt: ein Handlungsfeld; eine Selbstbeschreibung oder Angebote."
    ]
    assert dict(MigrantOrganisation.objects.values_list("name", "state")) == {
        "A": State.PUBLISHED,
        "B": State.DRAFT,
    }


def test_the_command_imports_a_file(tmp_path, capsys):
    file = tmp_path / "vereine.csv"
    file.write_bytes(content(ROW))
    call_command("import_migrant_organisations", file)
    assert "Migrantenorganisationen: 1 neu, 0 geändert, 0 unverändert" in capsys.readouterr().out
    file.write_bytes(content({**ROW, "Ort": "Fuldda"}))
    with pytest.raises(CommandError, match="Nichts wurde importiert"):
        call_command("import_migrant_organisations", file)


# Export


def export_of(client, user):
    client.force_login(user)
    response = client.get(f"{LIST}export/csv/")
    return response.content.decode("utf-8-sig") if response.status_code == 200 else response.status_code


def with_rights(*codenames):
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


MARKED = {
    "phone": "069 111",
    "email": "zwiebelfisch@example.org",
    "website": "https://zwiebelfisch.example/",
    "opening_hours": "Zwiebelfischzeit",
    "street": "Zwiebelfischweg 1",
}


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ({"visibility": Visibility.OPEN}, {"street"}),
        ({"visibility": Visibility.OPEN, "consented": True}, set(MARKED)),
        ({"visibility": Visibility.PLACE_ONLY, "consented": True}, set(MARKED) - {"street"}),
        ({"visibility": Visibility.NETWORK, "consented": True}, set()),
    ],
)
def test_what_an_organisation_keeps_to_itself_is_internal_in_exports(client, kept, shown):
    organisation = MigrantOrganisationFactory(**MARKED, **kept)
    MigrantOrganisationInternalFactory(organisation=organisation, note="Zwiebelfischnotiz")
    file = export_of(client, with_rights("view_migrantorganisation"))
    assert {name for name, value in MARKED.items() if value in file} == shown
    assert "Zwiebelfischnotiz" not in file
    assert "2026-11-01" not in file
    everything = export_of(client, curator("Redaktion Migrantenorganisationen"))
    assert all(value in everything for value in [*MARKED.values(), "Zwiebelfischnotiz"])


def test_others_export_nothing(client):
    MigrantOrganisationFactory()
    assert export_of(client, curator(email="bob@example.org")) == 403
    assert export_of(client, UserFactory()) == 302


def test_no_column_asks_for_origin_or_religion():
    words = ("national", "staat", "herkunft", "religi", "konfession", "ethni")
    assert not [header for header in ORGANISATIONS.headers if any(word in header.lower() for word in words)]


def test_the_export_takes_a_fixed_number_of_queries(django_assert_num_queries):
    for _number in range(5):
        MigrantOrganisationInternalFactory(organisation=MigrantOrganisationFactory(fields=["sport"], spoken=["ara"]))
    with django_assert_num_queries(4):
        table(ORGANISATIONS, ORGANISATIONS.entries(), with_internal=True)
