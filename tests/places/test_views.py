"""/orte/: suggestions for people and programs, and the postal codes to take away."""

import csv

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def test_options_for_the_field(client):
    response = client.get("/orte/", {"q": "63065"})
    assert response["Content-Type"] == "text/html; charset=utf-8"
    option = '<li role="option" data-autocomplete-value="63065 Offenbach am Main">63065 Offenbach am Main</li>'
    assert response.text.strip() == option


def test_json_for_programs(client):
    response = client.get("/orte/", {"q": "Giessen", "format": "json"})
    assert response.json() == {
        "orte": [
            {
                "label": "Gießen",
                "value": "Gießen",
                "plz": "",
                "ags": "06531005",
                "district": "Landkreis Gießen",
                "lat": pytest.approx(50.58, abs=0.05),
                "lon": pytest.approx(8.67, abs=0.05),
            }
        ]
    }


@pytest.mark.parametrize(
    ("accept", "query", "kind"),
    [
        ("application/json", "", "application/json"),
        ("application/json", "&format=html", "text/html; charset=utf-8"),
        ("text/html", "&format=json", "application/json"),
        ("text/fragment+html", "", "text/html; charset=utf-8"),
        ("*/*", "", "text/html; charset=utf-8"),
        ("text/html,application/json;q=0.9", "", "text/html; charset=utf-8"),
        ("nonsense", "&format=nonsense", "text/html; charset=utf-8"),
    ],
)
def test_format_before_accept_before_html(client, accept, query, kind):
    assert client.get(f"/orte/?q=kassel{query}", headers={"Accept": accept})["Content-Type"] == kind


def test_shared_caches_may_keep_it_for_a_while(client):
    response = client.get("/orte/", {"q": "kassel"})
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Accept" in response["Vary"]
    assert "Cookie" not in response["Vary"]
    assert response.cookies == {}


def test_nothing_found_is_said_once_something_is_typed(client):
    assert "Keinen Ort in Hessen gefunden" in client.get("/orte/", {"q": "Berlin"}).text
    for address in ("/orte/", "/orte/?q=", "/orte/?q=%20"):
        assert client.get(address).text.strip() == ""
    assert client.get("/orte/?format=json").json() == {"orte": []}


def test_what_is_typed_never_becomes_markup(client):
    assert "<script>" not in client.get("/orte/", {"q": "<script>"}).text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,6} ?[a-zäöü.\\*(-]{0,5}"))
@example("x" * 1000)
@example("\0")
@example("Kassel\0")
def test_any_text_is_answered(client, text):
    assert client.get("/orte/", {"q": text}).status_code == 200


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%ed%a0%80", "q=%00", "q=a&q=b", "q[]=1", "Q=1", "q=%25"])
def test_malformed_queries_are_answered(client, query):
    assert client.get(f"/orte/?{query}").status_code == 200


def test_reading_only(client):
    assert client.post("/orte/").status_code == 405


@pytest.mark.parametrize(
    ("text", "queries"), [("", 0), ("63065", 1), ("630", 1), ("Kassel", 1), ("Ofenbach", 2), ("63065 xyz", 2)]
)
def test_queries(client, text, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        client.get("/orte/", {"q": text})


def test_postal_codes_to_take_away(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/orte/postleitzahlen.csv")
    note, *lines = response.text.splitlines()
    assert "OpenStreetMap contributors" in note
    assert "Open Database License" in note
    assert response["Link"] == '<https://opendatacommons.org/licenses/odbl/1-0/>; rel="license"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(lines))
    assert len({row["plz"] for row in rows}) == 545
    again = client.get("/orte/postleitzahlen.csv", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
