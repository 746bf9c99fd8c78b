"""What a directory gets from the shared parts alone: its question, its facets and its points."""

from typing import ClassVar

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import QueryDict

from lotsen.models import Programme
from tests.factories import CarrierFactory, ProgrammeFactory, municipality
from tests.layered.urls import ask
from tests.points import points_of
from vielfalt.listings.facets import Facet
from vielfalt.listings.filters import EntryFilter
from vielfalt.listings.models import Language, State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


def search(question, *, options=True):
    return ask(QueryDict(question), AnonymousUser(), options=options)


def names(question):
    return [entry.name for entry in search(question).ordered()]


def counts(found):
    return {(facet["name"], option.value): option.count for facet in found.facets for option in facet["options"]}


@pytest.fixture
def three():
    CarrierFactory(name="Bei Kassel", municipality=municipality("Kassel"))
    CarrierFactory(name="Am Main")
    CarrierFactory(name="Zu Hanau", municipality=municipality("Hanau"))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["Am Main", "Bei Kassel", "Zu Hanau"]),
        ("ort=Hanau", ["Zu Hanau", "Am Main", "Bei Kassel"]),
        ("ort=Hanau&umkreis=20", ["Zu Hanau", "Am Main"]),
        ("q=kassel", ["Bei Kassel"]),
        ("stand=veroeffentlicht", ["Am Main", "Bei Kassel", "Zu Hanau"]),
        ("stand=entwurf", []),
        ("stand=entwurf&stand=veroeffentlicht", ["Am Main", "Bei Kassel", "Zu Hanau"]),
        ("art=landkreis", []),
    ],
)
@pytest.mark.usefixtures("three")
def test_the_question(question, found):
    assert names(question) == found


@pytest.mark.parametrize("options", [True, False])
@pytest.mark.usefixtures("three")
def test_wrong_options_hide_nothing(options):
    found = search("stand=x&art=y", options=options)
    assert found.qs.count() == 3
    assert set(found.form.errors) == ({"stand", "art"} if options else set())


@pytest.mark.usefixtures("three")
def test_fixed_choices_are_a_facet_like_any_other(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = search("stand=veroeffentlicht")
        assert counts(found) == {("art", "wohlfahrtsverband"): 3, ("stand", "veroeffentlicht"): 3}
    assert found.chips == [{"label": State.PUBLISHED.label, "url": "?"}]


class TwoSenses(EntryFilter):
    """One vocabulary asked for in two senses, as with what is sought and what is offered."""

    offered_facets: ClassVar = tuple(
        Facet(name, name, "offered_languages__language", Language, Q(offered_languages__availability=availability))
        for name, availability in (("immer", "regelmaessig"), ("manchmal", "auf-anfrage"))
    )

    class Meta(EntryFilter.Meta):
        model = Programme


def test_two_facets_over_one_vocabulary():
    ProgrammeFactory(title="Eins", languages={"ara": "regelmaessig", "tur": "auf-anfrage"})
    ProgrammeFactory(title="Zwei", languages={"ara": "auf-anfrage", "tur": "auf-anfrage"})

    def found(question):
        return TwoSenses(QueryDict(question), Programme.objects.published(), options=True)

    assert [each.title for each in found("immer=ara").ordered()] == ["Eins"]
    assert [each.title for each in found("manchmal=ara").ordered()] == ["Zwei"]
    assert counts(found("")) == {("immer", "ara"): 1, ("manchmal", "ara"): 1, ("manchmal", "tur"): 2}


@pytest.mark.urls("tests.layered.urls")
def test_points_of_organisations(client):
    place = municipality("Offenbach am Main")
    exact = CarrierFactory(name="Genau", slug="genau", latitude=50.2, longitude=8.9)
    other = CarrierFactory(name="Ungefähr", slug="ungefaehr")
    points = {exact.pk: [8.9, 50.2], other.pk: [place.longitude, place.latitude]}
    assert points_of(client.get("/muster/daten.geojson")) == points
    said = [
        {"title": carrier.name, "place": place.name, "url": f"/traeger/{carrier.slug}/"} for carrier in (exact, other)
    ]
    assert client.get("/muster/eintraege.geojson", {"id": [exact.pk, other.pk]}).json()["features"] == [
        {"type": "Feature", "id": pk, "geometry": {"type": "Point", "coordinates": point}, "properties": properties}
        for (pk, point), properties in zip(points.items(), said, strict=True)
    ]
