"""Further layers of the map: offered, switched on and off, said in words."""

import re

import pytest

from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, municipality
from tests.layered.apps import SAMPLE
from tests.points import points_of
from vielfalt.listings import layers

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("reference_data"),
    pytest.mark.urls("tests.layered.urls"),
]


@pytest.fixture
def offered(monkeypatch):
    """A portal with the sample layer alone."""
    monkeypatch.setattr(layers, "_layers", {SAMPLE.slug: SAMPLE})


@pytest.fixture
def carriers():
    ProgrammeFactory(carrier=CarrierFactory(name="Am Main"), languages=["ara"])
    CarrierFactory(name="Bei Kassel", municipality=municipality("Kassel"))


def lines(response):
    """Return what the page says of its layers, without mark-up."""
    found = re.findall(r'<p class="layer".*?</p>', response.text, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", line).split()) for line in found]


def test_without_a_layer_there_is_no_such_field(client, monkeypatch):
    monkeypatch.setattr(layers, "_layers", {})
    response = client.get("/karte/?ebene=muster")
    assert 'name="ebene"' not in response.text
    assert response.context["search"].form.errors == {}
    assert lines(response) == response.context["search"].chips == []


@pytest.mark.usefixtures("offered", "carriers")
def test_a_layer_is_offered_and_off(client):
    text = client.get("/karte/").text
    assert (
        '<input class="kern-form-check__checkbox" type="checkbox" id="ebene-muster" name="ebene" value="muster">'
        in text
    )
    assert "data-layer" not in text
    assert 'class="shapes"' not in text


@pytest.mark.usefixtures("offered", "carriers")
def test_a_layer_that_is_on_says_what_it_shows(client):
    response = client.get("/karte/?ebene=muster")
    assert lines(response) == ["2 Mustervereine auf der Karte – als Liste ansehen"]
    assert 'data-layer="muster" data-markers="/muster/daten.geojson"' in response.text
    assert 'data-entries="/muster/eintraege.geojson" data-list="/muster/" data-shape="diamond"' in response.text
    assert 'value="muster" checked' in response.text
    assert re.findall(r"shape--(\w+)", response.text) == ["circle", "diamond"]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("63065", "1 Musterverein auf der Karte – als Liste ansehen"),
        ("Alsfeld", "0 Mustervereine auf der Karte"),
    ],
)
@pytest.mark.usefixtures("offered", "carriers")
def test_points_count_and_list_answer_one_question(client, place, sentence):
    """They take over what the layer understands, and nothing else of the page's question."""
    query = f"ort={place}&umkreis=10"
    response = client.get(f"/karte/?{query}&sprache=som&q=&seite=1&ebene=muster")
    assert lines(response) == [sentence]
    (shown,) = response.context["search"].layers
    assert (shown.data_url, shown.list_url) == (f"/muster/daten.geojson?{query}", f"/muster/?{query}")
    assert len(points_of(client.get(shown.data_url))) == shown.number
    assert len(client.get(shown.list_url).json()["names"]) == shown.number


@pytest.mark.usefixtures("offered", "carriers")
def test_chips_switch_layers_off(client):
    chips = client.get("/karte/?sprache=ara&ebene=muster&seite=1").context["search"].chips
    assert chips == [
        {"label": "Arabisch", "url": "?ebene=muster"},
        {"label": "Mustervereine", "url": "?sprache=ara"},
    ]


@pytest.mark.usefixtures("offered", "carriers")
def test_an_unknown_layer_is_named_at_its_field_and_hides_nothing(client):
    assert "gibt es hier nicht" not in client.get("/karte/?ebene=muster").text
    response = client.get("/karte/?ebene=muster&ebene=wolke")
    assert "„wolke“ gibt es hier nicht und zählt deshalb nicht." in response.text
    assert 'id="ebene-error"' in response.text
    assert lines(response) == ["2 Mustervereine auf der Karte – als Liste ansehen"]
    assert response.context["search"].total == 1


@pytest.mark.usefixtures("offered")
def test_a_layer_counts_for_its_reader(client, monkeypatch):
    readers = []
    monkeypatch.setattr("tests.layered.urls.count", lambda _question, user: readers.append(user) or 0)
    alice = UserFactory()
    client.get("/karte/?ebene=muster")
    client.force_login(alice)
    client.get("/karte/?ebene=muster")
    assert (readers[0].is_authenticated, readers[1:]) == (False, [alice])


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 5), ("?ebene=muster", 6), ("?ort=63065", 6), ("?ort=63065&umkreis=10&ebene=muster", 8)],
)
@pytest.mark.usefixtures("offered", "carriers")
def test_a_layer_costs_one_query_and_one_for_the_place(client, query, queries, django_assert_num_queries):
    ProgrammeFactory(carrier=CarrierFactory(), covers=["Offenbach am Main"])
    with django_assert_num_queries(queries):
        client.get(f"/karte/{query}")
