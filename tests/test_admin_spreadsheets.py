"""Import and export of carriers in the admin."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from lotsen.models import Carrier, CarrierInternal, FieldOfWork
from tests.administration import COMPLETE, load, staff, texts
from tests.lotsen.tables import csv_bytes, row, xlsx_bytes
from vielfalt.listings.models import PendingImport, State
from vielfalt.listings.spreadsheets.reading import read_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

IMPORT = "/verwaltung/lotsen/carrier/import/"


def upload(client, content, name="traeger.csv", **data):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **data}, follow=True)


def test_import_is_looked_at_and_then_confirmed(client, editor):
    response = upload(client, xlsx_bytes(row(**COMPLETE)), name="Träger.xlsx", publish="on")
    assert not Carrier.objects.exists()
    assert [part.outcome for part in response.context["plan"].parts] == ["new", "new"]
    response = client.post(response.redirect_chain[-1][0], {"confirm": "1"}, follow=True)
    assert texts(response) == [
        ("Importiert. Träger: 1 neu, 0 geändert, 0 unverändert; Lotsenprogramme: 1 neu, 0 geändert, 0 unverändert.")
    ]
    assert Carrier.objects.get().state == State.PUBLISHED
    assert LogEntry.objects.get().change_message == "Aus einer Tabelle importiert."
    assert not PendingImport.objects.exists()


def test_import_of_the_same_file_offers_nothing_to_confirm(client, editor):
    load(row(**COMPLETE))
    response = upload(client, csv_bytes(row(**COMPLETE)))
    assert "Der Import würde nichts ändern." in response.text
    assert "So importieren" not in response.text


def test_import_shows_all_mistakes_and_keeps_nothing(client, editor):
    response = upload(client, csv_bytes(row(Ort="Fuldda"), row(Name="<b>", Sprachen="Arabish")))
    assert response.status_code == 200
    assert "Nichts wurde importiert: 2 Fehler" in response.text
    assert "Zeile 2, Spalte „Ort“: „Fuldda“ ist unbekannt. Meinten Sie „Fulda“?" in response.text
    assert "Zeile 3, Spalte „Sprachen“: „Arabish“ ist unbekannt. Meinten Sie „Arabisch“?" in response.text
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF\x00", "Das ist keine Tabelle."),
        (b"x" * (5 * 1024 * 1024 + 1), "Die Datei ist größer als 5 MB."),
        (b"Name;Ort\nA;=1+1\n", "In Zeile 2 steht eine Formel."),
        (b"a;b\n1;2\n", "In der ersten Zeile stehen nicht die erwarteten Spalten."),
    ],
)
def test_import_refuses_files_with_a_sentence(client, editor, content, sentence):
    assert sentence in str(upload(client, content).context["form"].errors)


def test_import_can_be_cancelled(client, editor):
    address = upload(client, csv_bytes(row())).redirect_chain[-1][0]
    assert texts(client.post(address, {"cancel": "1"}, follow=True)) == ["Nichts wurde importiert."]
    assert not PendingImport.objects.exists()
    assert not Carrier.objects.exists()


def test_import_is_checked_again_when_confirmed(client, editor):
    address = upload(client, csv_bytes(row(Einsatzfelder="Kita"))).redirect_chain[-1][0]
    FieldOfWork.objects.filter(name="Kita").delete()
    response = client.post(address, {"confirm": "1"})
    assert "Spalte „Einsatzfelder“: „Kita“ ist unbekannt." in response.text
    assert not Carrier.objects.exists()


def test_only_the_uploader_may_confirm(client, editor):
    address = upload(client, csv_bytes(row())).redirect_chain[-1][0]
    client.force_login(staff("view_carrier", "add_carrier", "change_carrier"))
    assert client.get(address).status_code == 404
    assert client.post(address, {"confirm": "1"}).status_code == 404


def test_a_file_of_another_kind_is_not_confirmed_here(client, editor):
    address = upload(client, csv_bytes(row())).redirect_chain[-1][0]
    PendingImport.objects.update(kind="migrantenorgs.organisation")
    client.post(address, {"confirm": "1"})
    assert not Carrier.objects.exists()
    assert PendingImport.objects.exists()


@pytest.mark.parametrize("button", ["confirm", "cancel"])
def test_a_second_click_and_the_way_back_lead_to_the_list(client, editor, button):
    address = upload(client, csv_bytes(row())).redirect_chain[-1][0]
    client.post(address, {button: "1"})
    for response in (client.post(address, {"confirm": "1"}, follow=True), client.get(address, follow=True)):
        assert response.redirect_chain == [(reverse("admin:lotsen_carrier_changelist"), 302)]
        assert "Diese Tabelle ist schon importiert oder abgebrochen." in texts(response)


def test_forgotten_files_are_removed(client, editor):
    upload(client, csv_bytes(row()))
    PendingImport.objects.update(created_at=timezone.now() - timedelta(days=2))
    upload(client, csv_bytes(row()))
    assert PendingImport.objects.count() == 1


def test_import_needs_the_right_to_add_and_change(client):
    client.force_login(staff("view_carrier", "change_carrier"))
    assert client.get(IMPORT).status_code == 403
    assert IMPORT not in client.get(reverse("admin:lotsen_carrier_changelist")).text


def export(client, kind="csv", **query):
    response = client.get(reverse("admin:lotsen_carrier_export", args=[kind]), query)
    return response, [cells.cells[0] for cells in read_rows(response.content)[1:]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_is_what_the_list_shows(client, editor, kind):
    load(row(Name="A"), row(Name="B", **COMPLETE))
    response, names = export(client, kind, vollstaendig="nein")
    assert names == ["A"]
    assert response.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert export(client, kind)[1] == ["A", "B"]


def test_export_has_notes_only_for_those_who_may_see_them(client, editor):
    load(row(Notiz="ganz intern"))
    assert "ganz intern" in export(client)[0].text
    client.force_login(staff("view_carrier"))
    assert "ganz intern" not in export(client)[0].text
    assert CarrierInternal.objects.get().note == "ganz intern"


def test_export_with_an_unknown_filter_leads_to_the_list(client, editor):
    response = client.get(reverse("admin:lotsen_carrier_export", args=["csv"]), {"evil": "1"})
    assert response.url == reverse("admin:lotsen_carrier_changelist")


def test_template_and_unknown_formats(client, editor):
    for kind in ("csv", "xlsx"):
        response = client.get(reverse("admin:lotsen_carrier_template", args=[kind]))
        assert read_rows(response.content)[0].cells[0] == "Name"
    assert client.get(reverse("admin:lotsen_carrier_template", args=["pdf"])).status_code == 404


def test_export_needs_the_right_to_see(client):
    client.force_login(staff("view_user"))
    assert client.get(reverse("admin:lotsen_carrier_export", args=["csv"])).status_code == 403
