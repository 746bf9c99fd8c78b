"""Migrant organisations as a layer of the map at /karte/, and as points of their own."""

import pytest

from migrantenorgs.models import Visibility
from tests.factories import MigrantOrganisationFactory, municipality
from tests.points import points_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

POINTS = "/migrantenorganisationen/daten.geojson"
DETAILS = "/migrantenorganisationen/eintraege.geojson"
OWN_POINT = {"latitude": 50.123456, "longitude": 8.654321}


def line_of(client, **question):
    """Return what the page of the map says of the layer."""
    text = client.get("/karte/", {"ebene": "migrantenorganisationen", **question}).text
    return text.partition('data-layer="migrantenorganisationen"')[2].partition("</p>")[0]


def test_offered_but_off(client):
    text = client.get("/karte/").text
    assert 'id="ebene-migrantenorganisationen"' in text
    assert "data-layer" not in text


def test_switched_on(client):
    MigrantOrganisationFactory()
    line = line_of(client)
    for piece in (
        'data-shape="diamond"',
        'data-strand="migrantenorgs"',
        f'data-markers="{POINTS}"',
        f'data-entries="{DETAILS}"',
        "1 Migrantenorganisation auf der Karte",
        'href="/migrantenorganisationen/"',
    ):
        assert piece in line, piece


def test_it_takes_over_place_radius_and_language(client):
    MigrantOrganisationFactory(spoken=["ara"])
    MigrantOrganisationFactory(spoken=["tur"])
    MigrantOrganisationFactory(spoken=["ara"], municipality=municipality("Kassel"))
    line = line_of(client, ort="63065", umkreis="10", sprache="ara", einsatzfeld="wohnen", q="Träger")
    assert "1 Migrantenorganisation auf" in line
    assert f"{POINTS}?ort=63065&amp;umkreis=10&amp;sprache=ara" in line


@pytest.mark.parametrize(("who", "number"), [("visitor", 0), ("stranger", 0), ("bob", 1), ("alice", 1)])
def test_for_the_network_only(client, readers, who, number):
    hidden = MigrantOrganisationFactory(name="Verborgen", visibility=Visibility.NETWORK)
    if who != "visitor":
        client.force_login(getattr(readers, who))
    assert f"{number} Migrantenorganisation" in line_of(client)
    assert len(points_of(client.get(POINTS))) == number
    assert len(client.get(DETAILS, {"id": hidden.pk}).json()["features"]) == number


def test_points_and_details(client):
    town = municipality("Offenbach am Main")
    secret = MigrantOrganisationFactory(
        name="Ohne Adresse", visibility=Visibility.PLACE_ONLY, street="Geheimgasse 17", **OWN_POINT
    )
    shown = MigrantOrganisationFactory(name="Mit Adresse", consented=True, spoken=["tur", "ara"], **OWN_POINT)
    answer = client.get(DETAILS, {"id": [shown.pk, secret.pk]})
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.json() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": secret.pk,
                "geometry": {"type": "Point", "coordinates": [town.longitude, town.latitude]},
                "properties": {
                    "title": "Ohne Adresse",
                    "place": "Offenbach am Main",
                    "phone": None,
                    "email": None,
                    "url": secret.get_absolute_url(),
                    "languages": [],
                },
            },
            {
                "type": "Feature",
                "id": shown.pk,
                "geometry": {"type": "Point", "coordinates": [8.65432, 50.12346]},
                "properties": {
                    "title": "Mit Adresse",
                    "place": "Offenbach am Main",
                    "phone": "069 90009-002",
                    "email": "verein@example.org",
                    "url": shown.get_absolute_url(),
                    "languages": ["Arabisch", "Türkisch"],
                },
            },
        ],
    }
    assert points_of(client.get(POINTS)) == {
        feature["id"]: feature["geometry"]["coordinates"] for feature in answer.json()["features"]
    }
