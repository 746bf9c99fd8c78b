"""The page /karte/: what it finds, in which order, and what it says to wrong questions."""

import re

import pytest
from django.urls import reverse

from lotsen.models import Programme
from tests.factories import CarrierFactory, ProgrammeFactory, municipality
from tests.points import points_of
from vielfalt.listings.models import State
from vielfalt.places.models import DiversityCentre

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

URL = "/karte/"


def titles(response):
    """Return the titles of the cards, in their order."""
    text = response.content.decode()
    return re.findall(r'class="result__title"><a [^>]*>([^<]+)</a>', text)


def answer(response):
    return response.context["answer"]


def option(response, facet, value):
    options = next(each for each in response.context["search"].facets if each["name"] == facet)["options"]
    return next((each for each in options if each.value == value), None)


def test_lists_published_programmes_by_carrier(client):
    ProgrammeFactory(title="Zweites", carrier=CarrierFactory(name="Österreichhaus"))
    ProgrammeFactory(title="Drittes", carrier=CarrierFactory(name="Peterhof"))
    ProgrammeFactory(title="Erstes", carrier=CarrierFactory(name="Obdach"))
    assert titles(client.get(URL)) == ["Erstes", "Zweites", "Drittes"]


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_hides_what_is_not_published(client, state):
    ProgrammeFactory(title="Programm im Entwurf", state=state)
    ProgrammeFactory(title="Programm bei Entwurf", carrier=CarrierFactory(state=state))
    response = client.get(URL)
    assert titles(response) == []
    assert response.context["search"].total == 0


@pytest.mark.parametrize("text", ["63110", "63110 Rodgau", "Rodgau", "rodgau", "Rodgua"])
def test_says_who_is_responsible_for_a_place(client, text):
    ProgrammeFactory(title="Für Rodgau", covers=["Rodgau"])
    ProgrammeFactory(title="Für Offenbach", covers=["Offenbach am Main"])
    response = client.get(URL, {"ort": text})
    assert [programme.title for programme in answer(response)["responsible"]] == ["Für Rodgau"]
    assert titles(response) == ["Für Rodgau", "Für Offenbach"]


def test_a_whole_district_covers_its_municipalities_but_no_others(client):
    ProgrammeFactory(title="Für den Kreis", districts=["06438"])
    assert answer(client.get(URL, {"ort": "Rodgau"}))["responsible"]
    assert "responsible" not in answer(client.get(URL, {"ort": "63065"}))


def test_orders_the_others_by_distance(client):
    for name in ("Kassel", "Hanau", "Wetzlar"):
        home = municipality(name)
        ProgrammeFactory(title=name, carrier=CarrierFactory(municipality=home), covers=[name])
    response = client.get(URL, {"ort": "60311"})
    assert titles(response) == ["Hanau", "Wetzlar", "Kassel"]
    distances = [round(programme.distance) for programme in response.context["page"]]
    assert distances == [18, 52, 144]
    assert "18 km entfernt" in response.content.decode()


def test_a_carriers_own_point_counts_where_it_is_at_home(client):
    ProgrammeFactory(carrier=CarrierFactory(latitude=50.2, longitude=8.9))
    programme = Programme.objects.with_point().get()
    assert (programme.point_latitude, programme.point_longitude) == (50.2, 8.9)
    Programme.objects.update(municipality=municipality("Kassel"))
    away = Programme.objects.with_point().get()
    assert (away.point_latitude, away.point_longitude) == (
        municipality("Kassel").latitude,
        municipality("Kassel").longitude,
    )


@pytest.mark.parametrize(
    ("ort", "centre"),
    [("36037", "WIR-Vielfaltszentrum Stadt Fulda"), ("36041", "WIR-Vielfaltszentrum Stadt Fulda")],
)
def test_without_a_programme_the_centre_of_the_city_answers(client, ort, centre):
    ProgrammeFactory(title="Weit weg")
    response = client.get(URL, {"ort": ort})
    assert answer(response)["centre"].name == centre
    assert centre in response.content.decode()
    assert titles(response) == ["Weit weg"]


def test_without_a_programme_the_centre_of_the_district_answers(client):
    response = client.get(URL, {"ort": "Hünfeld"})
    assert answer(response)["centre"] == DiversityCentre.objects.get(district="06631", municipality=None)


def test_never_an_empty_page(client):
    text = client.get(URL).content.decode()
    assert "Dazu haben wir kein Angebot gefunden." in text
    assert reverse("lotsen:carrier_list") in text


def test_names_the_responsible_ones_that_other_filters_hide(client):
    ProgrammeFactory(title="Ohne Arabisch", covers=["Rodgau"], languages=["tur"])
    response = client.get(URL, {"ort": "Rodgau", "sprache": "ara"})
    assert [programme.title for programme in answer(response)["others"]] == ["Ohne Arabisch"]
    assert "ohne Ihre Auswahl" in response.content.decode()


def test_radius_keeps_near_and_responsible_ones(client):
    ProgrammeFactory(title="Nah", carrier=CarrierFactory(municipality=municipality("Hanau")))
    ProgrammeFactory(title="Fern", carrier=CarrierFactory(municipality=municipality("Kassel")))
    ProgrammeFactory(
        title="Fern, zuständig",
        carrier=CarrierFactory(municipality=municipality("Kassel")),
        covers=["Offenbach am Main"],
    )
    assert titles(client.get(URL, {"ort": "63065", "umkreis": "20"})) == ["Fern, zuständig", "Nah"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"sprache": "ara"}, ["Arabisch"]),
        ({"sprache": ["ara", "tir"]}, ["Arabisch", "Tigrinya"]),
        ({"sprache": "som"}, []),
        ({"einsatzfeld": "wohnen"}, ["Arabisch"]),
        ({"kreis": "06435"}, ["Tigrinya"]),
        ({"kreis": ["06413", "06435"]}, ["Arabisch", "Tigrinya"]),
        ({"traegerart": "landkreis"}, ["Tigrinya"]),
        ({"zielgruppe": "frauen"}, ["Tigrinya"]),
        ({"sprache": "ara", "kreis": "06435"}, []),
    ],
)
def test_filters(client, query, found):
    from lotsen.models import CarrierType, TargetGroup

    ProgrammeFactory(
        title="Arabisch",
        carrier=CarrierFactory(name="A"),
        languages={"ara": "regelmaessig", "som": "derzeit-nicht"},
        fields=["wohnen"],
    )
    home = municipality("Gelnhausen")
    kind = CarrierType.objects.get(slug="landkreis")
    other = ProgrammeFactory(
        title="Tigrinya",
        carrier=CarrierFactory(name="B", municipality=home, carrier_type=kind),
        languages={"tir": "auf-anfrage"},
    )
    other.target_groups.set(TargetGroup.objects.filter(slug="frauen"))
    assert titles(client.get(URL, query)) == found


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("Quartier", True),
        ("quartiere", True),
        ("Quartir", True),
        ("Caritasverband", True),
        ("Rodgau", True),
        ("Arabisch Rodgau", True),
        ("Arabisch Kassel", False),
        ("Kurdisch", True),
        ("Somali", False),
        ("Behörden", True),
        ("'; DROP TABLE--", False),
        ("<script>", False),
    ],
)
def test_full_text(client, q, found):
    ProgrammeFactory(
        title="Wir im Quartier",
        carrier=CarrierFactory(name="Caritasverband Muster"),
        covers=["Rodgau"],
        languages={"ara": "regelmaessig", "kmr": "auf-anfrage", "som": "derzeit-nicht"},
        fields=["aemter-behoerden"],
    )
    assert bool(titles(client.get(URL, {"q": q}))) is found


def test_counts_are_what_choosing_shows(client):
    ProgrammeFactory(title="Eins", languages=["ara", "tur"], fields=["wohnen"])
    ProgrammeFactory(title="Zwei", languages={"ara": "derzeit-nicht", "tur": "auf-anfrage"})
    ProgrammeFactory(title="Drei", languages=["tir"], state=State.DRAFT)
    response = client.get(URL)
    for facet in response.context["search"].facets:
        for each in facet["options"]:
            assert client.get(URL, {facet["name"]: each.value}).context["search"].total == each.count
    assert option(response, "sprache", "ara").count == 1
    assert option(response, "sprache", "tur").count == 2
    assert option(response, "sprache", "tir") is None


def test_a_second_option_of_the_same_facet_adds(client):
    ProgrammeFactory(languages=["ara"])
    ProgrammeFactory(languages=["tur"], fields=["wohnen"])
    response = client.get(URL, {"sprache": "ara"})
    assert option(response, "sprache", "tur").count == 1
    assert option(response, "einsatzfeld", "wohnen") is None


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"ort": "Atlantis"}, "ort", "Diesen Ort finden wir in Hessen nicht."),
        ({"ort": "x" * 101}, "ort", "höchstens 100"),
        ({"umkreis": "7", "ort": "63065"}, "umkreis", "5, 10, 20, 30, 50 oder 100 km. „7“ zählt nicht."),
        ({"umkreis": "viel", "ort": "63065"}, "umkreis", "viel"),
        ({"umkreis": "20"}, "umkreis", "auch einen Ort"),
        ({"sprache": "xxx"}, "sprache", "„xxx“ gibt es hier nicht"),
        ({"kreis": "99999"}, "kreis", "„99999“"),
        ({"einsatzfeld": "<b>"}, "einsatzfeld", "„<b>“"),
        ({"zielgruppe": "'"}, "zielgruppe", "„'“"),
        ({"traegerart": "verein\x00"}, "traegerart", "verein"),
        ({"q": "x" * 101}, "q", "höchstens 100"),
    ],
)
def test_wrong_values_are_named_at_their_field_and_hide_nothing(client, query, field, message):
    ProgrammeFactory(title="Bleibt")
    response = client.get(URL, query)
    assert response.status_code == 200
    assert message in " ".join(response.context["search"].form.errors[field])
    assert f'id="{field}-error"' in response.content.decode() or f'id="id_{field}-error"' in response.content.decode()
    assert titles(response) == ["Bleibt"]
    assert points_of(client.get("/karte/daten.geojson", query))


def test_right_options_stay_in_force_beside_wrong_ones(client):
    ProgrammeFactory(title="Arabisch", languages=["ara"])
    ProgrammeFactory(title="Türkisch", languages=["tur"])
    assert titles(client.get(URL, {"sprache": ["ara", "xxx"]})) == ["Arabisch"]
    assert len(points_of(client.get("/karte/daten.geojson", {"sprache": ["ara", "xxx"]}))) == 1


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", ""])
def test_a_wrong_page_number_leads_to_a_page_that_is_there(client, page):
    ProgrammeFactory(title="Bleibt")
    assert titles(client.get(URL, {"seite": page})) == ["Bleibt"]


def test_an_order_only_where_there_is_something_to_order(client):
    assert "nach Träger von A bis Z" not in client.get(URL).content.decode()
    ProgrammeFactory()
    assert "nach Träger von A bis Z" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"ort": "63065", "umkreis": "20"}, 0),
        ({"ort": "63065", "q": "wohnen", "sprache": ["ara", "tur"], "zielgruppe": "frauen"}, 4),
    ],
)
def test_the_filter_button_counts_what_it_hides(client, query, number):
    response = client.get(URL, query)
    assert response.context["search"].chosen_in_panel == number
    summary = response.content.decode().partition('class="filters__summary"')[2].partition("</summary>")[0]
    assert (f'class="count">{number}<' in summary) == bool(number)


def test_pages(client):
    carrier = CarrierFactory()
    for _ in range(21):
        ProgrammeFactory(carrier=carrier)
    first = client.get(URL, {"traegerart": "wohlfahrtsverband"})
    assert len(titles(first)) == 20
    assert "?traegerart=wohlfahrtsverband&amp;seite=2" in first.content.decode()
    assert len(titles(client.get(URL, {"seite": "2"}))) == 1


@pytest.mark.parametrize(("asked", "shown"), [("0", 1), ("-1", 1), ("x", 1), ("", 1), ("2", 2), ("99", 2)])
@pytest.mark.parametrize("path", [URL, "/traeger/"])
def test_the_page_nearest_to_a_wrong_number(client, monkeypatch, path, asked, shown):
    monkeypatch.setattr("lotsen.views.PROGRAMMES_A_PAGE", 1)
    monkeypatch.setattr("vielfalt.listings.public.ENTRIES_A_PAGE", 1)
    ProgrammeFactory()
    ProgrammeFactory()
    assert client.get(path, {"seite": asked}).context["page"].number == shown


def test_chosen_filters_can_be_taken_away_one_by_one(client):
    ProgrammeFactory(languages=["ara", "tur"])
    response = client.get(URL, {"ort": "63065", "sprache": ["ara", "tur"], "seite": "1"})
    chips = response.context["search"].chips
    assert [(chip["label"], chip["url"]) for chip in chips] == [
        ("63065 Offenbach am Main", "?sprache=ara&sprache=tur"),
        ("Arabisch", "?ort=63065&sprache=tur"),
        ("Türkisch", "?ort=63065&sprache=ara"),
    ]


def test_addresses_of_chips_leave_out_what_is_empty(client):
    response = client.get(URL, {"ort": "", "umkreis": "", "q": "", "sprache": ["ara", "tur"]})
    assert [chip["url"] for chip in response.context["search"].chips] == ["?sprache=tur", "?sprache=ara"]


def test_all_chosen_filters_can_be_taken_away_at_once(client):
    text = client.get(URL, {"ort": "63065", "sprache": "ara"}).content.decode()
    assert 'class="chip chip--all" href="/karte/" hx-get="/karte/"' in text


def test_a_postal_code_of_several_places_offers_all_of_them(client):
    from vielfalt.places.models import PostalCode

    code = next(
        code for code in PostalCode.objects.prefetch_related("municipalities") if len(code.municipalities.all()) > 1
    )
    names = [place.name for place in code.municipalities.all()]
    text = client.get(URL, {"ort": code.code}).content.decode()
    assert "Oder meinten Sie:" in text
    assert all(name in text for name in names)


def test_headings_part_the_responsible_from_the_near(client):
    ProgrammeFactory(title="Für Rodgau", covers=["Rodgau"])
    text = client.get(URL, {"ort": "Rodgau"}).content.decode()
    assert "Weitere Angebote in der Nähe" not in text
    ProgrammeFactory(title="Woanders")
    assert "Weitere Angebote in der Nähe" in client.get(URL, {"ort": "Rodgau"}).content.decode()
    assert "Die nächsten Angebote" in client.get(URL, {"ort": "Fulda"}).content.decode()
