"""What is special about carriers in "Mein Bereich": their sections and programmes."""

import re

import pytest

from lotsen.models import Carrier, Programme
from lotsen.workspace.completeness import items
from lotsen.workspace.keeping import CARRIER_SECTIONS, PROGRAMME_SECTIONS
from tests.factories import ProgrammeFactory, UserFactory, municipality
from tests.workspace.members import HOME, opened, programme_section, section
from vielfalt.listings import actions
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.listings.workspace.completeness import percentage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.mark.parametrize("slug", CARRIER_SECTIONS)
def test_every_section_of_a_carrier_saves_what_it_shows(alice, carrier, slug):
    before = Carrier.objects.values().get(pk=carrier.pk)
    response = alice.post(section(slug), opened(alice, section(slug)), follow=True)
    assert response.status_code == 200
    text = response.content.decode()
    assert ("war schon so gespeichert" in text) or ("Es hat sich nichts geändert." in text)
    assert Carrier.objects.values().get(pk=carrier.pk) == before


@pytest.mark.parametrize("slug", PROGRAMME_SECTIONS)
def test_every_section_of_a_programme_saves_what_it_shows(bob, programme, slug):
    before = Programme.objects.values().get(pk=programme.pk)
    url = programme_section(programme, slug)
    text = bob.post(url, opened(bob, url), follow=True).content.decode()
    assert ("war schon so gespeichert" in text) or ("Es hat sich nichts geändert." in text)
    assert Programme.objects.values().get(pk=programme.pk) == before
    assert list(programme.offered_languages.values_list("language", "availability")) == [("ara", "regelmaessig")]


def test_languages(bob, programme, client):
    url = programme_section(programme, "sprachen")
    bob.post(url, opened(bob, url) | {"ara": "auf-anfrage", "tir": "regelmaessig"})
    assert set(programme.offered_languages.values_list("language", "availability")) == {
        ("ara", "auf-anfrage"),
        ("tir", "regelmaessig"),
    }
    bob.post(url, opened(bob, url) | {"ara": ""})
    assert list(programme.offered_languages.values_list("language", flat=True)) == ["tir"]


def test_accessibility(bob, carrier):
    url = section("barrierefreiheit")
    first = next(iter(bob.get(url).context["form"].fields))
    bob.post(url, opened(bob, url) | {first: "ja"})
    assert list(carrier.accessibility.values_list("feature__slug", "answer")) == [(first, "ja")]


def test_area_by_districts_and_places(bob, programme):
    url = programme_section(programme, "gebiet")
    rodgau = municipality("Rodgau").pk
    bob.post(url, opened(bob, url) | {"covered_districts": ["06413"], "covered_municipalities": [rodgau]})
    assert [one.pk for one in programme.covered_municipalities.all()] == [rodgau]
    assert [one.pk for one in programme.covered_districts.all()] == ["06413"]
    text = bob.get(url).content.decode()
    assert re.search(r'value="06413" checked', text)


def test_a_new_programme_is_a_proposal(alice, carrier):
    place = municipality("Hanau").pk
    url = f"{HOME}programm/neu/"
    assert (
        "Bitte" in alice.post(url, {"title": ""}).content.decode() or alice.post(url, {"title": ""}).status_code == 200
    )
    alice.post(url, {"title": "Neues Programm", "municipality": place, "description": "Worte"})
    request = ChangeRequest.objects.get()
    assert request.kind == ChangeRequest.Kind.NEW
    actions.accept(request=request, by=UserFactory(is_staff=True, is_superuser=True))
    made = Programme.objects.get(title="Neues Programm")
    assert (made.carrier, made.municipality_id, made.state) == (carrier, place, State.DRAFT)


def test_the_meter_says_what_is_missing_and_why(alice, carrier, programme):
    response = alice.get(HOME)
    text = response.content.decode()
    assert "Viele lernen noch Deutsch." in text
    parts = items(Carrier.objects.for_workspace().get(pk=carrier.pk))
    assert response.context["complete"] == percentage(parts)
    Carrier.objects.update(description_easy="Kurz.")
    assert alice.get(HOME).context["complete"] > percentage(parts)


def pages(carrier, programme):
    return [
        HOME,
        *(section(slug) for slug in CARRIER_SECTIONS),
        *(programme_section(programme, slug) for slug in PROGRAMME_SECTIONS),
        f"{HOME}verlauf/",
        f"{HOME}team/",
        f"{HOME}bilder/",
        f"{HOME}bilder/neu/logo/",
        f"{HOME}programm/neu/",
    ]


def test_strangers_find_nothing(charlie, carrier, programme, client):
    for url in pages(carrier, programme):
        assert charlie.get(url).status_code == 404, url
        assert charlie.post(url, {}).status_code in {404, 405}, url
        assert client.get(url).status_code == 302, url
    for action in ("bestaetigen", "rueckgaengig", "status/archivieren"):
        assert charlie.post(f"{HOME}{action}/").status_code == 404
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize("programmes", [1, 3])
def test_queries(alice, carrier, programmes, django_assert_num_queries):
    for _ in range(programmes):
        ProgrammeFactory(carrier=carrier, languages=["ara", "tur"], covers=["Hanau"], fields=["wohnen"])
    with django_assert_num_queries(17):
        alice.get("/mein/")
    with django_assert_num_queries(14):
        alice.get(HOME)
