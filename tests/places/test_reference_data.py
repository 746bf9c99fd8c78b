"""The data files: complete, true to their checks, and loaded without touching what is right already."""

import json
import re

import pytest
from django.core.management import call_command
from django.db import connection

from lotsen.models import (
    CarrierType,
    FieldOfWork,
    Funding,
    FundingRules,
    RequestChannel,
    Specialisation,
    TargetGroup,
    Umbrella,
)
from vielfalt.listings.models import AccessibilityFeature, Language
from vielfalt.places import loading
from vielfalt.places.geometry import VIEW_BOX, svg_position
from vielfalt.places.models import District, DiversityCentre, Municipality, PostalCode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.mark.parametrize(
    ("model", "number"),
    [
        (District, 27),
        (Municipality, 421),
        (PostalCode, 545),
        (PostalCode.municipalities.through, 560),
        (DiversityCentre, 33),
        (Language, 27),
        (AccessibilityFeature, 7),
        (CarrierType, 10),
        (Umbrella, 6),
        (FieldOfWork, 14),
        (TargetGroup, 10),
        (Specialisation, 5),
        (RequestChannel, 5),
        (Funding, 6),
        (FundingRules, 1),
    ],
)
def test_everything_is_there(model, number):
    assert model.objects.count() == number


def test_kinds_of_districts_and_centres():
    assert District.objects.filter(kind=District.Kind.RURAL).count() == 21
    assert District.objects.filter(kind=District.Kind.CITY).count() == 6
    with_own_centre = Municipality.objects.filter(diversity_centre__isnull=False)
    assert {place.name for place in with_own_centre} == {
        "Bad Homburg v. d. Höhe",
        "Fulda",
        "Gießen",
        "Marburg",
        "Rüsselsheim am Main",
        "Wetzlar",
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("63065", "Offenbach am Main"),
        ("34117", "Kassel"),
        ("35037", "Marburg"),
        ("36037", "Fulda"),
        ("64283", "Darmstadt"),
        ("65183", "Wiesbaden"),
        ("60311", "Frankfurt am Main"),
        ("35390", "Gießen"),
        ("61169", "Friedberg (Hessen)"),
        ("64711", "Erbach"),
    ],
)
def test_postal_codes_belong_to_their_towns(code, name):
    assert [place.name for place in PostalCode.objects.get(code=code).municipalities.all()] == [name]


def test_changes_since_2016():
    assert Municipality.objects.get(name="Hanau").district.label == "Stadt Hanau"
    assert Municipality.objects.get(name="Oberzent").former_names.split("|")[::2] == [
        "Beerfelden",
        "Sensbachtal",
        "Hesseneck",
        "Rothenberg",
    ]
    assert Municipality.objects.get(name="Wesertal").former_names == "Oberweser|06633021|Wahlsburg|06633027"
    assert Municipality.objects.get(name="Allendorf (Eder)").former_names == "Bromskirchen|06635005"


def test_centres_are_named_after_the_kind_of_their_district():
    names = set(DiversityCentre.objects.values_list("name", flat=True))
    assert {f"WIR-Vielfaltszentrum {district.label}" for district in District.objects.all()} < names
    assert not DiversityCentre.objects.exclude(phone="", email="").exists()


def row_versions():
    """Return the physical place of every row of the reference tables; PostgreSQL moves a row it writes."""
    models = [District, Municipality, PostalCode, PostalCode.municipalities.through, DiversityCentre, Language]
    with connection.cursor() as cursor:
        rows = []
        for model in [*models, AccessibilityFeature, CarrierType, FieldOfWork, FundingRules]:
            cursor.execute(f"SELECT '{model._meta.db_table}', ctid::text, xmin::text FROM {model._meta.db_table}")  # noqa: S608
            rows += cursor.fetchall()
    return sorted(rows)


def test_loading_again_changes_no_row(capsys):
    before = row_versions()
    call_command("load_reference")
    assert capsys.readouterr().out == "Referenzdaten: 0 Zeilen geschrieben.\n"
    assert row_versions() == before


def test_loading_again_asks_little(django_assert_num_queries):
    with django_assert_num_queries(7):  # a savepoint and its release, and each of the five tables read once
        assert loading.load_places() == 0


def test_loading_repairs_places_from_the_files():
    Municipality.objects.filter(name="Hanau").update(name="Hanau?", latitude=0)
    PostalCode.objects.get(code="63450").municipalities.set([Municipality.objects.get(name="Kassel")])
    assert loading.load_places() == 3
    assert Municipality.objects.get(ags="06435014").name == "Hanau"
    assert [place.name for place in PostalCode.objects.get(code="63450").municipalities.all()] == ["Hanau"]
    assert loading.load_places() == 0


def test_loading_leaves_what_staff_changed():
    DiversityCentre.objects.filter(name__endswith="Stadt Fulda").update(website="", phone="0661 0000", name="WIR Fulda")
    Language.objects.filter(code="kmr").update(name="Kurmancî")
    FieldOfWork.objects.filter(slug="kita").update(name="Kita und Krippe")
    FieldOfWork.objects.filter(slug="wohnen").update(slug="wohnung")
    Funding.objects.filter(slug="wir").delete()
    call_command("load_reference", verbosity=0)
    centre = DiversityCentre.objects.get(municipality__name="Fulda")
    assert (centre.name, centre.website, centre.phone) == ("WIR Fulda", "", "0661 0000")
    assert Language.objects.get(code="kmr").name == "Kurmancî"
    assert FieldOfWork.objects.get(slug="kita").name == "Kita und Krippe"
    assert FieldOfWork.objects.count() == 14
    assert Funding.objects.filter(slug="wir").exists()


def test_languages_that_are_easily_mixed_up_know_their_other_names():
    called = {
        word: {language.code for language in Language.objects.all() if word in language.synonyms.split("|")}
        for word in ("Farsi", "Kurdisch", "Serbisch", "Persisch")
    }
    assert called == {"Farsi": {"pes"}, "Kurdisch": {"kmr", "ckb"}, "Serbisch": {"hbs"}, "Persisch": {"pes", "prs"}}
    assert set(Language.objects.filter(right_to_left=True).values_list("code", flat=True)) == {
        "ara",
        "prs",
        "ckb",
        "pus",
        "pes",
        "urd",
    }


def test_the_rules_in_force_are_still_to_be_confirmed():
    rules = FundingRules.objects.get()
    assert (rules.min_units, rules.max_units, str(rules.euros_per_unit)) == (20, 36, "12.50")
    assert (rules.max_hours, rules.max_hours_coordinating, rules.coordination_min_volunteers) == (276, 414, 5)
    assert "noch zu bestätigen" in rules.source


def box(outline):
    """Return left, top, right and bottom of path data made of starts (M) and relative steps (l)."""
    xs, ys = [], []
    for ring in outline.rstrip("z").split("z"):
        start, steps = ring.removeprefix("M").split("l")
        numbers = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", f"{start} {steps}")]
        x = y = 0.0
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("model", [District, Municipality])
def test_every_point_lies_in_its_own_outline(model):
    for place in model.objects.all():
        left, top, right, bottom = box(place.outline)
        x, y = svg_position(place.latitude, place.longitude)
        assert left <= x <= right, place
        assert top <= y <= bottom, place


def test_pictures_are_small_and_of_one_size(settings):
    picture = (settings.BASE_DIR / "static/karte/hessen.svg").read_text()
    assert f'viewBox="{VIEW_BOX}"' in picture
    assert "style" not in picture
    assert len(picture) <= 25_000
    assert set(re.findall(r'<path id="k([0-9]{5})"', picture)) == set(District.objects.values_list("ags", flat=True))
    assert max(len(place.outline) for place in Municipality.objects.all()) <= 600
    assert (settings.BASE_DIR / "static/karte/kreise.topojson").stat().st_size <= 50_000


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        # The town halls, from any atlas.
        ("Kassel", 51.3127, 9.4797),
        ("Frankfurt am Main", 50.1109, 8.6821),
        ("Fulda", 50.5528, 9.6775),
        ("Darmstadt", 49.8728, 8.6512),
        ("Bad Karlshafen", 51.6436, 9.4525),
        ("Hirschhorn (Neckar)", 49.4456, 8.8950),
    ],
)
def test_known_places_lie_in_their_outline(name, latitude, longitude):
    left, top, right, bottom = box(Municipality.objects.get(name=name).outline)
    x, y = svg_position(latitude, longitude)
    assert left < x < right
    assert top < y < bottom


def test_the_corners_of_the_picture():
    frame = json.loads((loading.DATA / "geometry.json").read_text())
    assert svg_position(frame["north"], frame["west"]) == (0, 0)
    assert svg_position(frame["south"], frame["east"]) == (frame["width"], frame["height"])
