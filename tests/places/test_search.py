"""What people type, and the place they mean."""

import pytest
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from vielfalt.places.distance import distance_km
from vielfalt.places.models import DiversityCentre, Municipality, PostalCode
from vielfalt.places.search import Certainty, find_place, suggest_places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

any_text = st.text(st.characters(exclude_categories=()), max_size=150) | st.text(
    "0123456789abdefgnorsäöüßẞ\\.*+?()[]{}^$|'% _-", max_size=12
)
"""Any characters at all, lone surrogates too, and texts near to what is searched for."""

hostile = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("63065", "63065 Offenbach am Main"),
        ("63065 Offenbach am Main", "63065 Offenbach am Main"),
        ("D-63065 Offenbach", "63065 Offenbach am Main"),
        ("Offenbach 63065", "63065 Offenbach am Main"),
        ("  36037 ", "36037 Fulda"),
        ("60311 Innenstadt", "60311 Frankfurt am Main"),
        ("Offenbach am Main", "Offenbach am Main"),
        ("offenbach", "Offenbach am Main"),
        ("Friedberg", "Friedberg (Hessen)"),
        ("Ruesselsheim", "Rüsselsheim am Main"),
        ("rüsselsheim", "Rüsselsheim am Main"),
        ("Giessen", "Gießen"),
        ("GIEẞEN", "Gießen"),
        ("Kassel", "Kassel"),
        ("Stadt Kassel", "Kassel"),
        ("Frankfurt/Main", "Frankfurt am Main"),
        ("Frankfurt a. M.", "Frankfurt am Main"),
        ("Bad Homburg vor der Höhe", "Bad Homburg v. d. Höhe"),
        ("Limburg an der Lahn", "Limburg a. d. Lahn"),
        ("Gross-Gerau", "Groß-Gerau"),
        ("Linden", "Linden"),
        ("Bromskirchen", "Allendorf (Eder)"),
        ("beerfelden", "Oberzent"),
        ("06633021", "Wesertal"),
        ("34127 Fuldatal", "34127 Fuldatal"),
    ],
)
def test_one_place_is_meant(text, label):
    found = find_place(text)
    assert found.certainty is Certainty.EXACT
    assert found.label == label
    assert found.municipality in found.municipalities


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("34127", ["34127 Fuldatal", "34127 Kassel"]),
        ("35239", ["35239 Angelburg", "35239 Steffenberg"]),
        ("Allendorf", ["Allendorf (Eder)", "Allendorf (Lumda)"]),
        ("lautertal", ["Lautertal (Odenwald)", "Lautertal (Vogelsberg)"]),
        ("63065 Kassel", ["Kassel", "Offenbach am Main"]),
    ],
)
def test_several_places_may_be_meant(text, choices):
    found = find_place(text)
    assert found.certainty is Certainty.AMBIGUOUS
    assert sorted(found.choices) == choices
    assert (found.municipality, found.point, found.label) == (None, None, "")
    for choice in choices:
        assert find_place(choice).label == choice


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Ofenbach", "Offenbach am Main"),
        ("Frankfrut", "Frankfurt am Main"),
        ("Darmstat", "Darmstadt"),
        ("Hanua", "Hanau"),
        ("Fudla", "Fulda"),
        ("Bad Hombrug", "Bad Homburg v. d. Höhe"),
        ("großgerau", "Groß-Gerau"),
        ("Rüssels", "Rüsselsheim am Main"),
        ("Bromskirchn", "Allendorf (Eder)"),
        ("99999 Kassel", "Kassel"),
        ("63004", "Offenbach am Main"),
    ],
)
def test_only_similar_places_are_known(text, best):
    found = find_place(text)
    assert found.certainty is Certainty.SIMILAR
    assert found.choices[0] == best
    assert found.municipality is None


def test_a_forgotten_letter_does_not_hide_a_place():
    for place in Municipality.objects.exclude(name__regex=r"^.{1,4}$")[::12]:
        name = place.name.partition(" (")[0]
        middle = len(name) // 2
        assert place in find_place(name[:middle] + name[middle + 1 :]).municipalities


@pytest.mark.parametrize("text", ["", "  ", "!?", "12345", "Berlin", "Landkreis Kassel", "x" * 1000, "\0"])
def test_no_place_is_known(text):
    assert find_place(text).certainty is Certainty.NOTHING
    assert find_place(text).choices == ()


def test_every_place_is_found_by_its_own_name():
    for place in Municipality.objects.all():
        assert find_place(place.name).municipality == place


def test_every_postal_code_is_found_and_has_its_own_point():
    for place in PostalCode.objects.prefetch_related("municipalities"):
        found = find_place(place.code)
        assert set(found.municipalities) == set(place.municipalities.all())
        if found.municipality:
            assert found.point == (place.latitude, place.longitude)


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("63065", 1),
        ("63065 Offenbach am Main", 1),
        ("34127", 1),
        ("Friedberg", 1),
        ("Beerfelden", 1),
        ("", 0),
        ("63065 Kassel", 1),
        ("Ofenbach", 1),
        ("99999", 1),
        ("99999 Kassel", 1),
    ],
)
def test_queries_to_find_a_place(text, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        found = find_place(text)
        assert all(place.district.label for place in found.municipalities)


@hostile
@given(any_text)
@example("\ud800")
@example("\0")
@example("0" * 5)
def test_no_text_breaks_the_search(text):
    assert find_place(text).certainty in Certainty
    assert len(suggest_places(text)) <= 8


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("630", [f"{code} Offenbach am Main" for code in (63065, 63067, 63069, 63071, 63073, 63075)]),
        ("63065", ["63065 Offenbach am Main"]),
        ("63065 off", ["63065 Offenbach am Main"]),
        ("34127", ["34127 Fuldatal", "34127 Kassel"]),
        ("341 ful", ["34127 Fuldatal"]),
        ("kass", ["Kassel"]),
        ("Kassel", ["Kassel"]),
        ("friedb", ["Friedberg (Hessen)"]),
        ("ruess", ["Rüsselsheim am Main"]),
        ("bad homburg vor", ["Bad Homburg v. d. Höhe"]),
        ("walldorf", ["Mörfelden-Walldorf"]),
        ("bromsk", ["Allendorf (Eder)"]),
        ("Lauter", ["Lautertal (Odenwald), Landkreis Bergstraße", "Lautertal (Vogelsberg), Vogelsbergkreis"]),
        ("Ofenbach", ["Offenbach am Main"]),
        ("Ofenb", ["Offenbach am Main"]),
        ("Frankfru", ["Frankfurt am Main"]),
        ("99", []),
        ("", []),
    ],
)
def test_suggestions(text, labels, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found = [suggestion.label for suggestion in suggest_places(text)]
    assert [label for label in found if label in labels] == labels
    assert len(found) <= len(labels) + 2


def test_the_name_itself_comes_before_names_that_contain_it():
    assert suggest_places("Homberg")[0].label.startswith("Homberg")
    assert suggest_places("Linden")[0].value == "Linden"
    assert [suggestion.value for suggestion in suggest_places("linden")] == ["Linden", "Lindenfels"]


@pytest.mark.parametrize("text", ["6", "341", "bad", "o", "frank"])
def test_every_suggestion_is_understood(text):
    for suggestion in suggest_places(text):
        found = find_place(suggestion.value)
        assert found.municipality.ags == suggestion.ags
        assert found.point == (suggestion.lat, suggestion.lon)


@pytest.mark.parametrize(
    ("place", "centre"),
    [
        ("Fulda", "WIR-Vielfaltszentrum Stadt Fulda"),
        ("Künzell", "WIR-Vielfaltszentrum Landkreis Fulda"),
        ("Kassel", "WIR-Vielfaltszentrum Stadt Kassel"),
        ("Baunatal", "WIR-Vielfaltszentrum Landkreis Kassel"),
        ("Hanau", "WIR-Vielfaltszentrum Stadt Hanau"),
        ("Offenbach am Main", "WIR-Vielfaltszentrum Stadt Offenbach am Main"),
        ("Wetzlar", "WIR-Vielfaltszentrum Stadt Wetzlar"),
        ("Friedberg (Hessen)", "WIR-Vielfaltszentrum Wetteraukreis"),
    ],
)
def test_one_centre_is_responsible(place, centre, django_assert_num_queries):
    municipality = Municipality.objects.get(name=place)
    with django_assert_num_queries(1):
        assert [found.name for found in DiversityCentre.objects.responsible_for(municipality)] == [centre]


def test_every_place_has_exactly_one_centre():
    for municipality in Municipality.objects.all():
        assert DiversityCentre.objects.responsible_for(municipality).count() == 1


@pytest.mark.parametrize(
    ("name", "to", "kilometres"),
    [
        # As the crow flies, from the point of the municipality; the figures are from a geodetic calculator.
        ("Offenbach am Main", (50.0875, 8.7784), 0),
        ("Offenbach am Main", (51.3127, 9.4797), 145.0),
        ("Offenbach am Main", (50.0875, 9.7784), 71.3),
        ("Offenbach am Main", (51.0875, 8.7784), 111.2),
    ],
)
def test_distance(name, to, kilometres):
    away = distance_km("latitude", "longitude", to=to)
    found = Municipality.objects.annotate(away=away).get(name=name)
    assert found.away == pytest.approx(kilometres, abs=0.1)


def test_distance_to_the_nearest_ones():
    away = distance_km(F("latitude"), F("longitude"), to=(50.1009, 8.7663))
    nearest = Municipality.objects.annotate(away=away).filter(away__lt=10).order_by("away")
    assert nearest[0].name == "Offenbach am Main"
    assert "Frankfurt am Main" in {place.name for place in nearest}
    assert "Kassel" not in {place.name for place in nearest}
