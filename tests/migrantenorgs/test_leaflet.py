"""The form on paper: one page, everybody can read it, and it says what staff's settings say."""

from datetime import date

import pytest

from migrantenorgs.leaflet import Leaflet, Office, leaflet_pdf
from migrantenorgs.models import FieldOfAction, Visibility
from tests.documents.reading import Pdf, assert_accessible
from vielfalt.operators.models import Operator

URL = "/migrantenorganisationen/anmeldebogen.pdf"
DAY = date(2026, 11, 25)
OFFICE = Office("Büro e. V.", "Hauptstraße 1\n63065 Offenbach am Main", "069 123456", "portal@example.org")


def form(*, fields=14, offices=(OFFICE,)):
    return Leaflet(
        legal_forms=("e. V.", "gGmbH", "Initiative ohne Rechtsform", "Dachverband/Netzwerk", "Sonstige"),
        fields_of_action=tuple(f"Umwelt und Nachhaltigkeit {number}" for number in range(1, fields + 1)),
        target_groups=("alle Interessierten", "Menschen mit Fluchthintergrund", "länger hier lebende Zugewanderte"),
        offices=offices,
    )


def flat(pdf):
    """The text of a document without its line breaks."""
    return " ".join(pdf.text.split())


@pytest.mark.parametrize("fields", [14, 40])
def test_one_page(fields):
    pdf = assert_accessible(leaflet_pdf(form(fields=fields), on=DAY))
    assert len(pdf.pages) == 1
    assert pdf.heading_levels == [1, 2, 2, 2, 2, 2, 2, 2]
    assert min(pdf.font_sizes) >= 9
    assert f"Umwelt und Nachhaltigkeit {fields}" in flat(pdf)


def test_more_words_than_a_page_holds_go_on_without_loss():
    pdf = assert_accessible(leaflet_pdf(form(fields=200), on=DAY))
    assert len(pdf.pages) > 1
    text = flat(pdf)
    assert all(f"Umwelt und Nachhaltigkeit {number}" in text for number in range(1, 201))
    assert "Unterschrift für die Organisation" in text


def test_every_choice_of_visibility_is_explained():
    text = flat(Pdf(leaflet_pdf(form(), on=DAY)))
    assert all(f"{label}:" in text for label in Visibility.labels)
    assert "Kein Kreuz heißt: nur der Ort." in text


def test_says_how_the_consent_is_withdrawn():
    text = flat(Pdf(leaflet_pdf(form(), on=DAY)))
    assert "Das können Sie jederzeit ohne Grund widerrufen" in text
    assert "Stand: 25. November 2026" in text


def test_where_to_send_it():
    text = flat(Pdf(leaflet_pdf(form(), on=DAY)))
    assert "Büro e. V. Hauptstraße 1 63065 Offenbach am Main Telefon 069 123456, portal@example.org" in text
    assert "/impressum/" not in text


@pytest.mark.parametrize("offices", [(), (OFFICE._replace(address=""),)])
def test_without_an_address_the_imprint_is_named(offices):
    pdf = Pdf(leaflet_pdf(form(offices=offices), on=DAY))
    assert "http://127.0.0.1:8000/impressum/" in pdf.links


def test_names_of_staff_are_text_only():
    leaflet = form(offices=(OFFICE._replace(name='<img src="file:///etc/passwd"> & Co.'),))
    assert '<img src="file:///etc/passwd"> & Co.' in flat(Pdf(leaflet_pdf(leaflet, on=DAY)))


def test_same_to_the_byte():
    assert leaflet_pdf.__wrapped__(form(), on=DAY) == leaflet_pdf.__wrapped__(form(), on=DAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestPage:
    def test_for_everybody(self, client, django_assert_num_queries):
        with django_assert_num_queries(4):
            response = client.get(URL)
        assert response["Content-Type"] == "application/pdf"
        pdf = assert_accessible(response.content)
        assert len(pdf.pages) == 1
        assert "Antidiskriminierung" in flat(pdf)
        assert "beramí e. V." in flat(pdf)

    def test_follows_the_settings_of_staff(self, client):
        client.get(URL)
        FieldOfAction.objects.create(slug="umwelt", name="Umwelt", position=5)
        Operator.objects.filter(name="beramí e. V.").update(
            street="Neue Straße 7", postal_code="60318", town="Frankfurt"
        )
        text = flat(Pdf(client.get(URL).content))
        assert "Umwelt" in text
        assert "Neue Straße 7 60318 Frankfurt" in text

    def test_without_pango_the_portal_says_so(self, client, monkeypatch):
        monkeypatch.setattr("vielfalt.development.pango.LIBRARIES", {"Pango": ("no.so", "no.dylib")})
        leaflet_pdf.cache_clear()
        response = client.get(URL)
        assert response.status_code == 503
        assert "Wir schicken Ihnen den Bogen." in response.content.decode()
