"""The list's programmes as points (/karte/daten.geojson), and what the map says of them (/karte/eintraege.geojson)."""

import pytest

from tests.factories import CarrierFactory, ProgrammeFactory, municipality
from tests.points import points_of
from vielfalt.listings.geojson import MOST_AT_ONCE
from vielfalt.listings.models import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

URL = "/karte/daten.geojson"
DETAILS = "/karte/eintraege.geojson"
NOTHING = {"type": "FeatureCollection", "features": []}


def features(client, url, **question):
    response = client.get(url, question)
    assert response.headers["Content-Type"] == "application/geo+json"
    collection = response.json()
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def test_a_point_and_nothing_else(client):
    first = ProgrammeFactory(carrier=CarrierFactory(latitude=50.1234567, longitude=8.7654321))
    second = ProgrammeFactory(carrier=CarrierFactory(municipality=municipality("Kassel")))
    place = municipality("Kassel")
    answer = client.get(URL)
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert answer.json() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {
                    "type": "MultiPoint",
                    "coordinates": [[8.76543, 50.12346], [place.longitude, place.latitude]],
                },
                "properties": {"ids": [first.pk, second.pk]},
            }
        ],
    }


def test_details_say_what_the_popup_shows(client):
    carrier = CarrierFactory(name='Träger „Quote"', slug="traeger", phone="069 90009-1", email="a@example.org")
    programme = ProgrammeFactory(
        title="Lots*innen",
        carrier=carrier,
        languages={"tur": "regelmaessig", "ara": "auf-anfrage", "som": "derzeit-nicht"},
    )
    place = municipality("Offenbach am Main")
    assert features(client, DETAILS, id=programme.pk) == [
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
    ]
    assert features(client, DETAILS, id=programme.pk)[0]["properties"]["url"] == programme.get_absolute_url()


def test_empty(client):
    assert points_of(client.get(URL)) == {}
    assert client.get(DETAILS).json() == NOTHING


def test_published_only(client):
    every = [
        each.pk
        for state in State
        for each in (ProgrammeFactory(state=state), ProgrammeFactory(carrier=CarrierFactory(state=state)))
    ]
    shown = list(points_of(client.get(URL)))
    assert len(shown) == 2
    assert [detail["id"] for detail in features(client, DETAILS, id=every)] == shown


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "0", "1.5", "²", "٣", "\x00", "1 OR 1=1", "9" * 18, "9" * 19, "9" * 5000]
)
def test_wrong_values_ask_for_nothing(client, value):
    programme = ProgrammeFactory()
    assert client.get(DETAILS, {"id": value}).json() == NOTHING
    assert [detail["id"] for detail in features(client, DETAILS, id=[value, programme.pk, programme.pk])] == [
        programme.pk
    ]


def test_a_question_is_for_a_few(client):
    many = ProgrammeFactory.create_batch(MOST_AT_ONCE + 1, carrier=CarrierFactory())
    asked = [programme.pk for programme in many]
    assert [detail["id"] for detail in features(client, DETAILS, id=asked)] == asked[:MOST_AT_ONCE]


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
    assert set(points_of(client.get(URL, query))) == found


def test_unchanged_data_is_not_sent_again(client):
    programme = ProgrammeFactory()
    url = f"{DETAILS}?id={programme.pk}"
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    programme.title = "Neuer Titel"
    programme.save()
    assert client.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
