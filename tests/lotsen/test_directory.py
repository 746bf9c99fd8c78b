"""/traeger/ and the page of a carrier."""

import json
import re

import pytest

from lotsen.models import Accessibility, Carrier, RequestChannel
from tests.factories import CarrierFactory, ProgrammeFactory, curator, municipality
from vielfalt.listings.models import AccessibilityFeature, Answer, State
from vielfalt.listings.templatetags.contact import phone_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def names(response):
    return [carrier.name for carrier in response.context["page"]]


def test_german_order(client):
    for name in ("Zebra", "Äpfel", "Apfel", "Ärzte", "Straße", "Strasse 2", "öfter", "Ober"):
        CarrierFactory(name=name)
    assert names(client.get("/traeger/")) == [
        "Apfel",
        "Äpfel",
        "Ärzte",
        "Ober",
        "öfter",
        "Straße",
        "Strasse 2",
        "Zebra",
    ]


def test_letters_stand_above_their_entries_once(client):
    for name in ("Äpfel", "Apfel", "Zebra"):
        CarrierFactory(name=name)
    assert re.findall(r'directory__letter">(.)<', client.get("/traeger/").content.decode()) == ["A", "Z"]


def test_by_district(client):
    CarrierFactory(name="In Offenbach")
    CarrierFactory(name="In Rodgau", municipality=municipality("Rodgau"))
    CarrierFactory(name="Entwurf in Rodgau", municipality=municipality("Rodgau"), state=State.DRAFT)
    response = client.get("/traeger/", {"kreis": "06438"})
    assert names(response) == ["In Rodgau"]
    assert "Träger: Landkreis Offenbach" in response.content.decode()
    assert {d.label: d.number for d in response.context["districts"] if d.number} == {
        "Stadt Offenbach am Main": 1,
        "Landkreis Offenbach": 1,
    }


def test_an_unknown_district_is_said(client):
    CarrierFactory(name="Bleibt")
    response = client.get("/traeger/", {"kreis": "\x00x"})
    assert response.status_code == 200
    assert "Diesen Kreis kennen wir nicht." in response.content.decode()
    assert names(response) == ["Bleibt"]


def test_pages_keep_the_district(client):
    CarrierFactory.create_batch(51)
    first = client.get("/traeger/", {"kreis": "06413"})
    assert len(names(first)) == 50
    assert "?kreis=06413&amp;seite=2" in first.content.decode()
    assert len(names(client.get("/traeger/", {"seite": "2"}))) == 1


def test_languages_of_published_programmes_only(client):
    carrier = CarrierFactory()
    ProgrammeFactory(carrier=carrier, languages={"ara": "regelmaessig", "tur": "derzeit-nicht"})
    ProgrammeFactory(carrier=carrier, languages=["som"], state=State.DRAFT)
    text = client.get("/traeger/").content.decode()
    assert "Sprachen: Arabisch</p>" in text


def test_detail_shows_what_somebody_needs(client):
    carrier = CarrierFactory(
        name="Stadt Muster",
        website="https://www.beispiel.example/lotsen",
        opening_hours="Montag 9 Uhr",
        by_appointment=True,
    )
    Accessibility.objects.create(
        carrier=carrier, feature=AccessibilityFeature.objects.first(), answer=Answer.YES, note="Rampe"
    )
    programme = ProgrammeFactory(
        carrier=carrier,
        title="Lots*innen",
        covers=["Offenbach am Main", "Hanau"],
        districts=["06438"],
        languages={"ara": "regelmaessig", "tir": "auf-anfrage", "tur": "derzeit-nicht"},
        fields=["wohnen"],
        costs="kostenlos",
        active_volunteers=21,
    )
    programme.request_channels.set(RequestChannel.objects.filter(slug="telefon"))
    response = client.get(carrier.get_absolute_url())
    text = response.content.decode()
    for piece in (
        'href="tel:+496990009001"',
        "mailto:lotsen@example.org",
        "(beispiel.example)",
        "Montag 9 Uhr",
        "nur mit Termin",
        "stufenloser Zugang",
        "ja, Rampe",
        '<bdi lang="ar" class="muted">',
        "auf Anfrage",
        "derzeit nicht",
        "Wohnen",
        "kostenlos",
        "<dd>21</dd>",
        "Hanau, Landkreis Offenbach, Offenbach am Main",
        "#k06438",
        "bestätigt am 1. November 2026",
    ):
        assert piece in text, piece


@pytest.mark.parametrize(("count", "shown"), [(None, False), (0, False), (4, False), (5, True)])
def test_small_counts_are_not_shown(client, count, shown):
    carrier = CarrierFactory()
    ProgrammeFactory(carrier=carrier, active_volunteers=count)
    assert ("Aktive Lots*innen" in client.get(carrier.get_absolute_url()).content.decode()) is shown


def test_structured_data(client):
    carrier = CarrierFactory(name='Träger </script><b>"&', postal_code_id="63065")
    ProgrammeFactory(
        carrier=carrier, title="Lots*innen", covers=["Hanau"], languages={"ara": "regelmaessig", "tur": "derzeit-nicht"}
    )
    text = client.get(carrier.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    assert data == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": "http://testserver" + carrier.get_absolute_url(),
        "name": 'Träger </script><b>"&',
        "email": "lotsen@example.org",
        "telephone": "069 90009-001",
        "address": {
            "@type": "PostalAddress",
            "postalCode": "63065",
            "addressLocality": "Offenbach am Main",
            "addressRegion": "HE",
            "addressCountry": "DE",
        },
        "makesOffer": [
            {
                "@type": "Offer",
                "itemOffered": {
                    "@type": "Service",
                    "name": "Lots*innen",
                    "serviceType": "WIR-Lots*innen",
                    "areaServed": ["Hanau"],
                    "availableLanguage": ["Arabisch"],
                },
            }
        ],
    }


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_unpublished_is_not_found_but_staff_get_a_preview(client, state):
    carrier = CarrierFactory(name="Noch geheim", state=state)
    ProgrammeFactory(carrier=carrier, title="Auch geheim", state=state)
    assert client.get(carrier.get_absolute_url()).status_code == 404
    client.force_login(curator())
    text = client.get(carrier.get_absolute_url()).content.decode()
    assert "Vorschau: Diesen Eintrag sehen nur sein Team und die Redaktion." in text
    assert "Auch geheim" in text
    assert "noindex" in text


def test_old_addresses_redirect_for_ever(client):
    carrier = CarrierFactory(name="Alt", slug="alt")
    for slug in ("mitte", "neu"):
        carrier.slug = slug
        carrier.save()
    for old in ("alt", "mitte"):
        response = client.get(f"/traeger/{old}/")
        assert (response.status_code, response.headers["Location"]) == (301, "/traeger/neu/")
    Carrier.objects.update(state=State.DRAFT)
    assert client.get("/traeger/alt/").status_code == 404
    assert client.get("/traeger/nie/").status_code == 404


def test_a_former_address_is_not_given_away():
    carrier = CarrierFactory(name="Größe & Co.", slug="")
    assert carrier.slug == "groesse-co"
    carrier.slug = "anders"
    carrier.save()
    assert CarrierFactory(name="Größe Co", slug="").slug == "groesse-co-2"


def test_going_back_to_a_former_address(client):
    carrier = CarrierFactory(slug="eins")
    for slug in ("zwei", "eins"):
        carrier.slug = slug
        carrier.save()
    assert client.get("/traeger/eins/").status_code == 200
    assert client.get("/traeger/zwei/").headers["Location"] == "/traeger/eins/"


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("069 90009-001", "+496990009001"),
        ("+49 (0)69 / 90009 001", "+496990009001"),
        ("0049 69 90009001", "+496990009001"),
        ("115", "115"),
    ],
)
def test_telephone_links(typed, link):
    assert phone_link(typed) == link


def test_staff_see_which_programmes_are_not_public(client):
    carrier = CarrierFactory()
    ProgrammeFactory(carrier=carrier, title="Entwurf hier", state=State.DRAFT)
    assert "Entwurf hier" not in client.get(carrier.get_absolute_url()).content.decode()
    client.force_login(curator())
    assert "Dieses Programm sieht nur die Redaktion." in client.get(carrier.get_absolute_url()).content.decode()
