"""/karte/daten.geojson: the list's programmes as points."""

import pytest

from tests.factories import CarrierFactory, ProgrammeFactory, municipality
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

URL = "/karte/daten.geojson"


def test_a_feature_says_what_the_popup_shows(client):
    carrier = CarrierFactory(name='Träger „Quote"', slug="traeger", phone="069 90009-1", email="a@example.org")
    programme = ProgrammeFactory(
        title="Lots*innen",
        carrier=carrier,
        languages={"tur": "regelmaessig", "ara": "auf-anfrage", "som": "derzeit-nicht"},
    )
    response = client.get(URL)
    assert response.headers["Content-Type"] == "application/geo+json"
    place = municipality("Offenbach am Main")
    assert response.json() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": programme.pk,
                "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
                "properties": {
                    "title": "Lots*innen",
                    "organisation": 'Träger „Quote"',
                    "place": "Offenbach am Main",
                    "phone": "069 90009-1",
                    "email": "a@example.org",
                    "url": f"/traeger/traeger/#programm-{programme.pk}",
                    "languages": ["Arabisch", "Türkisch"],
                },
            }
        ],
    }
    assert response.json()["features"][0]["properties"]["url"] == programme.get_absolute_url()


def test_empty(client):
    assert client.get(URL).json() == {"type": "FeatureCollection", "features": []}


def test_published_only(client):
    for state in State:
        ProgrammeFactory(state=state)
        ProgrammeFactory(carrier=CarrierFactory(state=state))
    assert len(client.get(URL).json()["features"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"sprache": "ara"},
        {"kreis": "06413"},
        {"ort": "63065", "umkreis": "10"},
        {"q": "Quartier"},
        {"einsatzfeld": "wohnen", "traegerart": "wohlfahrtsverband"},
        {"zielgruppe": "frauen"},
    ],
)
def test_the_same_filters_as_the_page(client, query):
    ProgrammeFactory(title="Quartier", languages=["ara"], fields=["wohnen"])
    ProgrammeFactory(title="Anderes", carrier=CarrierFactory(municipality=municipality("Kassel")))
    found = {programme.pk for programme in client.get("/karte/", query).context["page"]}
    assert {feature["id"] for feature in client.get(URL, query).json()["features"]} == found


def test_unchanged_data_is_not_sent_again(client):
    programme = ProgrammeFactory()
    first = client.get(URL)
    again = client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    programme.title = "Neuer Titel"
    programme.save()
    assert client.get(URL, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
